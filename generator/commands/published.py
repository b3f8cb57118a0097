"""What a publish did: for the terminal, where every item went; for scripts, as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.commands.common import say, shown
from generator.commands.issues import Written
from generator.commands.table import table
from generator.news import Edition
from generator.text.clean import shorten

_REASONS = 2  # commonest reasons named for each fate
_WIDE = 72  # characters of the reasons
_NAME = re.compile(r"|[0-9a-f]{12}|https?://.*|\d{4}-.*#.*")  # what names one story or address is no reason


@dataclass(frozen=True, slots=True)
class Published:
    """An edition, what writing it did, or would do, and the run report with the file it is kept in; none of a dry run."""

    edition: Edition
    written: Written
    report: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    report_file: Path | None = None

    @property
    def printed(self) -> Edition:
        """What stands in the post now: a person may have taken stories out, or put some in."""
        return self.written.stands

    @property
    def is_dry(self) -> bool:
        return self.report_file is None

    def as_json(self) -> dict[str, Any]:
        edition, written = self.edition, self.written
        return {
            "edition": edition.id,
            "title": edition.title,
            "mode": str(edition.mode),
            "stories": sum(1 for _ in self.printed.articles),
            "sections": [{"name": s.name, "stories": len(s.articles)} for s in self.printed.sections],
            "folder": "" if self.is_dry else str(written.folder),
            "changed": written.changed,
            "kept": list(written.kept),
            "added": list(written.added),
            "dropped": list(written.dropped),
            "taken_out": self.report["taken_out"],
            "shortened": self.report["shortened"],
            "deleted": self.report["deleted"],
            "left_to_later": self.report["left_to_later"],
            "counts": self.report["counts"],
            "costs": self.report["costs"],
            "seconds": self.report["seconds"],
            "notes": list(self.notes),
            "report": str(self.report_file) if self.report_file else "",
        }


def tell(done: Published) -> None:
    """Print where the items went on stdout, and what a person should know on stderr."""
    edition, written = done.edition, done.written
    if done.is_dry:
        click.echo(written.text, nl=False)
    else:
        click.echo(
            table([("section", "stories"), *((s.name, str(len(s.articles))) for s in done.printed.sections)])
        )
        click.echo()
        click.echo(table([("items", "", "why"), *fates(done.report)]))
    for note in done.notes:
        say(f"note: {note}")
    for kept in written.kept:
        say(f"kept: {kept}")
    for added in written.added:
        say(f"new: {added}")
    for line in lost(done.report):
        say(line)
    if costs := cost_line(done.report["costs"]):
        say(costs)
    if done.report_file:
        say(f"every item: {shown(done.report_file)}")
    stories = sum(1 for _ in done.printed.articles)
    state = "not written (dry run)" if done.is_dry else "written" if written.changed else "unchanged"
    where = "" if done.is_dry else f" {shown(written.folder / 'index.md')}"
    say(f"{edition.id}: {stories} stories, {edition.mode}, {state}{where}")


def lost(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each story that this run took out of the post, left only a line, or left to another day."""
    for row in report["taken_out"]:
        yield f"taken out: {row['headline']}: {row['why']}"
    for row in report["shortened"]:
        yield f"now a line: {row['headline']}: {row['why']}"
    for row in report["left_to_later"]:
        yield f"left to {row['why'].partition('#')[0]}, which has it: {row['headline']}"


def fates(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each fate: how many items met it, its name, and the commonest reasons."""
    reasons: dict[str, Counter[str]] = {}
    for row in report["items"]:
        reasons.setdefault(row["fate"], Counter())[row["why"]] += 1
    for fate, counts in sorted(reasons.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        common = [
            f"{why} ({count})"
            for why, count in counts.most_common(_REASONS)
            if count > 1 and not _NAME.fullmatch(why)
        ]
        yield str(counts.total()), fate, shorten(", ".join(common), _WIDE)


def cost_line(costs: Mapping[str, Any]) -> str:
    """Return what the model cost, in a line; "" when none was asked."""
    if not costs:
        return ""
    tokens = sum(costs[f"{kind}_tokens"] for kind in ("input", "output", "cache_read", "cache_write"))
    return f"model: {costs['calls']} calls, {tokens:,} tokens, about US${costs['usd']:.2f}"
