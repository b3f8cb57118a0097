"""Pictures as elements: with their size, and with smaller encodings a browser can choose from."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from generator.site.model import Picture

SIZES = "(max-width: 40rem) 94vw, 37em"
"""How wide a picture is shown: the width of a text column, on a small screen nearly all of it."""

_KINDS = {"avif": "image/avif", "webp": "image/webp"}
_ELEMENT = re.compile(r"<img((?:\s+[\w:-]+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:=\"([^\"]*)\")?")

Href = Callable[[str], str]
"""Makes an address of the output one that may stand in a page."""


def address(picture: Picture, href: Href) -> str:
    """The address of what every browser can show; "" when the picture was refused."""
    if not picture.path:
        return ""
    return f"{href(picture.path)}?{picture.mark}" if picture.mark else href(picture.path)


def hung(body: str, pictures: Mapping[str, Picture], href: Href) -> str:
    """Return HTML whose images of `pictures` have their sizes, addresses and choices."""

    def element(match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        picture = pictures.get(html.unescape(attributes.get("src", "")))
        if picture is None:
            return match[0]
        if not picture.path:
            return f'<span class="missing-image">{attributes.get("alt", "")}</span>'
        return _element(picture, attributes, href)

    return _ELEMENT.sub(element, body) if pictures and "<img" in body else body


def cover(picture: Picture, alt: str, href: Href) -> str:
    """The HTML of a post's cover: the first thing that is seen, so it is fetched first."""
    if not picture.path:
        return ""
    return _element(picture, {"alt": html.escape(alt), "fetchpriority": "high"}, href)


def _element(picture: Picture, attributes: dict[str, str], href: Href) -> str:
    """`attributes` are escaped already, and win over ours."""
    ours = {"src": html.escape(address(picture, href))}
    if picture.width and not attributes.keys() & {"width", "height", "style"}:
        ours |= {"width": str(picture.width), "height": str(picture.height)}
    ours["decoding"] = "async"
    if picture.placeholder and "style" not in attributes:
        ours["style"] = f"background:url({picture.placeholder}) 0 0/100% 100%"
    given = {name: value for name, value in attributes.items() if name != "src"}
    drawn = "".join(f' {name}="{value}"' for name, value in (ours | given).items())
    sources = [] if "srcset" in attributes else _sources(picture, href)
    return f"<picture>{''.join(sources)}<img{drawn}></picture>" if sources else f"<img{drawn}>"


def _sources(picture: Picture, href: Href) -> list[str]:
    sources = []
    for suffix, kind in _KINDS.items():
        choices = [f"{href(path)} {width}w" for path, width in picture.files if path.endswith(f".{suffix}")]
        if choices:
            set_ = html.escape(", ".join(choices))
            sources.append(f'<source type="{kind}" srcset="{set_}" sizes="{SIZES}">')
    return sources
