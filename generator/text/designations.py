"""Numbers that are names: versions, models and ordinals (GPT-5.2, H200, Opus 4.5, 第12批, 12th).

They are no amounts, and two texts that name different ones speak of different things.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Designation:
    """One named number: `base` is what it numbers, lower case (`gpt`, `第批`), `number` as written."""

    text: str
    start: int
    end: int
    base: str
    number: str


# Letters and digits in one word: GPT-5.2, H200, Qwen3, K2.5, MiMo-V2-Flash, SU7, H1R; also o3, 4o is not one.
_GLUED = re.compile(
    r"(?<![A-Za-z0-9_.$¥€£])(?P<base>[A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){0,3}?)-?(?P<number>\d+(?:\.\d+)*)(?P<tail>[A-Za-z]{0,3}(?![A-Za-z0-9])|)(?![\d%])"
)
# A name, a space, a small or dotted number: Opus 4.5, Gemini 3, RTX 3090, Windows 11.
_SPACED = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<base>[A-Z][A-Za-z]+|[a-z]+[A-Z][A-Za-z]*) (?P<number>[vV]?\d+(?:\.\d+)*)(?![\d,%]|\.\d)"
)
_HAN_MODEL = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<base>豆包|混元|文心|通义|星火|盘古|千问|智谱|鸿蒙|元宝|麒麟|骁龙|天玑|昇腾|小米|荣耀|昆仑芯)\s?(?P<number>\d+(?:\.\d+)*)(?![\d,%万亿]|\.\d)"
)
_ORDINAL = re.compile(
    r"第\s?(?P<zh>\d+|[一二三四五六七八九十百]+)\s?(?P<what>[批届代期次轮季条号款名位个家章版]?)|(?<![A-Za-z0-9_.])(?P<en>\d+)(?:st|nd|rd|th)\b(?:\s(?P<noun>[A-Za-z]+))?",
    re.IGNORECASE,
)
# Generations of radio, definition and trade: 5G, 4K screen, B2B, 24/7.
_FIXED = re.compile(
    r"(?<![A-Za-z0-9_.])(?:[2-6]G(?![A-Za-z])|[248]K(?=\s?(?:视频|分辨率|画质|超高清|显示|屏|直播|display|video|resolution|TV))|[2-4]D(?![A-Za-z])|24/7|7[x×*]24|\d{2,3}强|\d0后|Fortune \d+|S&P 500|标普\s?500|纳指\s?100|沪深\s?300|ISO \d+|iOS \d+|iPhone \d+)",
    re.IGNORECASE,
)
# A magnitude or a unit behind it makes it an amount after all.
_AMOUNT_NEXT = re.compile(
    r"\s?(?:[%万亿兆]|million|billion|trillion|thousand|bn\b|percent|per cent|[+]?\s?(?:people|employees|users|workers|jobs|hours|days|years|months|weeks|minutes|companies|models|countries|cities|times|yuan|dollars|engineers|researchers|developers|vehicles|cars|units|chips|GPUs)\b"
    r"|[名人台辆家款次项件张座条个位部颗岁元](?!工|民|机|形|为|叫|义|于|分|署|湾|积|庭|族|电|居|性)|小时|分钟|美元|港元|欧元|多|余)",
    re.IGNORECASE,
)
_MONEY_NEXT = re.compile(r"\s?[百千]?[万亿兆]\s?(?:美元|美金|港元|港币|欧元|英镑|日元|韩元|卢比|人民币|元)")
_NOT_NAMES = frozenset(
    """over about nearly some more than at in the of from to with and for by all its his her up almost around under top no least
    between on only just after before since through those these has have had was were will who when while where why how what a an
    another approximately roughly exactly every last next first past additional january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday us usd hkd rmb cny eur cuts cut raises hires adds lays fires buys sells gets wins loses invests pays plans but
    or not if is are be as it we they you this that which their our your my into per than then within without across against until
    still now here there also even each both few many most other such can could may might must should would do does did made make
    makes takes uses using use via vs early late mid q fy year week day page chapter part figure table section""".split()
)


def is_money(text: str, end: int) -> bool:
    """Whether the number that ends at `end` is a sum, though a Latin word stands right before it: Acme5亿美元."""
    return _MONEY_NEXT.match(text, end) is not None


@functools.lru_cache(maxsize=5_000)
def designations(text: str) -> tuple[Designation, ...]:
    """Return the named numbers of `text` in order; none overlap."""
    found: list[Designation] = []
    for match in _FIXED.finditer(text):
        found.append(Designation(match[0], *match.span(), "", match[0].lower()))
    for match in _GLUED.finditer(text):
        base = match["base"].lower()
        if base in _NOT_NAMES or (base in {"us", "hk", "rmb", "usd"}) or is_money(text, match.end()):
            continue
        found.append(Designation(match[0], *match.span(), base, match["number"] + match["tail"].lower()))
    for match in (*_SPACED.finditer(text), *_HAN_MODEL.finditer(text)):
        if match["base"].lower() in _NOT_NAMES or _AMOUNT_NEXT.match(text, match.end()):
            continue
        number = match["number"].lower().lstrip("v")
        if number.isdigit() and len(number) == 4 and number.startswith(("19", "20")):
            continue  # CES 2026: a year
        if number.isdigit() and len(number) > 2 and not match["base"].isupper():
            continue  # Hires 300
        found.append(Designation(match[0], *match.span(), match["base"].lower(), number))
    for match in _ORDINAL.finditer(text):
        number = match["zh"] or match["en"]
        base = f"第{match['what']}" if match["zh"] else f"th {(match['noun'] or '').lower()}".strip()
        end = match.end() if match["zh"] else match.end("en") + 2
        found.append(Designation(text[match.start() : end], match.start(), end, base, number))
    return tuple(_apart(found))


def _apart(found: list[Designation]) -> list[Designation]:
    kept: list[Designation] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
