"""Which output file belongs to whom, and what to say when two want the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.errors import ContentError, Problem
from generator.site.content import Scan, content_id, read
from generator.site.index import Index
from generator.site.press import Copy
from generator.site.printing import Target
from generator.site.rows import Row
from generator.site.urls import file_of, fold_path, resource_url


def copies(index: Index, found: Scan, digests: Mapping[str, bytes], root: str) -> dict[str, Copy]:
    """What is copied where: static/, loose files of content/, and what lies beside published posts."""
    placed: dict[str, Copy] = {}
    for path, owner in found.owners.items():
        if path.endswith("/edition.json") or owner == path:
            continue
        if owner:
            row = index.post(owner)
            if row is None:
                continue
            target = resource_url(owner, row.url, path[len(owner) - len("index.md") :])
        elif path.startswith("static/"):
            target = path.removeprefix("static/")
        else:
            target = path.removeprefix("content/").removeprefix("pages/")
        placed[target] = Copy(path, digests.get(path) or content_id(read(root, path)))
    return placed


def claims(row: Row) -> tuple[str, ...]:
    """The addresses a post claims, in the form in which they meet on any disk."""
    aliases: list[str] = [] if '"aliases":[]' in row.blob else row.fields()["aliases"]
    found = {fold_path(file_of(row.url))}
    found |= {
        fold_path(file_of(alias if alias.endswith((".html", ".htm")) else alias.rstrip("/") + "/"))
        for alias in aliases
    }
    return tuple(sorted(found))


def collisions(rows: Iterable[Row]) -> None:
    """Raise `ContentError` when two posts claim one address, naming both."""
    owners: dict[str, list[str]] = {}
    for row in rows:
        for folded in claims(row):
            owners.setdefault(folded, []).append(row.source)
    raise_collisions({folded: sources for folded, sources in owners.items() if len(sources) > 1})


def raise_collisions(claimed: Mapping[str, Sequence[str]]) -> None:
    problems = [
        Problem(
            source,
            1,
            1,
            f"has the address /{folded.removesuffix('index.html')} as well as"
            f" {', '.join(other for other in sources if other != source)};"
            " give one of them another slug",
        )
        for folded, sources in claimed.items()
        for source in sorted(sources)
    ]
    if problems:
        raise ContentError(problems)


def unique(targets: Iterable[Target]) -> list[Target]:
    """All targets, none twice; raise `ContentError` when two kinds of pages want one file."""
    seen: dict[str, Target] = {}
    problems = []
    for target in targets:
        if not target.path:
            continue
        other = seen.setdefault(
            fold_path(target.path) if not target.path.isascii() else target.path.lower(), target
        )
        if other is not target and other != target:
            named = next(
                (str(t.ident[0]) for t in (target, other) if t.kind in ("post", "redirect")), target.path
            )
            problems.append(
                Problem(
                    named,
                    1,
                    1,
                    f"wants the address /{target.path.removesuffix('index.html')},"
                    f" which is the site's own ({other.kind}, {target.kind}); choose another slug or name",
                )
            )
    if problems:
        raise ContentError(problems)
    return list(seen.values())
