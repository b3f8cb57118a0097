"""Prove editions of a site, sign findings off, and lay one out for its review."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands import verdicts
from generator.commands.archive import Archive, Target, parse, read_record
from generator.commands.verdicts import Result
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import read_bounded, write_atomic

if TYPE_CHECKING:
    from generator.evidence.dossier import Dossier
    from generator.evidence.finding import Finding
    from generator.news import Source

MAX_SOURCES = 100_000_000


def prove(config: Config, paths: Sequence[Path], sources: Path | None) -> list[Result]:
    """Prove the editions at `paths`, or all of the site. Raises `GeneratorError` for what cannot be read."""
    archive = Archive(config, paths)
    further = bytes_of(sources)
    found = (
        prove_one(config, archive, target, further, explicit=bool(paths)) for target in archive.targets()
    )
    return [result for result in found if result is not None]


def bytes_of(sources: Path | None) -> bytes:
    """Return the lines of a file of further sources. Raises `GeneratorError` when it cannot be read."""
    return read_bounded(sources, MAX_SOURCES) if sources else b""


def prove_one(
    config: Config, archive: Archive, target: Target, further: bytes = b"", *, explicit: bool = False
) -> Result | None:
    """Return what is known of an edition, proven now unless nothing changed; None for a post that is none."""
    key = verdicts.key(config, archive, target, further)
    result = verdicts.recall(config, target, key)
    if result is None:
        result = _prove(config, archive, target, further, explicit=explicit)
        if result is not None:
            verdicts.remember(config, target, key, result)
    return result


def _prove(
    config: Config, archive: Archive, target: Target, further: bytes, *, explicit: bool
) -> Result | None:
    from generator.evidence.score import score

    examined = examine(config, archive, target, further, explicit=explicit)
    if examined is None:
        return None
    dossier, findings = examined
    value = score(dossier, findings)
    points = {**dataclasses.asdict(value), "points": value.points}
    return Result(target.shown, target, len(dossier.entries), dossier.recorded, tuple(findings), points)


def examine(
    config: Config, archive: Archive, target: Target, further: bytes = b"", *, explicit: bool = True
) -> tuple[Dossier, list[Finding]] | None:
    """Lay out one edition with what is doubtful about it; None for a post that is none."""
    from generator.evidence.dossier import Context, prepare
    from generator.evidence.verify import judged

    parsed = parse(target, explicit=explicit)
    if parsed is None:
        return None
    record = read_record(target)
    context = Context(
        file=target.shown,
        text=target.text(),
        sources=read_sources(further),
        earlier=[one for other in archive.before(target) for one in archive.printed(other, parsed.edition)],
        language=config.site.language,
        window_hours=config.edition.window_hours,
        topics=config.edition.topics if record else (),
    )
    dossier = prepare(parsed, record, context)
    return dossier, judged(dossier)


def read_sources(lines: bytes) -> list[Source]:
    """Read JSON lines of title, url, text (or summary), and where given source and published."""
    import datetime as dt

    from generator.lexicon.publishers import publisher_of
    from generator.news import Source

    found = []
    for number, line in enumerate(lines.decode("utf-8", errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            url, title = str(row["url"]), str(row.get("title") or "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise GeneratorError(
                f"--sources, line {number}: write one JSON object with title, url and text a line"
            ) from None
        text = str(row.get("text") or row.get("summary") or "")[:50_000]
        published = None
        with contextlib.suppress(ValueError):
            published = dt.datetime.fromisoformat(str(row.get("published")))
        publisher = str(row.get("publisher") or row.get("source") or publisher_of(url).name)
        found.append(Source(f"x{number}", url, publisher, title, published, text=text))
    return found


def accept(result: Result, finding: Finding, why: str) -> None:
    """Write into the edition's record that a person lets `finding` stand; a post without one gets one."""
    from generator.editions.record import dumps
    from generator.news import Acceptance

    target = result.target
    record = read_record(target)
    if record is not None:
        edition, text = record.edition, record.text_as_written
    else:
        parsed = parse(target, explicit=True)
        assert parsed is not None  # explicit: it would have raised
        edition, text = parsed.edition, target.text()
    row = Acceptance(finding.id, finding.kind, finding.words, why)
    kept = tuple(one for one in edition.accepted if one.finding != finding.id)
    write_atomic(target.record, dumps(dataclasses.replace(edition, accepted=(*kept, row)), text).encode())
