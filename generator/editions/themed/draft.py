"""Stories and sections of a themed post while they are read, with the places of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.editions.marks import Marks
from generator.news import Article, Group, Insight, Point, Section, SectionKind, Source, item_id
from generator.text.addresses import canonical_url

Place = tuple[int, int]


@dataclass(slots=True)
class StoryDraft:
    """An article while it is read."""

    headline: str
    url: str
    place: Place
    texts: list[str] = field(default_factory=list)
    text_places: list[Place] = field(default_factory=list)
    background: str = ""
    background_place: Place = (0, 0)
    insights: list[tuple[str, Place]] = field(default_factory=list)
    points: list[tuple[Point, Place]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    status: Marks = field(default_factory=Marks)
    marks: list[str] = field(default_factory=list)
    follow_up_of: str = ""
    glued: bool = False  # the next text follows without a blank line

    def add(self, text: str, place: Place) -> None:
        self.texts.append(("\n" if self.glued else "\n\n") + text if self.texts else text)
        self.text_places.append(place)

    def built(self) -> Article:
        source = Source(item_id(canonical_url(self.url)), self.url, "")
        article = Article(
            id=source.id if self.url else item_id("", title=self.headline),
            headline=self.headline,
            text="".join(self.texts),
            background=self.background,
            points=tuple(point for point, _ in self.points),
            insights=tuple(Insight(text) for text, _ in self.insights),
            groups=tuple(self.groups),
            sources=(source,) if self.url else (),
            follow_up_of=self.follow_up_of,
            marks=tuple(self.marks),
        )
        return self.status.apply(article)


@dataclass(slots=True)
class SectionDraft:
    name: str
    kind: SectionKind
    place: Place
    stories: list[StoryDraft] = field(default_factory=list)
    impact: list[tuple[str, Place]] = field(default_factory=list)
    impact_after: int = 0  # how many stories stood above it
    impact_label: str = ""
    texts: list[str] = field(default_factory=list)

    def built(self) -> Section:
        return Section(
            self.name,
            self.kind,
            tuple(story.built() for story in self.stories),
            tuple(Insight(text) for text, _ in self.impact),
            "\n\n".join(self.texts),
        )


def story_places(key: str, story: StoryDraft) -> Iterator[tuple[str, Place]]:
    yield f"{key}.headline", story.place
    if story.url:
        yield f"{key}.source", story.place
    for number, place in enumerate(story.text_places):
        yield (f"{key}.text.{number}" if number else f"{key}.text"), place
    for number, (_, place) in enumerate(story.insights):
        yield f"{key}.insights.{number}", place
    for number, (_, place) in enumerate(story.points):
        yield f"{key}.points.{number}", place
    if story.background:
        yield f"{key}.background", story.background_place
