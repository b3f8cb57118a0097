"""The walk over the blocks of a themed post: which story and section each of them belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.editions.corrections import is_notice, parse_corrections
from generator.editions.marks import Marks, parse_marks
from generator.editions.themed import lines
from generator.editions.themed.bullets import bullets
from generator.editions.themed.draft import Place, SectionDraft, StoryDraft, story_places
from generator.editions.words import is_insight, is_label, is_more
from generator.markup.blocks import Block
from generator.markup.escape import plain
from generator.news import Correction, Group, Mode, SectionKind


@dataclass(slots=True)
class Reader:
    """What was read so far. `starts` holds the index of the block that opens each section."""

    title: str = ""
    mode: Mode | None = None
    mode_note: str = ""
    intro: list[str] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()
    _at: int = 0  # index of the block that is being read
    _in_corrections: bool = False
    _h1: Place | None = None

    def read(self, blocks: list[Block]) -> None:
        while self._at < len(blocks):
            self._at += self._block(blocks)
        for section in self.sections:
            self._settle_impact(section)

    def _block(self, blocks: list[Block]) -> int:
        """Take the block being read, and those it speaks for; return how many."""
        block, story = blocks[self._at], self._story
        if block.kind == "blank":
            return 1
        if story:
            story.glued = self._at > 0 and blocks[self._at - 1].kind != "blank"
        if block.kind == "heading" and block.level <= 3 and not block.raw.lstrip().startswith(("=", "-")):
            self._heading(block, blocks)
        elif self._in_corrections and block.kind == "list":
            self.corrections += parse_corrections(block.raw)
        elif block.kind == "quote" and not self.sections and (mode := lines.mode(block.raw)):
            self.mode, self.mode_note = mode
        elif block.kind == "quote" and is_notice(block.raw) and self.sections:
            self.sections[-1].texts.append(block.raw.rstrip("\n"))
        elif block.kind == "html" and story and (marks := parse_marks(block.raw)):
            story.status = marks
        elif block.kind == "list" and self._story_list(block):
            pass
        elif block.kind == "paragraph" and (used := self._labelled(blocks)):
            return used
        elif block.kind == "paragraph" and story and not story.texts and (status := lines.status(block.raw)):
            story.marks, story.follow_up_of = status
        elif block.kind == "rule" and self._parts_sections(blocks):
            pass
        else:
            self._prose(block)
        return 1

    @property
    def _story(self) -> StoryDraft | None:
        stories = self.sections[-1].stories if self.sections else []
        return stories[-1] if stories else None

    def _prose(self, block: Block) -> None:
        text = block.raw.rstrip("\n")
        if not self.sections:
            self.intro.append(text)
        elif self._in_corrections or self._story is None or self.sections[-1].kind is SectionKind.MORE:
            self.sections[-1].texts.append(text)
        elif self._story:
            indent = len(block.raw) - len(block.raw.lstrip())
            self._story.add(text, (block.line, indent + 1))

    def _parts_sections(self, blocks: list[Block]) -> bool:
        """Whether the rule being read only parts two sections."""
        following = self._next(blocks)
        return bool(self.sections) and (
            following is None
            or (
                following.kind == "heading"
                and (following.level <= 2 or is_more(lines.heading(following.raw)))
            )
        )

    def _names_a_list(self, inline: str, blocks: list[Block]) -> bool:
        """Whether a heading inside 更多动态 is no story but the name of the bullets below it."""
        following = self._next(blocks)
        return (
            bool(self.sections)
            and self.sections[-1].kind is SectionKind.MORE
            and not lines.headline(inline).url
            and following is not None
            and following.kind == "list"
        )

    def _next(self, blocks: list[Block]) -> Block | None:
        return next((block for block in blocks[self._at + 1 :] if block.kind != "blank"), None)

    # ---- headings

    def _heading(self, block: Block, blocks: list[Block]) -> None:
        inline = lines.heading(block.raw)
        place = (block.line, block.raw.find(inline) + 1 if inline else 1)
        if block.level == 1 and not self.title and not self.sections:
            self.title, self._h1 = plain(inline), place
        elif block.level == 1 or (block.level == 3 and self.sections and lines.is_label_heading(inline)):
            self._prose(block)
        elif block.level == 3 and not is_more(inline) and not self._names_a_list(inline, blocks):
            if not self.sections or self._in_corrections:
                self._open_section("", SectionKind.THEME, (block.line, 1))
            text, url, offset = lines.headline(inline)
            self.sections[-1].stories.append(StoryDraft(text, url, (place[0], place[1] + offset)))
        else:
            name = plain(inline)
            short = is_more(name) or block.level == 3
            self._open_section(name, SectionKind.MORE if short else SectionKind.THEME, place)
            self._in_corrections = is_label(inline, "correction")

    def _open_section(self, name: str, kind: SectionKind, place: Place) -> None:
        self.sections.append(SectionDraft(name, kind, place))
        self.starts.append(self._at)
        self._in_corrections = False

    # ---- bold labels and their lists

    def _labelled(self, blocks: list[Block]) -> int:
        """Take a bold label and the list below it; return the number of blocks, 0 for plain prose."""
        block = blocks[self._at]
        label = lines.label(block.raw)
        if label is None or not self.sections:
            return 0
        if label.text:
            return self._inline_label(label, block)
        at = self._at + 1
        if at < len(blocks) and blocks[at].kind == "blank":
            at += 1
        items = bullets(blocks[at]) if at < len(blocks) and blocks[at].kind == "list" else []
        if is_more(label.name) or (items and not label.known and self.sections[-1].kind is SectionKind.MORE):
            # 更多动态 as a bold line, or a label that parts its list
            self._open_section(plain(label.name).rstrip("：:"), SectionKind.MORE, (block.line, 3))
            return 1
        if not items or not self._take(label.name, [(item.text, item.place) for item in items]):
            return 0
        return at + 1 - self._at

    def _inline_label(self, label: lines.Label, block: Block) -> int:
        """A label with its text on the same line: analysis, impact or background; else prose."""
        place, story = (block.line + label.row, label.column + 1), self._story
        if is_label(label.name, "background") and story and not story.background:
            story.background, story.background_place = label.text, place
            return 1
        if is_insight(label.name) or is_label(label.name, "impact"):
            return 1 if self._take(label.name, [(label.text, place)]) else 0
        return 0

    def _take(self, label: str, items: list[tuple[str, Place]]) -> bool:
        story, section = self._story, self.sections[-1]
        if is_label(label, "impact"):
            self._settle_impact(section, again=True)
            section.impact, section.impact_after, section.impact_label = items, len(section.stories), label
            return True
        if story is None:
            return False
        if is_insight(label):
            story.insights += items
        elif is_label(label, "points"):
            story.points += [(lines.point(text), place) for text, place in items]
        else:
            story.groups.append(Group(label, tuple(text for text, _ in items)))
        return True

    def _settle_impact(self, section: SectionDraft, *, again: bool = False) -> None:
        """影响 that more stories follow belongs to the story above it, not to the section's end."""
        if section.impact and section.stories and (again or section.impact_after < len(section.stories)):
            owner = section.stories[max(section.impact_after - 1, 0)]
            owner.groups.append(Group(section.impact_label, tuple(text for text, _ in section.impact)))
            section.impact = []

    # ---- lists of short stories

    def _story_list(self, block: Block) -> bool:
        """Bullets that start with a link are stories, in 更多动态 and in a theme that has none yet."""
        if not self.sections or self._in_corrections:
            return False
        section = self.sections[-1]
        items = bullets(block)
        if section.kind is not SectionKind.MORE:
            if section.stories or not items or not all(item.url for item in items):
                return False
            section.kind = SectionKind.MORE
        for item in items:
            story = StoryDraft(item.headline, item.url, item.headline_place)
            story.status = item.marks or Marks()
            if item.tail:
                story.texts, story.text_places = [item.tail], [item.tail_place]
            section.stories.append(story)
        return True

    # ---- places

    def places(self) -> Iterator[tuple[str, Place]]:
        if self._h1:
            yield "h1", self._h1
        for s, section in enumerate(self.sections):
            yield f"s{s}.name", section.place
            for i, (_, place) in enumerate(section.impact):
                yield f"s{s}.impact.{i}", place
            for a, story in enumerate(section.stories):
                yield from story_places(f"s{s}.a{a}", story)
