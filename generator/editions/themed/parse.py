"""Read a themed post, also one that people edited by hand.

Headings without a link, free bold labels, 更多动态 as a bold line, extra prose, images, tables
and HTML are all survived: what is not understood stays as text where it stood.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from generator.editions.corrections import parse_corrections
from generator.editions.form import Parsed
from generator.editions.marks import Marks, parse_marks
from generator.editions.modes import read_mode
from generator.editions.themed import head
from generator.editions.themed.bullets import bullets
from generator.editions.themed.draft import Place, SectionDraft, StoryDraft, story_places
from generator.editions.words import is_insight, is_label, is_more
from generator.markup.blocks import Block, scan
from generator.markup.escape import plain, unescape
from generator.markup.frontmatter import split
from generator.news import (
    Correction,
    Edition,
    Group,
    Mode,
    Point,
    SectionKind,
)

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(.*?)(?:[ \t]+#+)?[ \t]*\n?\Z")
_LINKED = re.compile(
    r"\[(?P<text>(?:\\.|[^\\])*?)\]\((?P<url><[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)\Z"
)
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<label>[^*\n]{1,60}?)(?:\*\*|__)(?P<colon>[：:]?)[ \t]*(?P<rest>[^\n]*)\n?(?P<more>.*)",
    re.DOTALL,
)
_STATUS = re.compile(r"\*(?P<words>[^*\n]+)\*\s*\Z")
_FOLLOW_UP = re.compile(r"(?P<word>[^：:]+)[：:]\s*\[(?P<id>[^\]]+)\]\(\.\./[^)]*\)")


def matches(text: str) -> bool:
    """Front matter or a first heading, and themes with stories under them."""
    return bool(re.search(r"^##[ \t]+\S", text, re.MULTILINE)) and not re.search(
        r"^```\n.{20,}\n```\n+###[ \t]+\*\*", text, re.MULTILINE
    )


def parse(text: str, path: str = "") -> Parsed:
    """Read a themed post. Raises `ContentError` for broken front matter."""
    document = split(text, path)
    edition = Edition(**head.read(document))
    reader = _Reader(document.body_line)
    reader.read(scan(document.body, document.body_line))
    kept = head.extras(document, edition) | reader.kept
    places = head.places(document.fields, document) | reader.places()
    if not edition.title and reader.title:
        edition = replace(edition, title=reader.title)
        kept["front.title.was"] = head.lines(edition).get("title", "")
        kept["front.title"] = ""
    if reader.title and reader.title == edition.title:
        kept.pop("themed.h1", None)
    if document.body and not document.body.endswith("\n"):
        kept["themed.end"] = "no newline"
    edition = replace(
        edition,
        mode=reader.mode or edition.mode,
        mode_note=reader.mode_note,
        sections=tuple(section.built() for section in reader.sections),
        corrections=reader.corrections,
        extras=MappingProxyType(kept),
    )
    return Parsed(edition, places, path, document.warnings)


class _Reader:
    def __init__(self, line: int) -> None:
        self.title = ""
        self.mode: Mode | None = None
        self.mode_note = ""
        self.sections: list[SectionDraft] = []
        self.corrections: tuple[Correction, ...] = ()
        self.kept: dict[str, str] = {"themed.h1": "", "themed.start": ""}
        self.intro: list[str] = []
        self._places: dict[str, Place] = {}
        self._line = line
        self._in_corrections = False

    # ---- the walk over the blocks

    def read(self, blocks: list[Block]) -> None:
        tail = _tail(blocks)
        if tail < len(blocks):
            self.kept["themed.tail"] = "".join(block.raw for block in blocks[tail:]).rstrip("\n")
        index = 0
        while index < tail:
            index += self._block(blocks, index, tail)
        if self.intro:
            self.kept["themed.intro"] = "\n\n".join(self.intro)
        if not self.kept["themed.start"]:
            del self.kept["themed.start"]
        for section in self.sections:
            self._settle_impact(section)

    def _block(self, blocks: list[Block], index: int, end: int) -> int:
        """Take the block at `index`, and those it speaks for; return how many."""
        block = blocks[index]
        if block.kind == "blank":
            if index == 0:
                self.kept["themed.start"] = block.raw
            return 1
        place = (block.line, len(block.raw) - len(block.raw.lstrip()) + 1)
        story = self._story
        if story:
            story.glued = index > 0 and blocks[index - 1].kind != "blank"
        if block.kind == "heading" and block.level <= 3 and not block.raw.lstrip().startswith(("=", "-")):
            self._heading(block)
        elif self._in_corrections and block.kind == "list":
            self.corrections += parse_corrections(block.raw)
        elif block.kind == "quote" and not self.sections and self._mode_line(block.raw):
            pass
        elif block.kind == "quote" and _is_retraction(block.raw) and self.sections:
            self.sections[-1].texts.append(block.raw.rstrip("\n"))
        elif block.kind == "html" and story and (marks := parse_marks(block.raw)):
            story.status = marks
        elif block.kind == "list" and self._story_list(block):
            pass
        elif block.kind == "paragraph" and (used := self._labelled(blocks, index, end)):
            return used
        elif block.kind == "paragraph" and story and not story.texts and self._status_line(block.raw, story):
            pass
        elif block.kind == "rule" and self._ends_section(blocks, index, end):
            self.kept[f"themed.rule.{len(self.sections) - 1}"] = block.raw.rstrip("\n")
        else:
            self._prose(block, place)
        return 1

    @property
    def _story(self) -> StoryDraft | None:
        stories = self.sections[-1].stories if self.sections else []
        return stories[-1] if stories else None

    def _prose(self, block: Block, place: Place) -> None:
        text = block.raw.rstrip("\n")
        if not self.sections:
            self.intro.append(text)
        elif self._in_corrections or self._story is None or self.sections[-1].kind is SectionKind.MORE:
            self.sections[-1].texts.append(text)
        elif self._story:
            self._story.add(text, place)

    # ---- headings

    def _heading(self, block: Block) -> None:
        match = _HEADING.match(block.raw)
        inline = match[2] if match else block.raw.strip().split("\n")[0]
        column = block.raw.find(inline) + 1 if inline else 1
        if block.level == 1:
            if not self.title and not self.sections:
                self.title = plain(inline)
                self._places["h1"] = (block.line, column)
                self.kept["themed.h1"] = inline
            else:
                self._prose(block, (block.line, 1))
            return
        linked = _LINKED.match(inline)
        if block.level == 3 and self.sections and is_label_heading(inline):
            self._prose(block, (block.line, 1))
            return
        if block.level == 3 and (linked or not is_more(inline)):
            if not self.sections or self._in_corrections:
                self._open_section("", SectionKind.THEME, (block.line, 1))
            self._open_story(inline, (block.line, column), linked)
            return
        self._open_section(
            plain(inline),
            SectionKind.MORE if is_more(plain(inline)) else SectionKind.THEME,
            (block.line, column),
        )
        number = len(self.sections) - 1
        if block.raw.rstrip("\n") != f"## {inline}" or plain(inline) != inline:
            self.kept[f"themed.heading.{number}"] = block.raw.rstrip("\n")
        self._in_corrections = is_label(inline, "correction")

    def _open_section(self, name: str, kind: SectionKind, place: Place) -> None:
        self.sections.append(SectionDraft(name, kind, place))
        self._in_corrections = False

    def _open_story(self, inline: str, place: Place, linked: re.Match[str] | None) -> None:
        text, url = (linked["text"], linked["url"].strip("<>")) if linked else (inline, "")
        where = (place[0], place[1] + 1) if linked else place
        self.sections[-1].stories.append(StoryDraft(unescape(text), url, where))

    # ---- lines with a meaning of their own

    def _mode_line(self, raw: str) -> bool:
        found = read_mode(re.sub(r"^ {0,3}> ?", "", raw, flags=re.MULTILINE))
        if found is None:
            return False
        self.mode, self.mode_note = found
        return True

    def _status_line(self, raw: str, story: StoryDraft) -> bool:
        match = _STATUS.match(raw)
        if match is None:
            return False
        marks, follow_up = [], ""
        for words in match["words"].split(" · "):
            if is_label(words, "title_only"):
                marks.append("title-only")
            elif (found := _FOLLOW_UP.match(words)) and is_label(found["word"], "follow_up"):
                follow_up = found["id"]
            else:
                return False
        story.marks, story.follow_up_of = marks, follow_up
        return True

    def _ends_section(self, blocks: list[Block], index: int, end: int) -> bool:
        following = next((block for block in blocks[index + 1 : end] if block.kind != "blank"), None)
        return bool(self.sections) and (
            following is None or (following.kind == "heading" and following.level <= 2)
        )

    # ---- bold labels and their lists

    def _labelled(self, blocks: list[Block], index: int, end: int) -> int:
        """Take a bold label and the list below it; return the number of blocks, 0 for plain prose."""
        block = blocks[index]
        match = _LABEL.match(block.raw)
        if match is None or not self.sections:
            return 0
        label = match["label"] + match["colon"]
        known = is_insight(label) or any(is_label(label, name) for name in ("impact", "background", "points"))
        if not label.rstrip().endswith(("：", ":")) and not known and not is_more(label):
            return 0
        at, items = index + 1, []
        if match["rest"].strip() or match["more"].strip():
            return self._inline_label(label, match, block)
        if at < end and blocks[at].kind == "blank":
            at += 1
        if at < end and blocks[at].kind == "list":
            items = [(item.text, item.place) for item in bullets(blocks[at])]
        if is_more(label) or (items and not known and self.sections[-1].kind is SectionKind.MORE):
            # 更多动态 as a bold line, or a label that parts its list
            self._open_section(plain(label).rstrip("：:"), SectionKind.MORE, (block.line, 3))
            self.kept[f"themed.heading.{len(self.sections) - 1}"] = block.raw.rstrip("\n")
            return 1
        if not items:
            return 0
        return at + 1 - index if self._take(label, items) else 0

    def _inline_label(self, label: str, match: re.Match[str], block: Block) -> int:
        """A label with its text on the same line: analysis, impact or background; else prose."""
        text = "\n".join(part for part in (match["rest"].rstrip(), match["more"].rstrip()) if part)
        place = (block.line, match.start("rest") + 1)
        story = self._story
        if is_label(label, "background") and story and not story.background:
            story.background, story.background_place = text, place
            return 1
        if is_insight(label) or is_label(label, "impact"):
            return 1 if self._take(label, [(text, place)]) else 0
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
            story.points += [(_point(text), place) for text, place in items]
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
            if section.stories or not items or any(item.link is None for item in items):
                return False
            section.kind = SectionKind.MORE
        for item in items:
            story = StoryDraft(item.headline, item.url, item.headline_place)
            story.status = item.marks or Marks()
            if item.tail:
                story.texts, story.text_places = [item.tail], [item.tail_place]
            if item.joint is not None:
                self.kept[f"themed.joint.{item.headline}"] = item.joint
            section.stories.append(story)
        return True

    # ---- places

    def places(self) -> dict[str, Place]:
        found = dict(self._places)
        for s, section in enumerate(self.sections):
            found[f"s{s}.name"] = section.place
            for i, (_, place) in enumerate(section.impact):
                found[f"s{s}.impact.{i}"] = place
            for a, story in enumerate(section.stories):
                found.update(story_places(f"s{s}.a{a}", story))
        return found


def is_label_heading(inline: str) -> bool:
    """Whether a heading is no story but the label of one's analysis (### 深度解读)."""
    return is_insight(plain(inline)) or is_label(plain(inline), "impact")


def _point(text: str) -> Point:
    match = re.match(r"\*\*(.+?)\*\*[：:]\s*(.*)", text, re.DOTALL)
    return Point(match[1], match[2]) if match else Point("", text)


def _is_retraction(raw: str) -> bool:
    return is_label(re.split(r"[：:\n]", raw.lstrip(" >*"), maxsplit=1)[0], "retracted")


def _tail(blocks: list[Block]) -> int:
    """Index where a rule and the card below it, the end of the post, begin; else the number of blocks."""
    for index in range(len(blocks) - 1, -1, -1):
        kind = blocks[index].kind
        if kind == "rule":
            return index if any(block.kind == "html" for block in blocks[index:]) else len(blocks)
        if kind not in ("html", "blank", "code"):
            break
    return len(blocks)
