"""Which editions to prove, with what beside them; results are kept by content, so that the unchanged costs nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.config import Config
from generator.errors import DiskError, GeneratorError
from generator.files import read_bounded, write_atomic

if TYPE_CHECKING:
    from generator.editions.form import Parsed
    from generator.editions.record import Record
    from generator.evidence import Finding
    from generator.evidence.dossier import Dossier
    from generator.news import Printed, Source

MAX_POST = 2_000_000
MAX_RECORD = 20_000_000
MAX_SOURCES = 100_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Target:
    """One edition's file, its record's place, and the day its name tells ("" when it does not)."""

    post: Path
    record: Path
    day: str


@dataclass(frozen=True, slots=True)
class Result:
    """What proving one edition gave."""

    file: str
    record: Path
    stories: int
    recorded: bool
    findings: tuple[Finding, ...]
    score: dict[str, Any]

    @property
    def summary(self) -> str:
        found = f"{len(self.findings)} findings" if self.findings else "clean"
        how = (
            f", score {self.score['points']}" if self.recorded else ", without a record: held against itself"
        )
        return f"{self.file}: {self.stories} stories, {found}{how}"

    def row(self) -> dict[str, Any]:
        return {"file": self.file, "stories": self.stories, "recorded": self.recorded, "score": self.score}


def prove(config: Config, paths: Sequence[Path], sources: Path | None) -> list[Result]:
    """Prove the editions at `paths`, or all of the site. Raises `GeneratorError` for what cannot be read."""
    named = [target for path in paths for target in _targets(path, config)]
    all_posts = list(_posts(config.content / "posts"))
    targets = named if paths else all_posts
    further = read_bounded(sources, MAX_SOURCES) if sources else b""
    results = []
    for target in sorted(targets, key=lambda one: (one.day, str(one.post))):
        before = _before(target, {t.post: t for t in (*all_posts, *named)}, config.edition.memory)
        key = _key(config, target, before, further)
        cached = config.state / "verify" / f"{key}.json"
        result = _recall(cached, target)
        if result is None:
            result = _prove(config, target, before, further, explicit=bool(paths))
            if result is None:
                continue
            _remember(cached, result, config)
        results.append(result)
    return results


def _targets(path: Path, config: Config) -> Iterator[Target]:
    if not path.exists() and (config.content / "posts" / path / "index.md").is_file():
        path = config.content / "posts" / path  # an edition's id is enough
    if path.is_dir():
        if (path / "index.md").is_file():
            yield _target(path / "index.md")
        else:
            yield from _posts(path)
    elif path.is_file():
        yield _target(path)
    else:
        raise DiskError(f"{path}: no such file or folder")


def _posts(folder: Path) -> Iterator[Target]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "index.md").is_file():
            yield _target(path / "index.md")
        elif path.suffix in {".md", ".txt"} and path.is_file():
            yield _target(path)


def _target(post: Path) -> Target:
    own = post.name == "index.md"
    name = post.parent.name if own else post.stem
    day = _DAY.search(name)
    return Target(
        post, post.with_name("edition.json" if own else f"{post.stem}.edition.json"), day[0] if day else ""
    )


def _before(target: Target, known: dict[Path, Target], memory: int) -> list[Target]:
    """The editions before this one, newest first; a file whose name tells no day may follow any other."""
    others = [one for path, one in known.items() if path != target.post]
    if target.day:
        earlier = sorted((one for one in others if one.day and one.day < target.day), key=lambda one: one.day)
        return earlier[-memory:][::-1] if memory else []
    return [one for one in others if not one.day][:50]


def _key(config: Config, target: Target, before: Sequence[Target], further: bytes) -> str:
    digest = hashlib.sha256(_fingerprint())
    settings = (
        config.site.language,
        config.site.timezone,
        config.edition.window_hours,
        config.edition.topics,
    )
    digest.update(repr(settings).encode() + further)
    for one in (target, *before):
        for path, limit in ((one.post, MAX_POST), (one.record, MAX_RECORD)):
            digest.update(str(path).encode() + b"\0" + (read_bounded(path, limit) if path.is_file() else b""))
    return digest.hexdigest()[:32]


@cache
def _fingerprint() -> bytes:
    """The checks themselves: another version of them may judge otherwise."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for folder in ("evidence", "text", "lexicon", "editions", "markup"):
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.read_bytes())
    return digest.digest()


def _prove(
    config: Config, target: Target, before: Sequence[Target], further: bytes, *, explicit: bool
) -> Result | None:
    from generator.evidence.score import score

    examined = _examine(config, target, before, further, explicit=explicit)
    if examined is None:
        return None
    dossier, findings = examined
    value = score(dossier, findings)
    points = {**dataclasses.asdict(value), "points": value.points}
    return Result(
        dossier.file, target.record, len(dossier.entries), dossier.recorded, tuple(findings), points
    )


