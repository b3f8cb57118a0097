"""What was printed before is not news again, unless it is told as a follow-up with what is new."""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.features import Features, Weights, features
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.text import vectors
from generator.text.addresses import canonical_url, is_home
from generator.text.designations import designations

SAME = 0.55  # likeness by shared features from which two stories are one
LIKELY = 0.22  # from which the vectors are asked
NEAR = 0.72  # cosine from which they are one


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each story seen in an earlier edition, or twice in this one."""
    told = [features(_told(entry)) for entry in dossier.entries]
    past = [
        (printed, features(f"{printed.headline}\n{plain(printed.text)[:300]}"))
        for printed in dossier.context.earlier
    ]
    weights = Weights([*told, *(one for _, one in past)])
    addresses: dict[str, list[int]] = {}
    for place, (printed, _) in enumerate(past):
        for url in printed.urls:
            if not is_home(url):
                addresses.setdefault(canonical_url(url), []).append(place)
    for entry, own in zip(dossier.entries, told, strict=True):
        if entry.article.follow_up_of:
            continue
        for place, (printed, theirs) in enumerate(past):
            by_address = place in addresses.get(canonical_url(entry.article.url), ())
            # a live page or a daily page carries one address for many stories: the words must agree a little
            likeness = weights.likeness(own, theirs)
            if (by_address and likeness >= 0.1) or same_story(
                _told(entry), printed.headline, own, theirs, likeness
            ):
                yield _finding(dossier, entry, f"already printed in {printed.edition}", printed.headline)
                break
    yield from _twice(dossier, told, weights)


def same_story(one: str, other: str, mine: Features, theirs: Features, likeness: float) -> bool:
    """Whether two texts tell one event: much in common, or a good deal and near in meaning, and no other version."""
    if likeness < LIKELY or _versions_differ(one, other):
        return False
    if likeness >= SAME and len(mine & theirs) >= 4:
        return True
    from generator.evidence.judge import unified

    near = vectors.encode([unified(one.split("\n")[0]), unified(other)])
    return float(near[0] @ near[1]) >= NEAR and likeness >= 0.3


def _versions_differ(one: str, other: str) -> bool:
    """GPT-5.2 and GPT-5.3, the 12th and the 13th package: the same thing numbered apart is another thing."""
    mine = {d.base: d.number for d in designations(one)}
    theirs = {d.base: d.number for d in designations(other)}
    return any(base in theirs and theirs[base] != number for base, number in mine.items())


def _twice(dossier: Dossier, told: list[Features], weights: Weights) -> Iterator[Finding]:
    for place, entry in enumerate(dossier.entries):
        for earlier in range(place):
            other = dossier.entries[earlier]
            likeness = weights.likeness(told[place], told[earlier])
            if same_story(_told(entry), _told(other), told[place], told[earlier], likeness):
                yield _finding(dossier, entry, "told twice in this edition", other.name)
                break


def _told(entry: Entry) -> str:
    return plain(f"{entry.article.headline}\n{entry.article.text[:300]}")


def _finding(dossier: Dossier, entry: Entry, message: str, evidence: str) -> Finding:
    return dossier.finding(
        "repeat",
        message,
        entry=entry,
        words=entry.article.headline or entry.article.text[:40],
        evidence=evidence,
        fix="leave it out, or mark it 后续 and say what is new",
    )
