"""The settings of a site: every key, its type, its default and what it means.

The comment behind a field is its documentation; the settings reference is generated from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

NONE: Mapping[str, str] = {}  # a table that is left out


class CommunityConfig(NamedTuple):
    """The card that invites readers to a group or channel; shown when `url` is set."""

    title: str = ""  # the card's headline
    text: str = ""  # one sentence below it
    url: str = ""  # where the button leads
    handle: str = ""  # the name shown as a link, as @ai_news
    button: str = ""  # the button's words
    image: str = ""  # a QR code: a file in static/


class SiteConfig(NamedTuple):
    """The paper: its name, address, zone and look."""

    title: str = "日报"  # name of the paper
    base_url: str = "http://localhost:8000/"  # public address, with the sub-path if there is one
    description: str = ""  # one sentence for search engines and feeds
    timezone: str = "Asia/Shanghai"  # decides which day it is
    language: str = "zh-CN"  # of the paper and its pages
    author: str = ""  # shown in feeds and page metadata
    theme: str = "ribao"  # a folder in themes/, or one that comes with ribao
    store: str = ""  # the store's file, or postgresql://user@host/database; empty: .ribao/items.db
    copyright: str = ""  # line at the foot of each page
    links: Mapping[str, str] = NONE  # further entries of the menu: name = address
    community: CommunityConfig = CommunityConfig()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class FeedConfig(NamedTuple):
    """One source. Only `name` and `url` are needed."""

    name: str  # shown as the source; unique
    url: str  # address of the feed
    language: str = ""  # BCP 47; empty: found from the text
    timezone: str = ""  # of dates without a zone; empty: Asia/Shanghai for Chinese feeds, else UTC
    region: str = ""  # hint: domestic or international; the story decides
    weight: float = 1.0  # how much its word counts for importance; 0.1 to 10
    first_hand: bool = False  # speaks for itself: a company's or a lab's own feed
    include: tuple[
        str, ...
    ] = ()  # keep only entries whose title or summary matches one (regular expressions)
    exclude: tuple[str, ...] = ()  # drop entries whose title or summary matches one
    full_text: bool = False  # read each new entry's page for its whole text; needs ribao[fulltext]
    enabled: bool = True  # false keeps it in the file without asking it


class CollectConfig(NamedTuple):
    """Fetching feeds: limits that hold for each feed unless said otherwise."""

    timeout: float = 20.0  # seconds, for connecting and for each read
    deadline: float = 30.0  # seconds one feed may take in all
    max_bytes: int = 10_000_000  # of a feed after unpacking
    max_redirects: int = 5  # hops
    max_items: int = 500  # kept of one feed
    max_title: int = 300  # characters
    max_summary: int = 5_000  # characters
    max_text: int = 50_000  # characters of full text
    max_pages: int = 20  # articles read in full, of one feed and run
    max_depth: int = 100  # nesting of a feed's HTML
    workers: int = 8  # feeds at once
    per_host: int = 2  # requests to one host at once
    retry_after_cap: float = 24.0  # hours a server may make us wait
    adaptive_hours: float = 6.0  # `collect` leaves a slow feed alone up to so long, for half its own pace; `daily` asks all; 0: always ask
    validators_max_age: float = 168.0  # hours before a feed is asked without validators
    parse_timeout: float = 10.0  # seconds for parsing one feed
    retention_days: int = 400  # items older than this are forgotten; 0 keeps all
    dead_after_days: int = 14  # without success: reported as dead
    silent_after_days: int = 30  # without a new entry: reported as silent
    status_page: str = ""  # name of a page on which `daily` shows how the sources do, as sources; empty: none
    allow_hosts: tuple[str, ...] = ()  # host:port on private addresses that may be asked, as 127.0.0.1:8701
    user_agent: str = ""  # empty: ribao's own name and version with the site's address


class EditionConfig(NamedTuple):
    """Making an edition: how much, of what, and in which form."""

    format: str = "themed"  # themed, report, digest, bulletin, or one of [formats]
    category: str = "AI 日报"  # front matter
    tags: tuple[str, ...] = ("AI", "AI 日报")  # tags every edition carries
    seo: tuple[str, ...] = ("AI 日报", "人工智能", "大模型")  # keywords of every edition's page
    window_hours: float = 24.0  # how far back an edition reaches
    cluster_hours: float = 48.0  # reports this far apart can be of one event
    max_stories: int = 40  # printed at most
    max_full: int = 21  # of them with a paragraph; the rest go to 更多动态
    max_per_source: int = 6  # stories one feed may lead
    max_international: float = 1.0  # share of stories; 0.5 keeps half for domestic ones
    max_domestic: float = 1.0  # share of stories
    min_domestic: float = 0.25  # share of stories kept for domestic ones, as far as there are any that matter
    min_stories: int = 5  # fewer than this is a quiet day, and said to be one
    memory: int = 7  # editions before and after whose stories are not printed again
    topics: tuple[str, ...] = ("ai", "tech")  # what belongs in the paper: keys of the topics file
    cover: bool = True  # draw a cover image


class ClaudeConfig(NamedTuple):
    """The model. Without ANTHROPIC_API_KEY in the environment nothing is called."""

    model: str = "claude-sonnet-5-5"  # writes
    triage_model: str = "claude-haiku-5-5"  # picks and classifies
    base_url: str = ""  # an Anthropic-compatible address, without /v1
    structured: str = "schema"  # how JSON is asked for: schema, tool or prompt
    effort: str = "low"  # low, medium, high, xhigh or max
    workers: int = 4  # calls at once
    timeout: float = 120.0  # seconds for one call
    stage_minutes: float = 15.0  # for a whole stage
    tries: int = 4  # for one call
    max_wait: float = 60.0  # seconds between tries at most
    max_tokens: int = 8_000  # of one answer
    budget_tokens: int = 2_000_000  # for one edition, input and output together
    budget_usd: float = 5.0  # for one edition, by the price table
    batch: bool = False  # Message Batches: half the price, up to a day late; what stage_minutes cuts short is taken up later
    prompt_cache: bool = True  # let the server keep the rules between calls, at a tenth of their price


class EvidenceConfig(NamedTuple):
    """Proving an edition against its sources."""

    block: tuple[str, ...] = (
        "pairing",
        "link",
        "number",
        "phantom",
        "repeat",
    )  # findings with which an unattended publish leaves a story out, and a build refuses an edited edition
    publish_sources: bool = True  # name a story's other sources on its page


class MarkdownConfig(NamedTuple):
    """How Markdown becomes HTML."""

    raw_html: str = "sanitise"  # of posts: allow, sanitise or escape
    line_numbers: bool = False  # number lines of code unless the fence says so
    max_bytes: int = 1_000_000  # of one post file
    max_code_bytes: int = 20_000  # of a code block that is highlighted
    max_seconds: float = 5.0  # of computing for one post: the backstop; 0 sets none


class BuildConfig(NamedTuple):
    """The site's pages."""

    output: str = "public"  # folder, relative to the site
    permalink: str = "/posts/{slug}/"  # of a post; {year} {month} {day} {slug}
    slug: str = "han"  # slugs of titles: han or pinyin
    home_posts: int = 7  # on the front page
    feed_posts: int = 20  # in each feed
    related: int = 4  # related posts on a page
    search: bool = True  # build the search index
    formats: tuple[str, ...] = ("rss", "atom", "json")  # feeds
    markdown_copies: bool = True  # index.md beside each post, and llms.txt
    allow_future: bool = False  # publish posts dated in the future


