"""A report's JSON twin: the same stories with their titles, publication times and scores."""

from __future__ import annotations

import datetime as dt
import json
from types import MappingProxyType
from typing import Any

from generator.editions.form import Parsed
from generator.editions.report import clock
from generator.editions.report.shape import BRIEF, line_of, opened_as_read, parted
from generator.editions.report.write import lead_of
from generator.editions.themed.head import edition_id
from generator.editions.words import importance_of
from generator.errors import ContentError, Problem
from generator.labels import Labels, available, labels_for
from generator.markup.escape import escape
from generator.news import Article, Edition, Region, Section, SectionKind, Source, Stats, item_id
from generator.text.addresses import canonical_url


def write_twin(edition: Edition, labels: Labels) -> str:
    """Return the twin as JSON text."""
    stories = parted(edition.articles)
    lists = {
        region.value: [
            _item(edition, labels, f"{region.value}.{number}", number, article)
            for number, article in enumerate(stories[region], 1)
        ]
        for region in Region
    }
    stats = edition.stats
    counts = {
        "raw_domestic": stats.raw_domestic,
        "raw_international": stats.raw_international,
        "raw_total": stats.raw_total,
        **{f"final_{name}": len(items) for name, items in lists.items()},
    }
    value = {
        "date": edition.date.isoformat(),
        "generated_at": clock.write(edition.generated_at, edition),
        **lists,
        "summary": edition.lead or lead_of(edition, labels),
        "statistics": counts,
        **{f"{name}_brief": items[:BRIEF] for name, items in lists.items()},
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def parse_twin(text: str, path: str = "") -> Parsed:
    """Read a twin. Raises `ContentError` when it is not one."""
    try:
        value = json.loads(text)
        day = dt.date.fromisoformat(value["date"])
        sections = tuple(_section(region, value[region.value], day) for region in Region)
        stats = {name: int(number) for name, number in value.get("statistics", {}).items()}
        made, kept = _read_moment(value.get("generated_at"))
    except json.JSONDecodeError as error:
        raise ContentError([Problem(path, error.lineno, error.colno, f"not JSON: {error.msg}")]) from None
    except RecursionError:
        raise ContentError([Problem(path, 1, 1, "nested too deeply to be a report")]) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"not the twin of a report: {type(error).__name__}: {error}"
        raise ContentError([Problem(path, 1, 1, what)]) from None
    edition = Edition(
        id=edition_id(path, day),
        date=day,
        generated_at=made,
        lead=str(value.get("summary", "")),
        stats=Stats(
            **{name: stats.get(name, 0) for name in ("raw_total", "raw_domestic", "raw_international")}
        ),
        sections=sections,
        extras=MappingProxyType({clock.KEPT: kept} if kept else {}),
    )
    return Parsed(edition, {}, path)


def _item(edition: Edition, labels: Labels, place: str, number: int, article: Article) -> dict[str, Any]:
    opened = opened_as_read(edition.extras, place)
    published = article.sources[0].published if article.sources else None
    return {
        "index": number,
        "title": article.headline,
        "summary": line_of(article, edition.date, labels, opened=opened),
        "importance": getattr(labels, article.importance.value) if article.importance else "",
        "reason": article.reason,
        "tags": list(article.tags),
        "url": article.url,
        "source": article.publisher,
        "original_pub_date": clock.write(published, edition),
        "impact_score": article.score,
    }


def _section(region: Region, items: list[dict[str, Any]], day: dt.date) -> Section:
    name = getattr(labels_for("zh"), f"report_{region.value}")
    return Section(name, SectionKind.REGION, tuple(_article(item, region, day) for item in items))


def _article(item: dict[str, Any], region: Region, day: dt.date) -> Article:
    url, title, text = (
        str(item.get("url") or ""),
        str(item.get("title") or ""),
        str(item.get("summary") or ""),
    )
    for language in available():
        text = text.removeprefix(labels_for(language).dateline.format(month=day.month, day=day.day))
    key = item_id(canonical_url(url)) if url else item_id("", title=title or text[:80])
    published, _ = _read_moment(item.get("original_pub_date"))
    source = Source(key, url, str(item.get("source") or ""), title, published)
    return Article(
        id=key,
        headline=title,
        text=escape(text),
        region=region,
        importance=importance_of(str(item.get("importance") or "")),
        reason=str(item.get("reason") or ""),
        tags=tuple(map(str, item.get("tags") or ())),
        sources=(source,) if url or source.publisher else (),
        score=float(item.get("impact_score") or 0),
    )


def _read_moment(text: Any) -> tuple[dt.datetime | None, str]:
    return clock.read(str(text)) if text else (None, "")
