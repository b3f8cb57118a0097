// Exact search in stories: terms narrow, texts confirm. Mirrors generator/site/search.py.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) return;
  var manifest = form.dataset.index;
  var base = manifest.replace(/search\/index\.json$/, "");
  var input = form.querySelector("input");
  var list = document.getElementById("results");
  var told = document.getElementById("found");
  var CJK = "\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var RUN = new RegExp("([" + CJK + "]+)|([a-z0-9\\u00df-\\u00f6\\u00f8-\\u024f]+)", "gu");
  var LIMIT = 50;
  var loaded = new Map();
  var turn = 0;

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  function termsOf(word) {
    var found = new Set();
    for (var match of word.matchAll(RUN)) {
      if (match[2]) { found.add(match[2]); continue; }
      var chars = Array.from(match[1]);
      if (chars.length === 1) found.add(chars[0]);
      for (var i = 0; i + 1 < chars.length; i++) found.add(chars[i] + chars[i + 1]);
    }
    return found;
  }

  function load(path) {
    if (!loaded.has(path)) {
      var encoded = path.split("/").map(encodeURIComponent).join("/");
      loaded.set(path, fetch(base + encoded).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status + " " + path);
        return answer.json();
      }).catch(function (error) { loaded.delete(path); throw error; }));
    }
    return loaded.get(path);
  }

  async function marksOf(segment, wanted) {
    var held = null;
    var shards = await Promise.all(wanted.map(function (term) {
      return load("search/" + segment[0] + "/" + (term.codePointAt(0) % segment[1]) + ".json");
    }));
    wanted.forEach(function (term, i) {
      var marks = new Set(Object.hasOwn(shards[i], term) ? shards[i][term].split(" ") : []);
      held = held === null ? marks : new Set([...held].filter(function (mark) { return marks.has(mark); }));
    });
    return [...held].map(function (mark) { return mark.split(".").map(Number); });
  }

  // hits arrive segment by segment, the newest first; `show` says whether to go on
  async function search(query, show) {
    var words = fold(query).split(" ").filter(function (word) { return termsOf(word).size; });
    var wanted = [...new Set(words.flatMap(function (word) { return [...termsOf(word)]; }))];
    if (!wanted.length) return;
    var segments = (await load("search/index.json")).segments;
    for (var segment of segments) {
      var marks = await marksOf(segment, wanted);
      if (!marks.length) continue;
      var posts = await load("search/" + segment[0] + "/posts.json");
      var numbers = [...new Set(marks.map(function (mark) { return mark[0]; }))].sort(function (a, b) { return b - a; });
      for (var number of numbers) {
        var post = await load(posts[number] + "stories.json");
        var places = marks.filter(function (mark) { return mark[0] === number; }).map(function (mark) { return mark[1]; });
        for (var place of places.sort(function (a, b) { return a - b; })) {
          var story = post.stories[place];
          var text = fold(story[1] + " " + story[2]);
          if (!words.every(function (word) { return text.includes(word); })) continue;
          if (!show({ post: post, url: posts[number], story: story, words: words })) return;
        }
      }
    }
  }

  function marked(text, words) {
    var span = document.createElement("span");
    var lower = text.toLowerCase();
    var at = 0;
    while (at < text.length) {
      var next = text.length, size = 0;
      words.forEach(function (word) {
        var place = lower.indexOf(word, at);
        if (place >= 0 && place < next) { next = place; size = word.length; }
      });
      span.append(text.slice(at, next));
      if (!size) break;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + size);
      span.append(mark);
      at = next + size;
    }
    return span;
  }

  function excerpt(text, words) {
    var lower = text.toLowerCase();
    var first = Math.min.apply(null, words.map(function (word) { var at = lower.indexOf(word); return at < 0 ? text.length : at; }));
    var start = first < text.length ? Math.max(0, first - 40) : 0;
    return (start ? "…" : "") + text.slice(start, start + 140) + (start + 140 < text.length ? "…" : "");
  }

  function item(hit) {
    var article = document.createElement("article");
    article.className = "entry";
    var heading = document.createElement("h2");
    var link = document.createElement("a");
    link.href = base + hit.url.split("/").map(encodeURIComponent).join("/") + (hit.story[0] ? "#" + hit.story[0] : "");
    link.append(marked(hit.story[1], hit.words));
    heading.append(link);
    var meta = document.createElement("p");
    meta.className = "small";
    var time = document.createElement("time");
    time.dateTime = time.textContent = hit.post.date;
    meta.append(time, hit.story[3] === "high" ? " · 🔥" : "");
    var text = document.createElement("p");
    text.append(marked(excerpt(hit.story[2], hit.words), hit.words));
    article.append(heading, meta, text);
    return article;
  }

  async function run() {
    var mine = ++turn;
    var query = input.value;
    var count = 0;
    list.replaceChildren();
    told.textContent = "";
    list.setAttribute("aria-busy", "true");
    try {
      await search(query, function (hit) {
        if (mine !== turn) return false;
        list.append(item(hit));
        return ++count < LIMIT;
      });
    } catch (error) {
      if (mine === turn) list.textContent = String(error.message || error);
    }
    if (mine !== turn) return;
    list.removeAttribute("aria-busy");
    if (count) told.textContent = form.dataset.found.replace("{count}", count < LIMIT ? count : LIMIT + "+");
    else if (!list.textContent && fold(query)) told.textContent = form.dataset.nothing;
    try { history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname); } catch (ignored) { /* a file: page */ }
  }

  var waiting;
  input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(run, 150); });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waiting); run(); });
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) run();
  window.ribaoSearch = search;
})();
