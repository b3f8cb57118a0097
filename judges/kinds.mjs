// The pages of a built site that stand for all of their kind.
import { promises as fs } from "node:fs";
import path from "node:path";

/** Every file below `folder`, relative to it, in order of name. */
export async function* files(folder, at = folder) {
  for (const entry of (await fs.readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(at, entry.name);
    if (entry.isDirectory()) yield* files(folder, name);
    else yield path.relative(folder, name);
  }
}

/** `[kind, address]` of the newest page of each kind, and of two further posts where there are any. */
export function kinds(names) {
  const all = (pattern) => names.filter((name) => pattern.test(name));
  const editions = all(/^posts\/\d[^/]*\/index\.html$/);
  const found = {
    home: "index.html", edition: editions.at(-1), "edition-first": editions.at(0),
    "edition-middle": editions.at(editions.length / 2), essay: all(/^posts\/essay\/index\.html$/).at(-1),
    page: all(/^about\/index\.html$/).at(-1), tag: all(/^tags\/[^/]+\/index\.html$/).at(-1),
    "tag-year": all(/^tags\/[^/]+\/\d{4}\/index\.html$/).at(-1), tags: "tags/index.html",
    month: all(/^\d{4}\/\d\d\/index\.html$/).at(-1), year: all(/^\d{4}\/index\.html$/).at(-1),
    archive: "archive/index.html", trends: "trends/index.html", search: "search/index.html", missing: "404.html",
  };
  const seen = new Set();
  const pages = Object.entries(found)
    .filter(([, name]) => names.includes(name) && !seen.has(name) && seen.add(name))
    .map(([kind, name]) => [kind, name.split("/").map(encodeURIComponent).join("/").replace(/index\.html$/, "")]);
  if (names.includes(found.search)) pages.push(["results", `search/?q=${encodeURIComponent("模型")}`]);
  return pages;
}
