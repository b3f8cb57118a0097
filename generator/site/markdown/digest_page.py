"""The page of an edition: `digest` says which Markdown becomes what."""

from __future__ import annotations

import functools
import re
from itertools import accumulate

from generator.site.markdown import html
from generator.site.markdown.digest import story_id
from generator.site.markdown.page import Ids, repeats
from generator.site.markdown.pieces import Item
from generator.site.markdown.raw import clean
from generator.site.markdown.values import Heading, Options, StoryMark, Words
from generator.text.language import language_of

_COLONS = "：:"
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．]\s*")

_LONGEST_LABEL = 24
"""Characters of a heading that may be the label of a section, with its number and colon."""

_Open = tuple[str, str, str, int, int]
"""A story begun: its id, headline and address; where, in `out` its attributes end and in `texts` its text begins."""


class DigestPage:
    """The page while it grows. Marks are kept as indexes into `out`, whose lengths are summed at the end."""

    def __init__(self, options: Options) -> None:
        self.out: list[str] = []
        self.texts: list[str] = []
        self.headings: list[Heading] = []
        self._marks: list[tuple[_Open, str, str, int]] = []
        self._ids = Ids()
        self._options = options
        self._kind_of = _labels(options.words)
        self._more_begins = {
            *"一二三四五六七八九十",
            *_COLONS,
            " ",
            *(name[0] for name in options.words.more),
        }
        self._chinese = options.language.startswith("zh")
        self._section = ""  # name of the open section
        self._section_open = self._more = False
        self._story: _Open | None = None
        self._block = ""  # closing tag of an open label block
        self._label: tuple[str, str, bool] | None = None  # a free label that waits for its list
        self._clean_from = 0  # start in `out` of what is cleaned together
        self._dirty = False

    def finished(self) -> tuple[str, tuple[StoryMark, ...]]:
        self._settle_label()
        self._close_section()
        at = [0, *accumulate(map(len, self.out))]
        stories = [
            StoryMark(story[0], story[1], story[2], section, text, at[story[3]], at[end])
            for story, section, text, end in self._marks
        ]
        return "".join(self.out), tuple(stories)

    # headings

    def title(
        self, level: int, inner: str, plain: str, url: str = "", given: str = "", dirty: bool = False
    ) -> None:
        if self._label is not None:
            self._settle_label()
        if dirty:
            inner = clean(inner)
        if level == 1 and not self.out and repeats(level, plain, self._options.title):
            return
        more = (
            len(plain) <= _LONGEST_LABEL
            and (plain[:1] in self._more_begins or plain[:1].isdecimal())
            and level in (2, 3)
            and self._kind_of.get(_bare(plain)) == "more"
        )
        if level == 3 and not more:
            self._open_story(inner, plain, url, given)
        else:
            if level <= 2 or more:
                self._close_section()
            self._close_block()
            id_ = self._ids.unique(given) if given else self._ids.heading(plain)
            if level == 2 or more:
                self._open_section(plain, more, f' aria-labelledby="{id_}"')
            self.headings.append(Heading(level, id_, plain))
            self.out.append(html.heading(level, inner, id_))
            self._settle()
        self.texts.append(plain)

    def _open_section(self, name: str, more: bool, attributes: str) -> None:
        self._section, self._section_open, self._more = name, True, more
        self.out.append(f'<section class="{"more" if more else "theme"}"{attributes}>\n')

    def _open_story(self, inner: str, headline: str, url: str, given: str) -> None:
        self._close_story()
        id_ = self._ids.unique(given or story_id(url, headline))
        out = self.out
        out.append(f'<article class="story" id="{id_}"')
        self._story = (id_, headline, url, len(out), len(self.texts) + 1)
        out.append(f">\n<h3>{inner}</h3>\n")
        self._clean_from = len(out)
        self.headings.append(Heading(3, id_, headline))

    # what stands under them

    def text(self, inner: str, plain: str, label: str = "", dirty: bool = False) -> None:
        if self._label is not None:
            self._settle_label()
        if not label:
            self._append(f"<p>{inner}</p>\n", plain, dirty)
            return
        alone = plain == label
        kind, closed = self._label_kind(label, plain)
        if kind == "more" and alone:
            self._close_section()
            self._open_section(label, True, "")
        elif kind in ("insight", "impact") and (closed or alone):
            self._close_story() if kind == "impact" else self._close_block()
            self._open_block(kind)
        else:
            self._close_block()
            if alone and closed:
                self._label = (inner, plain, dirty)
                return
            alone = False
        self._append(f'<p class="label">{inner}</p>\n' if alone else f"<p>{inner}</p>\n", plain, dirty)

    def bullets(self, items: list[Item], ordered: bool = False, start: int = 1, dirty: bool = False) -> None:
        if self._label is not None:
            (inner, plain, label_dirty), self._label = self._label, None
            self._open_block("group")
            self._append(f'<p class="label">{inner}</p>\n', plain, label_dirty)
        elif self._more and not self._block and self._story is None:
            self._more_list(items, ordered, start, dirty)
            return
        self._append(html.flat_list(items, ordered, start), "\n".join([item[1] for item in items]), dirty)
        self._close_block()

    def other(self, drawn: str, plain: str, dirty: bool = False, rule: bool = False) -> None:
        if self._label is not None:
            self._settle_label()
        if rule:
            self._close_section()
        self._append(drawn, plain, dirty)

    def _label_kind(self, label: str, plain: str) -> tuple[str, bool]:
        """What a bold beginning is, and whether a colon ends it, inside the bold or behind it."""
        name = label.rstrip(_COLONS + " ")
        kind = self._kind_of.get(name) or ("insight" if name.startswith(self._options.words.insight) else "")
        return kind, name != label or plain[len(label) :].lstrip().startswith(tuple(_COLONS))

    def _more_list(self, items: list[Item], ordered: bool, start: int, dirty: bool) -> None:
        self._settle()
        out, ids, texts = self.out, self._ids, self.texts
        tag = "ol" if ordered else "ul"
        out.append(f"<{tag}>\n" if start == 1 else f'<{tag} start="{start}">\n')
        for inner, plain, url, headline in items:
            name = headline or plain[:60]
            id_ = ids.unique(story_id(url, name))
            out.append(f'<li class="story" id="{id_}"{self._foreign(plain)}')
            story = (id_, name, url, len(out), 0)
            out.append(f">{clean(inner) if dirty else inner}")
            self._marks.append(
                (story, self._section, plain[len(headline) :].lstrip("，：。；,:;. "), len(out))
            )
            out.append("</li>\n")
            texts.append(plain)
        out.append(f"</{tag}>\n")
        self._clean_from = len(out)

    def _append(self, drawn: str, plain: str, dirty: bool) -> None:
        self.out.append(drawn)
        self.texts.append(plain)
        if dirty:
            self._dirty = True

    def _open_block(self, kind: str) -> None:
        self._close_block()
        self._settle()
        opening, self._block = _BLOCKS[kind]
        self.out.append(opening)
        self._clean_from = len(self.out)

    def _settle_label(self) -> None:
        """Draw a label that no list followed as the paragraph it is."""
        if self._label is not None:
            (inner, plain, dirty), self._label = self._label, None
            self._append(f"<p>{inner}</p>\n", plain, dirty)

    # closing

    def _settle(self) -> None:
        """Clean raw HTML together with its surroundings, and no further: it cannot close what we opened."""
        if self._dirty:
            self.out[self._clean_from :] = [clean("".join(self.out[self._clean_from :]))]
            self._dirty = False
        self._clean_from = len(self.out)

    def _close_block(self) -> None:
        if self._block:
            self._settle()
            self.out.append(self._block)
            self._clean_from = len(self.out)
            self._block = ""

    def _close_story(self) -> None:
        if self._block:
            self._close_block()
        if self._dirty:
            self._settle()
        self._clean_from = len(self.out)
        story = self._story
        if story is not None:
            text = "\n".join(self.texts[story[4] :])
            if lang := self._foreign(story[1]):
                self._say_language(story, text, lang)
            self._marks.append((story, self._section, text, len(self.out)))
            self.out.append("</article>\n")
            self._story = None

    def _foreign(self, text: str) -> str:
        """The attribute of an element whose text is no Chinese; a text with a letter of Han is Chinese."""
        return ' lang="en"' if self._chinese and text.isascii() and text else ""

    def _say_language(self, story: _Open, text: str, lang: str) -> None:
        """A name alone may be a headline above Chinese: then only the headline is foreign."""
        at = story[3]
        if language_of(text) == "zh":
            self.out[at] = self.out[at].replace("<h3>", f"<h3{lang}>", 1)
        else:
            self.out[at - 1] += lang

    def _close_section(self) -> None:
        self._close_story()
        if self._section_open:
            self.out.append("</section>\n")
            self._section, self._section_open, self._more = "", False, False


_BLOCKS = {
    "insight": ('<div class="insight">\n', "</div>\n"),
    "impact": ('<aside class="impact">\n', "</aside>\n"),
    "group": ('<div class="group">\n', "</div>\n"),
}


@functools.lru_cache(maxsize=16)
def _labels(words: Words) -> dict[str, str]:
    return {
        **dict.fromkeys(words.insight, "insight"),
        **dict.fromkeys(words.impact, "impact"),
        **dict.fromkeys(words.more, "more"),
    }


def _bare(heading: str) -> str:
    """A section's name without its number (`六、`)."""
    return _ORDINAL.sub("", heading).strip(_COLONS + " ")
