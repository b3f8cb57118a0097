"""An edition's Markdown as a page: themes, stories with anchors, insights, impact, the list of more.

    ## theme             <section class="theme">
    ### [headline](url)  <article class="story" id="s-…">, until the next heading, impact or rule
    **深度解读：** + list  <div class="insight">, in its story
    **核心能力：** + list  <div class="group">, in its story
    **影响：** + list     <aside class="impact">, in its theme
    ## 更多动态           <section class="more">, each item of its lists with an anchor

People edit these files, so nothing has to be there and nothing is dropped: what fits no row is drawn
where it stands. The words that are known as labels are `Options.words`.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from generator.site.markdown import html
from generator.site.markdown.page import Ids, drawn, plain_of, repeats
from generator.site.markdown.pieces import Bullets, Other, Piece, Text, Title
from generator.site.markdown.raw import clean
from generator.site.markdown.values import Heading, Options, StoryMark, Words
from generator.text.addresses import canonical_url

_COLONS = "：:"
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．]\s*")
# An address that `canonical_url` only lowers to https and strips of `www.` and a last slash.
_PLAIN_URL = re.compile(
    r"https?://(?:www\.)?((?!amp\.|m\.|www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/(?!amp|index)[A-Za-z0-9_~%+-]+(?:\.(?!amp)[A-Za-z0-9_~%+-]+)*)*)/?"
)


@dataclass(frozen=True, slots=True)
class StoryData:
    """What a page adds to a story that its Markdown cannot say; everything may be left out.

    `start` and `end` are safe HTML for the beginning and the end of the story's element: an
    importance mark, the source and tags, other sources, 入选理由.
    """

    importance: str = ""  # high, medium or low: data-importance
    region: str = ""  # domestic or international: data-region
    language: str = ""  # lang, when it is not the page's
    start: str = ""
    end: str = ""


def story_id(url: str, headline: str) -> str:
    """Return a story's anchor: the same as long as its link (without one, its headline) is."""
    plain = _PLAIN_URL.fullmatch(url)
    key = f"https://{plain[1]}{plain[2]}" if plain else canonical_url(url) if url else ""
    return "s-" + hashlib.sha256((key or f"\n{headline}").encode()).hexdigest()[:12]


def dress(page: str, stories: Sequence[StoryMark], data: Mapping[str, StoryData]) -> str:
    """Return `Rendered.html` with each story's data, keyed by its id, written into its element."""
    out: list[str] = []
    done = 0
    for story in stories:
        known = data.get(story.id)
        if known is None:
            continue
        out += (page[done : story.attributes], _attributes(known, page, story))
        if known.start:
            out.append(f">{known.start}")
        done = story.attributes + (1 if known.start else 0)
        if known.end:
            out += (page[done : story.end], known.end)
            done = story.end
    out.append(page[done:])
    return "".join(out)


def _attributes(known: StoryData, page: str, story: StoryMark) -> str:
    found = ""
    if known.importance:
        found += f' data-importance="{html.escape(known.importance)}"'
    if known.region:
        found += f' data-region="{html.escape(known.region)}"'
    opening = page[page.rindex("<", 0, story.attributes) : story.attributes]
    if known.language and " lang=" not in opening:
        found += f' lang="{html.escape(known.language)}"'
    return found


def digest_page(
    pieces: Iterable[Piece], options: Options
) -> tuple[str, list[Heading], str, tuple[StoryMark, ...]]:
    """Return HTML, headings, text and stories of an edition."""
    page = _Page(options)
    for piece in pieces:
        page.add(piece)
    return page.finished()


class _Open(NamedTuple):
    """A story begun: where, in `out` and in `texts`."""

    id: str
    headline: str
    url: str
    attributes: int
    text: int


