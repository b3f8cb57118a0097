// Comforts of the default theme. Every page reads without them.
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const shown = (element) => element.getClientRects().length > 0;
  const words = (name) => (body.dataset[name] || "").split("|");

  // ---- a word to the reader, spoken by screen readers too
  let toast;
  let timer;
  function tell(text) {
    if (!toast) {
      toast = document.createElement("div");
      toast.className = "toast";
      toast.setAttribute("role", "status");
      body.append(toast);
    }
    toast.hidden = false;
    toast.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { toast.hidden = true; }, 1800);
  }

  // ---- colours: automatic, light, dark, sepia
  const schemes = ["", "light", "dark", "sepia"];
  const button = $("#theme");
  const scheme = () => Math.max(0, schemes.indexOf(root.dataset.theme || ""));
  const label = () => { if (button) button.title = words("themes")[scheme()]; };
  function nextScheme() {
    const number = (scheme() + 1) % schemes.length;
    if (number) root.dataset.theme = schemes[number];
    else delete root.dataset.theme;
    try {
      if (number) localStorage.setItem("theme", schemes[number]);
      else localStorage.removeItem("theme");
    } catch { /* storage may be off: the choice then lasts for this page */ }
    label();
    tell(words("themes")[number]);
  }
  if (button) button.addEventListener("click", nextScheme);
  label();

  // ---- links to copy, on each story and heading
  const [copyName, copied, notCopied] = words("copy");
  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
      tell(copied);
    } catch { tell(notCopied); }
  }
  for (const heading of $$(".prose :is(h2, h3)")) {
    const owner = heading.id ? heading : heading.closest(".story[id], .theme[id]");
    if (!owner || $(".anchor", heading)) continue;
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = "#" + owner.id;
    link.textContent = "#";
    link.title = copyName;
    link.setAttribute("aria-label", `${copyName}：${heading.textContent.trim()}`);
    link.addEventListener("click", () => copy(link.href));
    heading.append(link);
  }

  // ---- the section that is being read
  const entries = new Map($$(".contents a:not(.top)").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const marks = [...entries.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  function follow() {
    let here = null;
    for (const mark of marks) if (shown(mark) && mark.getBoundingClientRect().top < 140) here = mark;
    for (const [id, link] of entries) {
      if (here && here.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  // told whenever a heading crosses the line under the masthead, so that nothing is measured while a page loads
  const watch = new IntersectionObserver(follow, { rootMargin: "-140px 0px 1000000px" });
  for (const mark of marks) watch.observe(mark);
  for (const link of $$(".contents a")) {
    link.addEventListener("click", () => { const drawer = link.closest("details"); if (drawer) drawer.open = false; });
  }

  // ---- a choice of stories: the contents tell what is left, and a link to a hidden story ends it
  const choices = $$(".filters input");
  function chosen() {
    for (const [id, link] of entries) {
      const mark = document.getElementById(id);
      link.parentElement.hidden = Boolean(mark) && !shown(mark);
    }
    follow();
  }
  for (const choice of choices) choice.addEventListener("change", chosen);
  if (choices.length) addEventListener("pageshow", chosen); // a browser may remember the choice
  if (choices.length) addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || shown(target)) return;
    choices[0].checked = true;
    chosen();
    target.scrollIntoView();
  });

  // ---- keys
  function step(by) {
    // asked anew each time: a search brings stories, a choice hides some
    const stories = $$(".story, .entry").filter(shown);
    if (!stories.length) return;
    let place = stories.findIndex((story) => story.classList.contains("current"));
    if (place < 0) {
      const below = stories.findIndex((story) => story.getBoundingClientRect().bottom > 90);
      place = (below < 0 ? stories.length : below) - (by > 0 ? 1 : 0);
    }
    for (const story of $$(".current")) story.classList.remove("current");
    const story = stories[Math.min(stories.length - 1, Math.max(0, place + by))];
    story.classList.add("current");
    story.scrollIntoView({ block: "start" });
    const link = $("a", story);
    if (link) link.focus({ preventScroll: true });
  }
  function go(relation) {
    const link = $(`link[rel="${relation}"]`);
    if (link) location.href = link.href;
  }
  function search() {
    const field = $('input[type="search"]');
    if (field) { field.focus(); return; }
    const link = $(".menu [data-search]");
    if (link) location.href = link.href;
  }
  function help() {
    let dialog = $("#help");
    if (!dialog) {
      const [title, ...lines] = words("keys");
      const keys = ["j / k", "n / p", "/", "t", "?"];
      dialog = document.createElement("dialog");
      dialog.id = "help";
      dialog.setAttribute("aria-labelledby", "help-title");
      const heading = document.createElement("h2");
      heading.id = "help-title";
      heading.textContent = title;
      const list = document.createElement("dl");
      keys.forEach((key, number) => {
        const term = document.createElement("dt");
        for (const part of key === "/" ? ["/"] : key.split(" / ")) {
          const cap = document.createElement("kbd");
          cap.textContent = part;
          term.append(cap, " ");
        }
        const meaning = document.createElement("dd");
        meaning.textContent = lines[number];
        list.append(term, meaning);
      });
      const close = document.createElement("button");
      close.className = "tool";
      close.textContent = lines[keys.length];
      close.addEventListener("click", () => dialog.close());
      dialog.append(heading, list, close);
      body.append(dialog);
    }
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }
  const actions = {
    j: () => step(1), k: () => step(-1), n: () => go("next"), p: () => go("prev"),
    "/": search, t: nextScheme, "?": help,
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest && event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (!action || ($("#help[open]") && event.key !== "?")) return;
    event.preventDefault();
    action();
  });
})();
