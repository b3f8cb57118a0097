"""The named publisher is the one at the address, by the table of domains and never by the text.

At a platform it is the account that the record names; where none is named, any that can have one there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.finding import Finding
from generator.lexicon.publishers import Publisher, publisher_of, publishers
from generator.text.addresses import canonical_url, host_of
from generator.text.clean import fold
from generator.text.variants import simplified

# What a feed's name adds to its publisher's: Bloomberg Technology, 36氪快讯.
_SECTION_WORDS = re.compile(
    r"\b(?:technology|tech|ai|news|blog|official|rss|feed|daily|latest|research|the|magazine|com|net|online|artificial intelligence|"
    r"review|business|science)\b|快讯|资讯|官网|官方|网|新闻|科技|中文|频道|要闻|早报|日报|公众号|人工智能|-|–|—|\||·|:|：",
    re.IGNORECASE,
)


# Names under which a house also publishes, without what _SECTION_WORDS takes away.
BRANDS: dict[str, tuple[str, ...]] = {
    "financialtimes": ("ft.com",),
    "wallstreetjournal": ("wsj.com",),
    "newyorktimes": ("nytimes.com",),
    "washingtonpost": ("washingtonpost.com",),
    "southchinamorningpost": ("scmp.com",),
    "massachusettsinstituteof": ("mit.edu",),
    "mit": ("technologyreview.com", "mit.edu"),
    "hackernews": ("news.ycombinator.com",),
    "评论": ("leiphone.com",),  # AI科技评论
    "ai评论": ("leiphone.com",),
    "雷锋": ("leiphone.com",),
    "新智元": ("36kr.com",),
}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each story whose printed publisher does not publish at its address."""
    for entry in dossier.entries:
        printed = entry.article.publisher
        if not printed or not entry.article.url or not host_of(entry.article.url):
            continue
        actual = publisher_of(entry.article.url)
        if _known_as(entry, printed) or agrees(printed, actual):
            continue
        if actual.platform:
            names = _recorded(entry)
            accounts = names - {actual.name}
            if accounts:
                actual = replace(actual, name=min(accounts))
            if agrees(printed, actual) or not names or (not accounts and _can_have_account(printed)):
                continue
        passage = next((p for p in entry.passages if p.role in {"text", "headline"}), None)
        listed = actual.name != actual.domain
        yield dossier.finding(
            "publisher",
            f"{printed} does not publish at {host_of(entry.article.url)}",
            entry=entry,
            passage=passage,
            words=printed,
            evidence=actual.name,
            fix=f"write {actual.name}",
            severity="error" if listed or _owners(printed) else "warning",
        )


def agrees(printed: str, actual: Publisher) -> bool:
    """Whether a printed name can be the publisher's: the same, part of it, or its host's own word."""
    mine, theirs = _core(printed), _core(actual.name)
    if mine and theirs and (mine in theirs or theirs in mine):
        return True
    owners = _owners(printed)
    if any(
        owner == actual.domain or owner.endswith("." + actual.domain) or actual.domain.endswith("." + owner)
        for owner in owners
    ):
        return True
    if owners:
        return False
    if any(actual.domain == host or actual.domain.endswith("." + host) for host in BRANDS.get(mine, ())):
        return True
    label = actual.domain.split(".")[-2] if actual.domain.count(".") else actual.domain
    folded = re.sub(r"[^a-z0-9\u4e00-\u9fff]", "", fold(printed))
    return bool(folded) and (
        label.replace("-", "") in folded or folded in actual.domain.replace("-", "").replace(".", "")
    )


def _known_as(entry: Entry, printed: str) -> bool:
    """Whether the record or the window names the source so: a feed may carry others' pages."""
    address = canonical_url(entry.article.url)
    return any(
        fold(printed) in {fold(source.publisher), fold(source.feed)}
        for source in (*entry.sources, *entry.linked)
        if canonical_url(source.url) == address
    )


def _recorded(entry: Entry) -> set[str]:
    """Return what the record and the window call the publisher of the linked page."""
    address = canonical_url(entry.article.url)
    return {
        source.publisher
        for source in (*entry.sources, *entry.linked)
        if source.publisher and canonical_url(source.url) == address
    }


def _can_have_account(printed: str) -> bool:
    """Whether an outlet may publish at a platform of China too, where no account is known: one of China, or of no table."""
    owners = _owners(printed)
    return not owners or any(publishers()[host].country == "CN" for host in owners)


def _core(name: str) -> str:
    return re.sub(r"\s+", "", _SECTION_WORDS.sub(" ", simplified(fold(name))))


@functools.cache
def _by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for host, one in publishers().items():
        if core := _core(one.name):
            found.setdefault(core, set()).add(host)
    return {name: frozenset(hosts) for name, hosts in found.items()}


def _owners(printed: str) -> frozenset[str]:
    """Return the hosts the table gives to a printed name."""
    return _by_name().get(_core(printed), frozenset())