class _Page:
    """The page while it grows. Marks are kept as indexes into `out`, whose lengths are summed at the end."""

    def __init__(self, options: Options) -> None:
        self.ids = Ids()
        self.out: list[str] = []
        self.texts: list[str] = []
        self.headings: list[Heading] = []
        self.marks: list[tuple[_Open, str, str, int]] = []
        self._options = options
        self._kind_of = _labels(options.words)
        self._chinese = options.language.startswith("zh")
        self._section = ""  # name of the open section
        self._section_open = self._more = False
        self._story: _Open | None = None
        self._block = ""  # closing tag of an open label block
        self._label: Text | None = None  # a free label that waits for its list
        self._clean_from = 0  # start in `out` of what is cleaned together
        self._dirty = False

    def add(self, piece: Piece) -> None:
        """Append a piece where it belongs."""
        if self._label is not None:
            self._settle_label(piece)
        if isinstance(piece, Title):
            self._title(piece)
        elif isinstance(piece, Text):
            self._text(piece)
        elif isinstance(piece, Bullets):
            self._bullets(piece)
        elif piece.rule:
            self._close_section()
            self.out.append(piece.html)
        else:
            self._plain(piece)

    def finished(self) -> tuple[str, list[Heading], str, tuple[StoryMark, ...]]:
        if self._label is not None:
            self._plain(self._label)
        self._close_section()
        at = [0, *accumulate(map(len, self.out))]
        stories = tuple(
            [
                StoryMark(story.id, story.headline, story.url, section, text, at[story.attributes], at[end])
                for story, section, text, end in self.marks
            ]
        )
        return "".join(self.out), self.headings, "\n".join(self.texts), stories

    # headings

    def _title(self, title: Title) -> None:
        level, inner, plain, url, given, dirty = title
        if level == 1 and not self.out and repeats(title, self._options.title):
            return
        if dirty:
            inner = clean(inner)
        more = level in (2, 3) and self._kind_of.get(_bare(plain)) == "more"
        if level == 3 and not more:
            self._open_story(inner, plain, url, given)
        else:
            if level <= 2 or more:
                self._close_section()
            self._close_block()
            id_ = self.ids.unique(given) if given else self.ids.heading(plain)
            if level == 2 or more:
                self._open_section(plain, more, f' aria-labelledby="{html.escape(id_)}"')
            self.headings.append(Heading(level, id_, plain))
            self.out.append(html.heading(level, inner, id_))
            self._clean_from = len(self.out)
        self.texts.append(plain)

    def _open_section(self, name: str, more: bool, attributes: str) -> None:
        self._section, self._section_open, self._more = name, True, more
        self.out.append(f'<section class="{"more" if more else "theme"}"{attributes}>\n')

    def _open_story(self, inner: str, headline: str, url: str, given: str) -> None:
        self._close_story()
        id_ = self.ids.unique(given or story_id(url, headline))
        lang = ' lang="en"' if self._chinese and headline.isascii() and headline else ""
        out = self.out
        out.append(f'<article class="story" id="{html.escape(id_)}"{lang}')
        self._story = _Open(id_, headline, url, len(out), len(self.texts) + 1)
        out.append(f">\n<h3>{inner}</h3>\n")
        self._clean_from = len(out)
        self.headings.append(Heading(3, id_, headline))

    # what stands under them

    def _text(self, text: Text) -> None:
        label = text.label
        if not label:
            self._plain(text)
            return
        alone = text.plain == label
        name = label.rstrip(_COLONS + " ")
        kind = self._kind_of.get(name) or ("insight" if name.startswith(self._options.words.insight) else "")
        closed = name != label or text.plain[len(label) :].lstrip().startswith(tuple(_COLONS))
        if kind == "more" and alone:
            self._close_section()
            self._open_section(name, True, "")
        elif kind in ("insight", "impact") and (closed or alone):
            self._close_story() if kind == "impact" else self._close_block()
            opening, self._block = _BLOCKS[kind]
            self.out.append(opening)
            self._clean_from = len(self.out)
        elif alone and closed:
            self._close_block()
            self._label = text
            return
        else:
            self._close_block()
        self._append(
            text, f'<p class="label">{text.html}</p>\n' if kind and alone else html.paragraph(text.html)
        )

    def _settle_label(self, following: Piece) -> None:
        label, self._label = self._label, None
        assert label is not None
        if not isinstance(following, Bullets):
            self._plain(label)
            return
        opening, self._block = _BLOCKS["group"]
        self.out.append(opening)
        self._clean_from = len(self.out)
        self._append(label, f'<p class="label">{label.html}</p>\n')

    def _bullets(self, bullets: Bullets) -> None:
        if self._more and not self._block and self._story is None:
            self._more_list(bullets)
        else:
            self._append(bullets, drawn(bullets))
            self._close_block()

    def _more_list(self, bullets: Bullets) -> None:
        self._settle()
        out = self.out
        out.append("<ol>\n" if bullets.ordered else "<ul>\n")
        for inner, plain, url, headline in bullets.items:
            name = headline or plain[:60]
            id_ = self.ids.unique(story_id(url, name))
            out.append(f'<li class="story" id="{id_}"')
            story = _Open(id_, name, url, len(out), 0)
            out.append(f">{clean(inner) if bullets.dirty else inner}")
            self.marks.append(
                (story, self._section, plain[len(headline) :].lstrip("，：。；,:;. "), len(out))
            )
            out.append("</li>\n")
            self.texts.append(plain)
        out.append("</ol>\n" if bullets.ordered else "</ul>\n")
        self._clean_from = len(out)

    def _plain(self, piece: Text | Other) -> None:
        self._append(piece, drawn(piece))

    def _append(self, piece: Piece, drawn_piece: str) -> None:
        self.out.append(drawn_piece)
        self.texts.append(plain_of(piece))
        if piece.dirty:
            self._dirty = True

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
        self._close_block()
        self._settle()
        story = self._story
        if story is not None:
            self.marks.append((story, self._section, "\n".join(self.texts[story.text :]), len(self.out)))
            self.out.append("</article>\n")
            self._story = None

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
