"""Trends: what the archive says over time, drawn as SVG while building; no script, no colour codes.

    view = trends(days, labels)      # days in any order; `view.charts` is empty when there is too little

Every chart comes with its figures as a table, and with one sentence that says what it shows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.labels import Labels

WEEKS = 13
DAYS = WEEKS * 7
TAGS = 8
SOURCES = 10
_WIDTH, _HEIGHT = 480, 190
_LEFT, _FOOT = 30, 24


@dataclass(frozen=True, slots=True)
class Day:
    """One edition, as far as trends go."""

    date: dt.date
    stories: int = 0
    tags: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()  # of its stories, one for each
    score: int | None = None  # 0 to 100, of how well it was proven; None when it was not


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawn chart and its figures."""

    id: str
    title: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TrendsView:
    """Charts of the days up to `last`; the archive's own last day, not today."""

    charts: tuple[ChartView, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


def trends(days: Iterable[Day], labels: Labels) -> TrendsView:
    """Draw what the last months of an archive show."""
    known = sorted(days, key=lambda day: day.date)
    if not known:
        return TrendsView()
    last = known[-1].date
    recent = [day for day in known if (last - day.date).days < DAYS]
    charts = [
        _stories(recent, last, labels),
        _tags(recent, last, labels),
        _sources(recent, labels),
        _scores(recent, labels),
    ]
    return TrendsView(tuple(chart for chart in charts if chart), recent[0].date, last)


def _stories(days: Sequence[Day], last: dt.date, labels: Labels) -> ChartView | None:
    counts: Counter[dt.date] = Counter()
    for day in days:
        counts[day.date] += day.stories
    if not counts.total():
        return None
    # months of a young paper would leave most of the chart empty
    span = max((last - min(counts)).days + 1, 14)
    top = _round_up(max(counts.values()))
    step = (_WIDTH - _LEFT) / span
    parts = [_grid(top)]
    for number in range(span):
        date = last - dt.timedelta(days=span - 1 - number)
        x = _LEFT + number * step
        if date.day == 1 or number == 0:
            name = labels.month_format.format(year=date.year, month=date.month)
            if date.day == 1 or date.day < 20:
                # a month that has just begun is named to the left, so that its name stays inside
                place = f'x="{x:.1f}"' if x < _WIDTH - 60 else f'x="{_WIDTH}" text-anchor="end"'
                parts.append(f'<text {place} y="{_HEIGHT - 6}">{escape(name)}</text>')
        if counts[date]:
            height = counts[date] / top * (_HEIGHT - _FOOT - 12)
            parts.append(
                f'<rect class="bar" x="{x + step * 0.12:.1f}" y="{_HEIGHT - _FOOT - height:.1f}"'
                f' width="{step * 0.76:.1f}" height="{height:.1f}" rx="1"/>'
            )
    rows = tuple((date.isoformat(), str(counts[date])) for date in sorted(counts, reverse=True))
    return ChartView(
        "stories",
        labels.trend_stories,
        _svg("stories", labels.trend_stories, _range(days, labels), parts, _HEIGHT),
        (labels.date, labels.trend_stories),
        rows,
    )


def _tags(days: Sequence[Day], last: dt.date, labels: Labels) -> ChartView | None:
    """Small multiples: a row of weekly bars for each of the busiest tags."""
    weeks: dict[str, Counter[int]] = {}
    everywhere = {
        tag
        for tag, count in Counter(t for day in days for t in set(day.tags)).items()
        if count >= 0.9 * len(days)
    }
    for day in days:
        for tag in day.tags:
            # what nearly every edition carries says nothing about its time
            if tag not in everywhere or len(days) < 3:
                weeks.setdefault(tag, Counter())[(last - day.date).days // 7] += 1
    busiest = sorted(weeks, key=lambda tag: (-weeks[tag].total(), tag))[:TAGS]
    if not busiest:
        return None
    row, name_width, total_width = 32, 126, 34
    step = (_WIDTH - name_width - total_width) / WEEKS
    top = max(max(weeks[tag].values()) for tag in busiest)
    parts = []
    for number, tag in enumerate(busiest):
        base = (number + 1) * row - 8
        parts.append(f'<text class="name" x="0" y="{base - 4}">{escape(_short(tag, 8))}</text>')
        parts.append(f'<path class="grid" d="M{name_width} {base}H{_WIDTH - total_width}"/>')
        for week, count in sorted(weeks[tag].items()):
            height = max(3.0, count / top * (row - 12))
            x = name_width + (WEEKS - 1 - week) * step
            parts.append(
                f'<rect class="bar" x="{x + step * 0.12:.1f}" y="{base - height:.1f}"'
                f' width="{step * 0.76:.1f}" height="{height:.1f}" rx="1"/>'
            )
        parts.append(f'<text x="{_WIDTH}" y="{base - 4}" text-anchor="end">{weeks[tag].total()}</text>')
    rows = tuple((tag, str(weeks[tag].total())) for tag in busiest)
    return ChartView(
        "tags",
        labels.trend_tags,
        _svg("tags", labels.trend_tags, _range(days, labels), parts, len(busiest) * row),
        (labels.tags, labels.trend_tags),
        rows,
    )


def _sources(days: Sequence[Day], labels: Labels) -> ChartView | None:
    counts = Counter(publisher for day in days for publisher in day.publishers if publisher)
    total = counts.total()
    if not total:
        return None
    largest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = largest[:SOURCES]
    rest = sum(count for _, count in largest[SOURCES:])
    if rest:
        shown.append((labels.trend_others, rest))
    row, name_width, figure_width = 28, 140, 56
    scale = (_WIDTH - name_width - figure_width) / max(count for _, count in shown)
    parts = []
    rows = []
    for number, (name, count) in enumerate(shown):
        y = number * row
        share = f"{count / total:.1%}"
        width = max(2.0, count * scale)
        parts.append(f'<text class="name" x="0" y="{y + 17}">{escape(_short(name, 9))}</text>')
        parts.append(
            f'<rect class="bar" x="{name_width}" y="{y + 5}" width="{width:.1f}" height="{row - 12}" rx="2"/>'
        )
        parts.append(f'<text x="{name_width + width + 6:.1f}" y="{y + 17}">{share}</text>')
        rows.append((name, str(count), share))
    return ChartView(
        "sources",
        labels.trend_sources,
        _svg("sources", labels.trend_sources, _range(days, labels), parts, len(shown) * row),
        (labels.source, labels.trend_stories, labels.share),
        tuple(rows),
    )


def _scores(days: Sequence[Day], labels: Labels) -> ChartView | None:
    """A line through the editions that were proven, so that a silent decline shows."""
    proven = [(day.date, day.score) for day in days if day.score is not None]
    if not proven:
        return None
    step = (_WIDTH - _LEFT - 8) / max(len(proven) - 1, 1)
    points = [
        (_LEFT + 4 + number * step, _HEIGHT - _FOOT - score / 100 * (_HEIGHT - _FOOT - 12))
        for number, (_, score) in enumerate(proven)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [_grid(100), f'<polyline class="line" points="{line}"/>']
    parts += [
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{date} {score}</title></circle>'
        for (x, y), (date, score) in zip(points, proven, strict=True)
    ]
    ends = ((_LEFT, "start", proven[0][0]), (_WIDTH, "end", proven[-1][0]))
    parts += [
        f'<text x="{x}" y="{_HEIGHT - 6}" text-anchor="{anchor}">{date:%m-%d}</text>'
        for x, anchor, date in ends[: len(proven)]
    ]
    return ChartView(
        "scores",
        labels.trend_score,
        _svg("scores", labels.trend_score, _range(days, labels), parts, _HEIGHT),
        (labels.date, labels.trend_score),
        tuple((date.isoformat(), str(score)) for date, score in reversed(proven)),
    )


def _svg(name: str, title: str, description: str, parts: Iterable[str], height: int) -> Markup:
    body = "".join(parts)
    return Markup(
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img"'
        f' aria-labelledby="{name}-title {name}-range"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-range">{escape(description)}</desc>{body}</svg>'
    )


def _grid(top: int) -> str:
    lines = []
    for part in range(3):
        value = top * part // 2
        y = _HEIGHT - _FOOT - (_HEIGHT - _FOOT - 12) * part / 2
        lines.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH}"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>')
    return "".join(lines)


def _round_up(value: int) -> int:
    """The nearest even, readable figure from `value` up."""
    size = 1
    while True:
        for step in (2, 4, 6, 10):
            if value <= step * size:
                return step * size
        size *= 10


def _short(name: str, room: int) -> str:
    """As much of `name` as is `room` Han characters wide; two Latin letters are as wide as one."""
    width = 0
    for number, char in enumerate(name):
        width += 2 if char > "\u2e7f" else 1
        if width > 2 * room:
            return name[:number].rstrip() + "…"
    return name


def _range(days: Sequence[Day], labels: Labels) -> str:
    return labels.trend_range.format(first=days[0].date.isoformat(), last=days[-1].date.isoformat())
