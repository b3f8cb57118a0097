"""Web addresses: which are safe to print, and the one form in which equal ones compare equal."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit

SAFE_SCHEMES = ("http", "https")

# Query names that only track; from the lists of ClearURLs and the feeds we read.
_TRACKING = re.compile(
    r"^(utm_\w+|spm|scm|from|f|ref|ref_src|referrer|source|src|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|"
    r"cmpid|ncid|sr_share|share_token|share_source|share_medium|timestamp|tt_from|wfr|isappinstalled|vd_source|xhsshare|rss|feed|at_\w+|ns_\w+|guccounter|ftcamp|smid|partner|soc_src|soc_trk|_ga|amp|amp_\w+|usqp|outputType)$",
    re.IGNORECASE,
)
# Copies of pages that were made for phones: the address of the page itself stands inside.
_AMP_CACHE = re.compile(
    r"https?://(?:[\w\-]+\.cdn\.ampproject\.org/(?:[acirv]/){0,2}|(?:www\.)?google\.[a-z.]{2,6}/amp/)(s/)?(?=[\w\-]+\.)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=4096)  # an entry's address is looked at several times
def safe_url(url: str, base: str = "") -> str:
    """Return `url` made absolute against `base`, or "" when it is not a plain http(s) address.

    Spaces, brackets, quotes and controls come out percent-encoded, so that the result is
    safe inside a Markdown link and an HTML attribute.
    """
    url = "".join(char for char in url.strip() if char >= " " and char not in "\x7f\u200b\ufeff")
    try:
        parts = urlsplit(urljoin(base, url))
        if (
            parts.scheme not in SAFE_SCHEMES
            or not parts.hostname
            or (parts.port is not None and not 0 < parts.port < 65536)
        ):
            return ""
    except ValueError:
        return ""
    return _encoded(parts)


@lru_cache(maxsize=4096)
def canonical_url(url: str, base: str = "") -> str:
    """Return the form of `url` under which copies of one page meet.

    https, lower-case host without `www.`, `m.` and `amp.`, no default port, no tracking
    parameters, no fragment (unless it routes: `#/` or `#!`), no AMP path or cache, no trailing slash; the rest of the query sorted.
    """
    safe = safe_url(url, base)
    while copy := _AMP_CACHE.match(safe):
        safe = safe_url(f"http{'s' if copy[1] else ''}://{safe[copy.end() :]}")
    if not safe:
        return ""
    parts = urlsplit(safe)
    host = (parts.hostname or "").removesuffix(".")
    for prefix in ("www.", "amp.", "m."):
        if host.startswith(prefix) and host.count(".") >= 2:
            host = host.removeprefix(prefix)
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS[parts.scheme] else ""
    path = re.sub(r"/{2,}", "/", parts.path)
    path = re.sub(r"(?:/amp|\.amp(?=\.html$)|/amp/index\.html|/index\.html?)/?$", "", path).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name)
    ]
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    return f"https://{host}{port}{path}" + (f"?{urlencode(sorted(query))}" if query else "") + fragment


def public_url(url: str, base: str = "") -> str:
    """Return `url` as a reader should follow it: as its site wrote it, without what only tracks."""
    safe = safe_url(url, base)
    head, question, rest = safe.partition("?")
    query, hash_, fragment = rest.partition("#")
    kept = "&".join(part for part in query.split("&") if part and not _TRACKING.match(part.split("=")[0]))
    return head + (f"?{kept}" if kept else "") + hash_ + fragment if question else safe


def is_home(url: str) -> bool:
    """Whether an address is a bare home page, which proves nothing about a story."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query and not parts.fragment.startswith(("/", "!"))


# Addresses of which the host is plain to see: nearly all, in a fifth of the time.
_PLAIN_HOST = re.compile(r"https?://(?:www\.)?+([a-z0-9.-]+)(?:[/?#][!-Z\\^-~]*)?")


def host_of(url: str) -> str:
    """Return the host of `url` without `www.`; "" when it has none."""
    if (plain := _PLAIN_HOST.fullmatch(url)) is not None:
        return plain[1]
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _encoded(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    port = f":{parts.port}" if parts.port else ""
    # user names and passwords are dropped: they never belong into a page or a log
    path = quote(parts.path, safe="/:@!$&*+,;=~%-._")
    query = quote(parts.query, safe="/:@!$&*+,;=~%-._?")
    fragment = quote(parts.fragment, safe="/:@!$&*+,;=~%-._?")
    return (
        f"{parts.scheme}://{host}{port}{path}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if fragment else "")
    )
