"""Results of proving, kept in `.ribao/verify` by what they rest on, so that the unchanged costs nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.commands.archive import Archive, Target
from generator.config import Config
from generator.files import write_atomic

if TYPE_CHECKING:
    from generator.evidence.finding import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """What proving one edition gave."""

    file: str
    target: Target
    stories: int
    recorded: bool
    findings: tuple[Finding, ...]
    score: dict[str, Any]

    @property
    def summary(self) -> str:
        count = len(self.findings)
        found = f"{count} finding{'s' * (count > 1)}" if count else "clean"
        how = (
            f", score {self.score['points']}" if self.recorded else ", without a record: held against itself"
        )
        return f"{self.file}: {self.stories} stories, {found}{how}"

    def row(self) -> dict[str, Any]:
        return {"file": self.file, "stories": self.stories, "recorded": self.recorded, "score": self.score}


def key(config: Config, archive: Archive, target: Target, further: bytes) -> str:
    """Return a hash of all that a result rests on: the edition, those before it, the settings, the checks."""
    digest = hashlib.sha256(_fingerprint() + archive.digest(target))
    edition = config.edition
    settings = (config.site.language, config.site.timezone, edition.window_hours, edition.topics)
    digest.update(repr(settings).encode() + hashlib.sha256(further).digest())
    for one in archive.before(target):
        digest.update(archive.digest(one))
    return digest.hexdigest()


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


def recall(config: Config, target: Target, key: str) -> Result | None:
    """Return what was found when nothing of it differed; None when that is not known."""
    try:
        value = json.loads(_place(config, target).read_bytes())
        if value["key"] != key:
            return None
        from generator.evidence.finding import finding_of

        findings = tuple(finding_of(row) for row in value["findings"])
        return Result(value["file"], target, value["stories"], value["recorded"], findings, value["score"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or damaged: it is proven again


def remember(config: Config, target: Target, key: str, result: Result) -> None:
    """Keep a result, in the place of the edition's last one; a file outside any site leaves nothing behind."""
    if not (config.root / "site.toml").is_file():
        return
    value = {"key": key, **result.row(), "findings": [one.row() for one in result.findings]}
    data = json.dumps(value, ensure_ascii=False).encode()
    write_atomic(_place(config, target), data, durable=False)


def _place(config: Config, target: Target) -> Path:
    name = hashlib.sha256(str(target.post.resolve()).encode()).hexdigest()[:32]
    return config.state / "verify" / f"{name}.json"
