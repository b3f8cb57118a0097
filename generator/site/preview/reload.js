/* Of `ribao serve` alone: reload when something was saved, show what is wrong over the last good page. */
(function () {
  "use strict";
  var script = document.currentScript;
  var shown = Number(script.dataset.version);
  var overlay = null;

  function text(tag, words, style) {
    var node = document.createElement(tag);
    node.textContent = words;
    node.style.cssText = style || "";
    return node;
  }

  function hide() {
    if (overlay) overlay.remove();
    overlay = null;
  }

  function show(problems) {
    hide();
    overlay = document.createElement("div");
    overlay.id = "ribao-problems";
    overlay.setAttribute("role", "alert");
    overlay.style.cssText =
      "position:fixed;inset:auto 0 0 0;max-height:70vh;overflow:auto;z-index:2147483647;padding:1rem 1.5rem;" +
      "background:#1b1b1f;color:#f4f4f5;border-top:4px solid #e5484d;font:14px/1.6 ui-monospace,monospace";
    problems.forEach(function (problem) {
      var place = problem.file + (problem.line ? ":" + problem.line + (problem.column ? ":" + problem.column : "") : "");
      overlay.append(text("strong", place, "color:#ff9592"), text("div", problem.message, "white-space:pre-wrap"));
      var pre = document.createElement("pre");
      // all that a theme may say of code blocks
      pre.style.cssText = "all:unset;display:block;margin:.4rem 0 1rem;white-space:pre-wrap;font:inherit;color:inherit";
      problem.lines.forEach(function (line) {
        var here = line.number === problem.line;
        pre.append(text("div", String(line.number).padStart(5) + (here ? " > " : "   ") + line.text, here ? "background:#3b1219" : "opacity:.75"));
      });
      overlay.append(pre);
    });
    document.body.append(overlay);
  }

  var source = new EventSource("/__ribao/events");
  source.onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (state.problems.length) show(state.problems);
    else if (state.version !== shown) location.reload();
    else hide();
  };
  window.addEventListener("pagehide", function () { source.close(); });
})();
