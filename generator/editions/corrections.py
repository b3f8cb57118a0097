"""勘误: the section of a post that says what was wrong in it, and since when it is right; and notices of retraction.

    ## 勘误

    - 2026-01-08 [headline](https://…)：参数量应为 70 亿。

The link is optional; it names the story the correction is about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from generator.editions.words import is_label
from generator.labels import Labels
from generator.markup.blocks import Block, scan
from generator.markup.escape import escape, link
from generator.news import Article, Correction, Edition, item_id
from generator.text.addresses import canonical_url

_LINE = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[：:，,\s]*"
    r"(?:\[(?P<name>(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)[：:，,\s]*)?(?P<text>.*)",
    re.DOTALL,
)

# what an edition's extras hold of words beside its stories; the others only say how a format spelled
# what the model holds
WORDS = ("themed.intro", "themed.tail", "digest.tail", "digest.other")


def parse_corrections(raw: str) -> tuple[Correction, ...]:
    """Read the list of a corrections section; a line without a day gets 0001-01-01."""
    from generator.editions.themed.bullets import bullets

    found = []
    for bullet in bullets(Block("list", raw, 1)):
        match = _LINE.match(bullet.text)
        day = _day(match["date"]) if match else None
        if match is None or day is None:
            found.append(Correction(dt.date.min, bullet.text))
            continue
        article = item_id(canonical_url(match["url"])) if match["url"] else ""
        found.append(Correction(day, match["text"], article))
    return tuple(found)


def write_corrections(corrections: Iterable[Correction], articles: Iterable[Article], labels: Labels) -> str:
    """Return the section, heading included; "" when there is nothing to correct."""
    by_id = {article.id: article for article in articles}
    lines = []
    for correction in corrections:
        about = by_id.get(correction.article)
        name = f" {link(about.headline, about.url)}" if about and about.headline else ""
        date = f"{correction.date.isoformat()}{name}：" if correction.date != dt.date.min else ""
        lines.append(f"- {date}{correction.text}\n")
    return f"## {labels.correction}\n\n{''.join(lines)}" if lines else ""


def notice(why: str, day: dt.date, labels: Labels) -> str:
    """Return the block that stands where a story taken back stood."""
    return f"> **{labels.retracted}**：{escape(why)}（{day.isoformat()}）"


def is_notice(raw: str) -> bool:
    """Whether a quote is the notice of a story taken back."""
    return is_label(re.split(r"[：:\n]", raw.lstrip(" >*"), maxsplit=1)[0], "retracted")


def notices_of(edition: Edition) -> tuple[str, ...]:
    """Return the notices of retraction that an edition's own words hold, each once, as they are written."""
    beside = (edition.extras.get(name, "") for name in WORDS)
    texts = (*(section.text for section in edition.sections), *beside)
    found = (block.raw.rstrip("\n") for text in texts for block in scan(text) if _is_notice(block))
    return tuple(dict.fromkeys(found))


def without_notices(text: str) -> str:
    """Return prose without its notices of retraction; "" when there is nothing else."""
    return "".join(block.raw for block in scan(text) if not _is_notice(block)).strip("\n")


def _is_notice(block: Block) -> bool:
    return block.kind == "quote" and is_notice(block.raw)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(*map(int, text.split("-")))
    except ValueError:
        return None
