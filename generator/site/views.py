"""Rows and bodies → the views of `context`."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from markupsafe import Markup

from generator.config.schema import Config
from generator.labels import Labels
from generator.site.context import (
    ContentsView,
    CorrectionView,
    DayView,
    EditionView,
    EntryView,
    FoundView,
    LinkView,
    PeriodView,
    PostView,
    ScoreView,
    SourceView,
    StoryView,
    TagView,
)
from generator.site.index import MonthCount
from generator.site.model import Body, Made, Note, Picture, Story
from generator.site.picture_html import address, cover
from generator.site.rows import Row
from generator.site.urls import Addresses, permalink, resource_url, tag_slug


class Listed:
    """An `EntryView` of which only what most lists show is there; the rest is made when a template asks for it."""

    __slots__ = ("_make", "_whole", "date", "title", "url")

    def __init__(self, url: str, title: str, date: dt.datetime, make: Callable[[], EntryView]) -> None:
        self.url, self.title, self.date = url, title, date
        self._make = make
        self._whole: EntryView | None = None

    def __getattr__(self, name: str) -> Any:
        if self._whole is None:
            self._whole = self._make()
        return getattr(self._whole, name)


class Views:
    """Makes views for one site: knows its addresses, words and permalinks, and no post."""

    def __init__(self, config: Config, labels: Labels, addresses: Addresses, *, categories: bool) -> None:
        """`categories` says whether there are pages of them to link to."""
        self._categories = categories
        self.config, self.labels, self.addresses = config, labels, addresses
        self._entries: dict[bytes, EntryView] = {}
        self._tags: dict[tuple[str, str], TagView] = {}
        self._zone = config.site.zone

    def link(self, row: Row | None) -> LinkView | None:
        return None if row is None else LinkView(self.addresses.href(row.url), row.title)

    def tag(self, name: str, url: str, count: int = 0) -> TagView:
        return TagView(name, self.addresses.href(url), count)

    def tags(self, row: Row, fields: Mapping[str, Any]) -> tuple[TagView, ...]:
        """The tags of the post itself, without those of its stories."""
        views = self._tags
        found = []
        for tag in row.tags[: fields["own_tags"]]:
            if (view := views.get(tag)) is None:
                view = views[tag] = self.tag(tag[1], f"tags/{tag[0]}/")
            found.append(view)
        return tuple(found)

    def category_url(self, name: str) -> str:
        return self.addresses.href(f"categories/{tag_slug(name)}/") if name and self._categories else ""

    def found(self, row: Row, fields: Mapping[str, Any], tag: str) -> tuple[FoundView, ...]:
        """The stories of an edition that carry the tag with this slug."""
        return tuple(
            FoundView(f"{self.addresses.href(row.url)}#{anchor}", headline, importance, language)
            for name, stories in fields.get("tagged", {}).items()
            if tag and tag_slug(name) == tag
            for anchor, headline, importance, language in stories
        )

    def place(self, row: Row, name: str, fields: Mapping[str, Any]) -> str:
        """Address ready for src of what a post names: a file beside it, one of static/, or elsewhere."""
        if picture := self.picture(fields, name):
            return address(picture, self.addresses.href)
        if not name or name.startswith(("http://", "https://", "//")):
            return name if not name.startswith("//") else "https:" + name
        if name.startswith("/"):
            return self.addresses.href(name.lstrip("/"))
        return self.addresses.href(resource_url(row.source, row.url, name))

    def picture(self, fields: Mapping[str, Any], name: str) -> Picture | None:
        """What is known of a picture a post shows."""
        known = fields.get("pictures", {}).get(name)
        return Picture(*known) if known else None

    def full(self, address: str) -> str:
        """An address ready for href, with scheme and host."""
        if not address.startswith("/"):
            return address
        return self.addresses.base + address.removeprefix(self.addresses.path)

    def entry(self, row: Row, tag: str = "") -> EntryView:
        fields = row.fields()
        picture = self.picture(fields, fields["cover"])
        return EntryView(
            url=self.addresses.href(row.url),
            absolute=self.addresses.absolute(row.url),
            title=row.title,
            date=self.date(fields["date"]),
            summary=tuple(fields["summary"]),
            tags=self.tags(row, fields),
            category=fields["category"],
            category_url=self.category_url(fields["category"]),
            cover=self.place(row, fields["cover"], fields),
            cover_alt=fields["cover_alt"],
            cover_width=picture.width if picture else 0,
            cover_height=picture.height if picture else 0,
            minutes=fields["minutes"],
            stories=row.stories,
            domestic=fields.get("domestic", 0),
            international=fields.get("international", 0),
            high=fields.get("high", 0),
            mode=fields.get("mode", ""),
            draft=row.draft,
            found=self.found(row, fields, tag),
        )

    def entries(self, rows: Iterable[Row], tag: str = "") -> tuple[EntryView, ...]:
        """Posts as lists show them; with `tag`, each with its stories of that tag."""
        views = []
        for row in rows:
            if '"tagged":' in row.blob:
                views.append(self.entry(row, tag))
                continue
            # a post without stories of its tags looks the same in the lists of all of them
            if (view := self._entries.get(row.shown)) is None:
                view = self._entries[row.shown] = self._listed(row)
            views.append(view)
        return tuple(views)

    def _listed(self, row: Row) -> EntryView:
        date = dt.datetime.fromtimestamp(row.at, self._zone)
        return cast(
            "EntryView", Listed(self.addresses.href(row.url), row.title, date, partial(self.entry, row))
        )

    def date(self, iso: str) -> dt.datetime:
        return dt.datetime.fromisoformat(iso).astimezone(self._zone)

    def post(
        self,
        row: Row,
        body: Body,
        html: str,
        related: Sequence[Row] = (),
        *,
        fields: Mapping[str, Any] | None = None,
    ) -> PostView:
        fields = row.fields() if fields is None else fields
        copies = self.config.build.markdown_copies and row.kind == "post"
        picture = self.picture(fields, fields["cover"])
        alt = fields["cover_alt"]
        return PostView(
            url=self.addresses.href(row.url),
            absolute=self.addresses.absolute(row.url),
            title=row.title,
            date=self.date(fields["date"]),
            html=Markup(html),
            updated=self.date(fields["updated"]) if fields["updated"] else None,
            summary=tuple(fields["summary"]),
            highlights=self.highlights(row, body, fields["summary"]),
            description=fields["description"],
            author=fields["author"] or self.config.site.author,
            tags=self.tags(row, fields),
            category=fields["category"],
            category_url=self.category_url(fields["category"]),
            cover=self.place(row, fields["cover"], fields),
            cover_alt=alt,
            cover_width=picture.width if picture else 0,
            cover_height=picture.height if picture else 0,
            cover_html=Markup(cover(picture, alt, self.addresses.href)) if picture else "",
            contents=tuple(ContentsView(*heading) for heading in body.contents),
            minutes=body.minutes,
            stories=row.stories,
            domestic=fields.get("domestic", 0),
            international=fields.get("international", 0),
            high=fields.get("high", 0),
            maths=body.maths,
            draft=row.draft,
            markdown=self.addresses.href(f"{row.url}index.md") if copies and row.url.endswith("/") else "",
            related=tuple(LinkView(self.addresses.href(other.url), other.title) for other in related),
            edition=self.edition(row, body) if body.made else None,
            extra=fields["extra"],
        )

    def highlights(self, row: Row, body: Body, summary: Sequence[str]) -> tuple[LinkView, ...]:
        """The lines of a summary, each leading to the story whose headline it is."""
        lines = [line for line in summary if line != row.title] or summary
        places = {story.headline: story.anchor for story in reversed(body.stories)}
        href = self.addresses.href(row.url)
        return tuple(LinkView(f"{href}#{places[line]}" if line in places else "", line) for line in lines)

    def edition(self, row: Row, body: Body) -> EditionView:
        made = body.made or Made()
        return EditionView(
            mode=made.mode,
            note=made.note,
            lead=made.lead,
            generated=self.date(made.generated) if made.generated else None,
            raw_total=made.raw_total,
            feeds=made.feeds,
            feeds_failed=made.feeds_failed,
            stories=tuple(self.story(story, story.note) for story in body.stories if story.note),
            corrections=tuple(
                CorrectionView(dt.date.fromisoformat(date), text) for date, text in made.corrections
            ),
            score=_score(made.score),
            twin=self.addresses.href(f"{row.url}edition.json") if row.url.endswith("/") else "",
        )

    def story(self, story: Story, note: Note) -> StoryView:
        sources = tuple(self._source(source) for source in note.sources)
        published = self.config.evidence.publish_sources
        return StoryView(
            id=note.id,
            anchor=story.anchor,
            headline=story.headline,
            url=story.url,
            reason=note.reason,
            region=note.region,
            importance=note.importance,
            category=note.category,
            tags=tuple(self.tag(name, f"tags/{tag_slug(name)}/") for name in note.tags),
            source=sources[0] if sources else None,
            others=sources[1:] if published else (),
            follow_up=self._follow_up(note.follow_up_of),
            language=note.language,
            marks=note.marks,
            independent=len({source.publisher for source in sources if source.role != "rewrite"}),
            first_hand=any(source.role == "primary" for source in sources),
        )

    def _source(self, source: tuple[str, str, str, str, str, str, str]) -> SourceView:
        publisher, url, title, published, precision, role, language = source
        when = self.date(published) if published else None
        return SourceView(publisher, url, title, when, precision, role, language)

    def _follow_up(self, reference: str) -> LinkView | None:
        edition, _, _ = reference.partition("#")
        try:
            date = dt.date.fromisoformat(edition[:10])
        except ValueError:
            return None
        url = permalink(self.config.build.permalink, edition, date)
        return LinkView(self.addresses.href(url), edition)

    # periods

    def month(self, month: MonthCount) -> PeriodView:
        title = self.labels.month_format.format(year=month.year, month=month.month)
        url = self.addresses.href(f"{month.year:04}/{month.month:02}/")
        return PeriodView(title, url, month.year, month.month, month.posts, month.stories)

    def year(self, year: int, months: Sequence[MonthCount]) -> PeriodView:
        return PeriodView(
            title=self.labels.year_format.format(year=year),
            url=self.addresses.href(f"{year:04}/"),
            year=year,
            count=sum(month.posts for month in months),
            stories=sum(month.stories for month in months),
            months=tuple(self.month(month) for month in months),
        )

    def days(self, rows: Iterable[Row], year: int, month: int = 0) -> tuple[DayView, ...]:
        """A view for each day of the period; where a day has several posts, the first one is linked."""
        posts: dict[tuple[int, int], list[Row]] = {}
        for row in rows:
            posts.setdefault((row.month, row.day), []).insert(0, row)
        views = []
        for number in [month] if month else range(1, 13):
            for day in range(1, calendar.monthrange(year, number)[1] + 1):
                here = posts.get((number, day), [])
                views.append(
                    DayView(
                        date=dt.date(year, number, day),
                        url=self.addresses.href(here[0].url) if here else "",
                        title=here[0].title if here else "",
                        stories=sum(row.stories for row in here),
                    )
                )
        return tuple(views)


def safe_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _score(figures: tuple[float, ...]) -> ScoreView | None:
    if not figures:
        return None
    points, sentences, numbers, first_hand, independent, age_hours, repeats, findings = figures
    return ScoreView(
        int(points), sentences, numbers, first_hand, independent, age_hours, int(repeats), int(findings)
    )