def _examine(
    config: Config, target: Target, before: Sequence[Target], further: bytes, *, explicit: bool
) -> tuple[Dossier, list[Finding]] | None:
    from generator.evidence.dossier import prepare
    from generator.evidence.verify import judged

    parsed = _parsed(target, explicit=explicit)
    if parsed is None:
        return None
    record = read_record(target)
    dossier = prepare(
        parsed,
        record,
        file=_shown(target.post),
        sources=read_sources(further),
        earlier=[one for other in before for one in _printed(other, parsed)],
        language=config.site.language,
        window_hours=config.edition.window_hours,
        topics=config.edition.topics if record else (),
        text=_text(target),
    )
    return dossier, judged(dossier, record.edition if record else parsed.edition)


def examine(config: Config, edition: str) -> tuple[Dossier, list[Finding]] | None:
    """Lay out one edition of the site with what is doubtful about it; None when there is no such edition."""
    targets = {target.post.parent.name: target for target in _posts(config.content / "posts")}
    target = targets.get(edition)
    if target is None or not target.record.is_file():
        return None
    before = _before(target, {one.post: one for one in targets.values()}, config.edition.memory)
    return _examine(config, target, before, b"", explicit=True)


def recorded_editions(config: Config) -> list[str]:
    """The editions that have a record, newest first."""
    return sorted(
        (one.post.parent.name for one in _posts(config.content / "posts") if one.record.is_file()),
        reverse=True,
    )


def _parsed(target: Target, *, explicit: bool) -> Parsed | None:
    from generator import editions

    text = _text(target)
    form = editions.detect(text)
    if form is None:
        if explicit:
            raise GeneratorError(
                f"{target.post}: is no edition in a format ribao knows: {', '.join(editions.FORMATS)}"
            )
        return None
    return editions.FORMATS[form].parse(text, _shown(target.post))


def _text(target: Target) -> str:
    return read_bounded(target.post, MAX_POST).decode("utf-8", errors="replace")


def read_record(target: Target) -> Record | None:
    """Return what stands beside the post. Raises `ContentError` when it is damaged."""
    from generator.editions.record import loads

    if not target.record.is_file():
        return None
    return loads(
        read_bounded(target.record, MAX_RECORD).decode("utf-8", errors="replace"), _shown(target.record)
    )


def _printed(target: Target, parsed: Parsed) -> Iterator[Printed]:
    """The stories of an earlier edition: from its record, else from its text."""
    from generator.news import Printed

    try:
        record = read_record(target)
        other = record.edition if record else None
        if other is None and (text := _parsed(target, explicit=False)):
            other = text.edition
    except GeneratorError:
        return  # it is reported where it is proven itself
    if other is None or other.date >= parsed.edition.date:
        return
    for article in other.articles:
        urls = tuple(source.url for source in article.sources if source.url)
        yield Printed(
            other.id or str(other.date), article.id, article.headline, other.date, urls, article.text
        )


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


def _recall(path: Path, target: Target) -> Result | None:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    from generator.evidence.finding import finding_of

    findings = tuple(finding_of(row) for row in value["findings"])
    return Result(value["file"], target.record, value["stories"], value["recorded"], findings, value["score"])


def _remember(path: Path, result: Result, config: Config) -> None:
    if not (config.root / "site.toml").is_file():
        return  # a lone file outside any site: leave nothing behind
    write_atomic(
        path,
        json.dumps(
            {**result.row(), "findings": [one.row() for one in result.findings]}, ensure_ascii=False
        ).encode(),
        durable=False,
    )


def accept(result: Result, finding: Finding, why: str) -> None:
    """Write into the edition's record that a person lets `finding` stand; a post without one gets one."""
    from generator.editions.record import dumps
    from generator.news import Acceptance

    post = result.record.with_name(
        "index.md"
        if result.record.name == "edition.json"
        else result.record.name.replace(".edition.json", ".md")
    )
    if not post.is_file():
        post = post.with_suffix(".txt")
    target = Target(post, result.record, "")
    record = read_record(target)
    if record is not None:
        edition, text = record.edition, record.text_as_written
    else:
        parsed = _parsed(target, explicit=True)
        assert parsed is not None  # explicit: it would have raised
        edition, text = parsed.edition, read_bounded(post, MAX_POST).decode("utf-8", errors="replace")
    row = Acceptance(finding.id, finding.kind, finding.words, why)
    kept = tuple(one for one in edition.accepted if one.finding != finding.id)
    write_atomic(result.record, dumps(dataclasses.replace(edition, accepted=(*kept, row)), text).encode())


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
