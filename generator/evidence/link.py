"""Is the address one that can prove anything? Its form, whom it leads to, and how often it is used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.finding import Finding, Severity
from generator.text.addresses import canonical_url, is_home, safe_url

_SECTION = re.compile(
    r"/(?:[a-z]{2}/)?(?:news|tech|technology|tech-exchange|ai|artificial-intelligence|business|markets|blog|category|categories|"
    r"tag|tags|topic|topics|section|channel|author|authors|latest|archive|home|posts|articles|newsroom|press|research)(?:/[a-z]{2,12})?/?$",
    re.IGNORECASE,
)
_OWNER_PAGE = re.compile(
    r"^https?://(?:www\.)?(?:github\.com|huggingface\.co|x\.com|twitter\.com|weibo\.com|gitee\.com)/[\w.-]+/?$"
)
_BAD_IN_MARKDOWN = re.compile(r"[\s<>\[\]{}|\\^`\"“”]|[\u3000-\u303f\uff00-\uffef]|\((?![^()]*\))")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each address that is broken, too general, or shared by several stories."""
    users: dict[str, list[Entry]] = defaultdict(list)
    for entry in dossier.entries:
        url = entry.article.url
        if not url:
            continue
        found = _form(url)
        if found:
            message, severity, fix = found
            yield _finding(dossier, entry, message, fix, severity)
        if not (found and found[1] == "error"):
            users[canonical_url(url) or url].append(entry)
    for url, entries in users.items():
        if len(entries) > 1 and not is_home(url):
            for entry in entries:
                others = "；".join(other.name for other in entries if other is not entry)
                yield _finding(
                    dossier,
                    entry,
                    f"one address for {len(entries)} stories, also: {others[:120]}",
                    "link each story's own page",
                    "warning",
                )


def _form(url: str) -> tuple[str, Severity, str] | None:
    if not safe_url(url):
        return "is not a web address that can be printed", "error", "write the full address with https://"
    if _BAD_IN_MARKDOWN.search(url):
        return "the address holds spaces, brackets or full-width marks", "error", "percent-encode them"
    if is_home(url):
        return (
            "the address is a home page: it will show something else tomorrow",
            "warning",
            "link the article itself",
        )
    parts = urlsplit(url)
    if (
        not parts.query
        and (_SECTION.search(parts.path) or _OWNER_PAGE.match(url))
        and not re.search(r"\d{3,}", parts.path)
    ):
        return (
            "the address is a section or an owner's page, not an article",
            "warning",
            "link the article itself",
        )
    return None


def _finding(dossier: Dossier, entry: Entry, message: str, fix: str, severity: Severity) -> Finding:
    passage = next((p for p in entry.passages if p.role in {"headline", "text"}), None)
    return dossier.finding(
        "link", message, entry=entry, passage=passage, words=entry.article.url, fix=fix, severity=severity
    )
