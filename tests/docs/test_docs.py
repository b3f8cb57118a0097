"""The documentation builds with ribao, every link of it leads somewhere, and its references are not stale."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from docs.build import HERE, LANGUAGES, build, guides, order
from docs.reference import WRITTEN

BASE = "https://docs.example/ribao/"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_reference_is_not_stale(name: str) -> None:
    stale = "write it anew with: python -m docs.reference"
    assert (HERE / name).read_text(encoding="utf-8") == WRITTEN[name](), stale


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_is_in_the_menu(language: str) -> None:
    assert set(guides(language)) == set(order(language))


class Page(HTMLParser):
    """The places a page has, the addresses it names, and its pictures without words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids |= {said["id"] or ""} if "id" in said else set()
        self.links += [value for key in ("href", "src") if (value := said.get(key))]


def test_both_halves_build_and_no_link_is_broken(tmp_path: Path) -> None:
    public = build(BASE, tmp_path)
    pages = {
        path.relative_to(public).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in public.rglob("*.html")
    }
    assert {f"{language}/tutorial/index.html" for language in LANGUAGES} <= pages.keys()
    broken = []
    for name, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(BASE + name.removesuffix("index.html"), link))
            if not target.geturl().startswith(BASE):
                continue
            file = unquote(target.path.removeprefix(urlsplit(BASE).path))
            file = f"{file}index.html" if not file or file.endswith("/") else file
            place = unquote(target.fragment)
            if not (public / file).is_file() or (place and place not in pages[file].ids):
                broken.append(f"{name}: {link}")
    assert broken == []
