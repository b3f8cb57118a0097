"""The documentation builds with ribao, every link of it leads somewhere, and its references are not stale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import click
import pytest

from docs.build import HERE, LANGUAGES, build, guides, order
from docs.reference import WRITTEN
from generator.cli import cli

BASE = "https://docs.example/ribao/"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_reference_is_not_stale(name: str) -> None:
    stale = "write it anew with: python -m docs.reference"
    assert (HERE / name).read_text(encoding="utf-8") == WRITTEN[name](), stale


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_is_in_the_menu(language: str) -> None:
    assert set(guides(language)) == set(order(language))


TEXTS = [*(HERE.parent.glob("*.md")), *HERE.glob("*.md"), *(HERE / "zh").glob("*.md")]
NAMED = re.compile(r"(?:^ {4}|`|&& )ribao(?: --site \S+)? ([a-z]+)((?: [^`\n&#|]*)?)", re.MULTILINE)


def named() -> Iterator[tuple[str, str, str]]:
    """Yield the commands that guides name: the file, the command, and what follows it."""
    for path in TEXTS:
        for found in NAMED.finditer(path.read_text(encoding="utf-8")):
            yield path.relative_to(HERE.parent).as_posix(), found[1], found[2]


def test_every_command_and_option_that_a_guide_names_is_there() -> None:
    wrong, count = [], 0
    for file, name, rest in named():
        command = cli.get_command(click.Context(cli), name)
        words = rest.split()
        if isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words[0]]
        known = {option for one in command.params for option in one.opts} if command else set()
        options = re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)
        wrong += [f"{file}: ribao {name} {one}" for one in options if one not in known | {"--help"}]
        wrong += [] if command else [f"{file}: ribao {name}"]
        count += 1
    assert wrong == []
    assert count > 200


@pytest.mark.parametrize("folder", [HERE, HERE / "zh"])
def test_every_picture_is_shown_in_both_languages(folder: Path) -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    assert {path.name for path in (HERE / "images").iterdir()} == set(re.findall(r"images/(\w+\.png)", words))


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
