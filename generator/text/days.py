"""When something at an address appeared, read from the address alone: dates in paths and ids that hold a time."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_TWITTER_EPOCH = 1_288_834_974_657  # milliseconds
_PATH_DAY = re.compile(
    r"(?<!\d)(?P<y>20[0-3]\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(?P<y2>20[0-3]\d)/(?P<m2>[A-Za-z]{3}|\d{1,2})/(?P<d2>\d{1,2})(?!\d)"
)
_PATH_MONTH = re.compile(r"(?<![\d])(?P<y>20[0-3]\d)[/-](?P<m>0[1-9]|1[0-2])(?=/)")
_MONTHS = {
    name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_ARXIV = re.compile(r"/(?:abs|pdf|html)/(?P<y>\d\d)(?P<m>0[1-9]|1[0-2])\.\d{4,5}")
_STATUS = re.compile(r"/status(?:es)?/(?P<id>\d{15,20})")
_OBJECT_ID = re.compile(r"(?<![0-9a-fA-F])(?P<id>[5-7][0-9a-f]{23})(?![0-9a-fA-F])")


@dataclass(frozen=True, slots=True)
class Appeared:
    """A time an address tells: between `first` and `last`, and how it is known."""

    first: dt.datetime
    last: dt.datetime
    how: str


def appeared(url: str) -> Appeared | None:
    """Return when what stands at `url` appeared, or None when the address does not tell."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    if host in {"x.com", "twitter.com", "mobile.twitter.com"} and (match := _STATUS.search(path)):
        return _moment((int(match["id"]) >> 22) + _TWITTER_EPOCH, "the post's id")
    if host.endswith("arxiv.org") and (match := _ARXIV.search(path)):
        return _month(2000 + int(match["y"]), int(match["m"]), "the arXiv number")
    if match := _OBJECT_ID.search(path):
        return _moment(int(match["id"][:8], 16) * 1000, "the object id")
    if match := _PATH_DAY.search(path):
        year = int(match["y"] or match["y2"])
        month = match["m"] or match["m2"]
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        try:
            day = dt.datetime(year, number, int(match["d"] or match["d2"]), tzinfo=dt.UTC)
        except ValueError:
            return None
        return Appeared(day - dt.timedelta(hours=14), day + dt.timedelta(hours=38), "the date in the address")
    if match := _PATH_MONTH.search(path):
        return _month(int(match["y"]), int(match["m"]), "the month in the address")
    return None


def _moment(milliseconds: int, how: str) -> Appeared | None:
    if not 1_100_000_000_000 < milliseconds < 4_000_000_000_000:
        return None
    moment = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return Appeared(moment, moment, how)


def _month(year: int, month: int, how: str) -> Appeared:
    first = dt.datetime(year, month, 1, tzinfo=dt.UTC)
    after = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=dt.UTC)
    return Appeared(first, after, how)