class ImagesConfig(NamedTuple):
    """Local images of posts."""

    formats: tuple[str, ...] = ("webp",)  # further encodings besides the original: webp, avif
    widths: tuple[int, ...] = (640, 1280)  # pixels; sizes made when the original is wider
    quality: int = 78  # 1 to 100
    max_bytes: int = 10_000_000  # of one file
    max_pixels: int = 40_000_000  # width times height
    fetch_remote_covers: bool = False  # download a remote coverImage once


class DeployConfig(NamedTuple):
    """`ribao deploy`."""

    remote: str = "origin"  # a git remote or address, or a folder
    branch: str = "gh-pages"  # of the remote
    cname: str = ""  # own domain for GitHub Pages


class Config(NamedTuple):
    """All settings, and the folder they were read from."""

    root: Path = Path()
    site: SiteConfig = SiteConfig()
    feeds: tuple[FeedConfig, ...] = ()
    collect: CollectConfig = CollectConfig()
    edition: EditionConfig = EditionConfig()
    claude: ClaudeConfig = ClaudeConfig()
    evidence: EvidenceConfig = EvidenceConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    build: BuildConfig = BuildConfig()
    images: ImagesConfig = ImagesConfig()
    deploy: DeployConfig = DeployConfig()
    formats: Mapping[str, str] = (
        NONE  # formats of the paper's own: name = template, as mine = "formats/mine.md.j2"
    )
    theme: Mapping[str, object] = NONE  # the theme's own settings, checked against theme.toml

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def state(self) -> Path:
        return self.root / ".ribao"

    @property
    def store(self) -> Path | str:
        """Where the store is: the address of a database, or a file, from the site's folder on."""
        place = self.site.store
        return place if "://" in place else self.root / (place or ".ribao/items.db")

    @property
    def output(self) -> Path:
        return self.root / self.build.output
