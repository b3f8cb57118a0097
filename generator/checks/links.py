"""Links between pages, places inside them, and images: everything a built page names must be there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.checks.site import Page, Site
from generator.errors import Problem

_OTHER = ("mailto:", "tel:", "data:", "javascript:", "#:~:", "geo:", "sms:")


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each address inside the site that leads nowhere."""
    for page in site.pages.values():
        for address in page.links:
            if not address or address.startswith(_OTHER):
                continue
            if message := _wrong(site, page, address):
                yield from _problems(site, page, address, message)


def _wrong(site: Site, page: Page, address: str) -> str:
    found = site.inside(page.path, address)
    said = unquote(address)  # as a person writes it
    if found is None:
        home = urlsplit(site.config.site.base_url).path.rstrip("/") + "/"
        if address.startswith("/") and not address.startswith("//"):
            return f"{said} leads out of the site, which is below {home}; write {home.rstrip('/')}{said}"
        return ""
    file, place = found
    if file not in site.files:
        if f"{file}/index.html" in site.files:
            return f"{said} leads to the page without its slash at the end; write {said.rstrip('/')}/"
        return f"{said} leads to nothing; there is no {file}"
    target = site.pages.get(file)
    if place and target and not place.startswith(":~:") and place not in target.ids:
        return f"{said} leads to a place that its page does not have; there is no heading {place!r}"
    return ""


def _problems(site: Site, page: Page, address: str, message: str) -> Iterator[Problem]:
    """Yield the problem at each place where the page's source names the address."""
    source = site.source_of.get(page.path)
    if source is None:
        yield Problem(f"{site.config.build.output}/{page.path}", message=message, severity="warning")
        return
    for place in source.places(address):
        yield Problem(source.path, *place, message)
