"""What goes into the Markdown renderer and what comes out; all frozen, hashable where it is a key."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.errors import Problem

RawHtml = Literal["allow", "sanitise", "escape"]
"""What happens to HTML written into Markdown: kept, cleaned to harmless elements, or shown as text."""


class Words(NamedTuple):
    """The words readers see that Markdown cannot say, and the labels an edition's blocks are known by.

    A label is compared without its closing colon (an insight's by its beginning); every spelling of the corpus counts, so that an
    edition in another language of the paper, or one written by hand, is recognised all the same.
    """

    insight: tuple[str, ...] = ("深度解读", "解读", "洞察")
    impact: tuple[str, ...] = ("影响", "影响分析", "行业影响")
    more: tuple[str, ...] = ("更多动态", "其他动态", "其他重要动态", "更多资讯", "更多")
    note: str = "注"
    tip: str = "提示"
    important: str = "重要"
    warning: str = "注意"
    caution: str = "警告"
    footnotes: str = "脚注"
    footnote_back: str = "回到正文"


class Options(NamedTuple):
    """How a body is rendered. Part of a body's cache key: equal options and text give equal HTML."""

    raw_html: RawHtml = "sanitise"
    line_numbers: bool = False  # number the lines of code unless its fence says so
    max_code_bytes: int = 20_000  # a longer code block is not highlighted
    base: str = ""  # the site's address; links that begin with it are not outside links
    language: str = "zh-CN"  # of the paper: a story in another one gets its own `lang`
    digest: bool = False  # the body is an edition of the themed format
    title: str = ""  # of the post: a first heading that only repeats it is left out
    first_line: int = 1  # of the body in its file, for the places of problems
    path: str = ""  # of the file, for the places of problems
    words: Words = Words()


class Heading(NamedTuple):
    """A heading for the contents; of a story, `id` is the story's anchor."""

    level: int
    id: str
    text: str


class StoryMark(NamedTuple):
    """A story as it stands in the page.

    `id` is its element's id, derived from its link (else from its headline), never from its
    position. `attributes` and `end` are offsets into `Rendered.html`: just before the `>` that
    opens the element, and just before the tag that closes it. The page's notes are written there.
    """

    id: str
    headline: str
    url: str  # as written, safe; "" when the headline has no link
    section: str
    text: str  # plain
    attributes: int
    end: int


class ImageMark(NamedTuple):
    """An image of the body: its address as written, and its element exactly as it stands in the HTML."""

    url: str
    alt: str
    title: str
    html: str


class Rendered(NamedTuple):
    """A body as HTML, with what lists, contents and search need of it."""

    html: str
    headings: tuple[Heading, ...] = ()
    stories: tuple[StoryMark, ...] = ()
    plain: str = ""  # one line a block
    images: tuple[ImageMark, ...] = ()
    has_math: bool = False
    problems: tuple[Problem, ...] = ()
    blocks_fast: int = 0  # blocks that never reached mistune
    blocks_total: int = 0
