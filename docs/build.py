"""The documentation as a site that ribao builds.

python -m docs.build [--base ADDRESS] [--output FOLDER]

The guides are docs/*.md in English and docs/zh/*.md in Chinese, plain Markdown that reads well in a
repository too: the first line is the title, links between guides name the files. A guide without a
Chinese text stands in the Chinese half in English. Each half is a site of its own (docs/site/*.toml)
with one theme (docs/site/theme); this module lays out their content folders below the output and
runs `ribao build` in each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from generator.files import bundled
from generator.markup.blocks import scan
from generator.markup.emit import emit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LANGUAGES = ("en", "zh")
_FIRST = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
_LINK = re.compile(r"(?<=\]\()([\w./-]+)(#[^)\s]*)?(?=\))")
_FROM_ROOT = {"contributing": ROOT / "CONTRIBUTING.md"}  # guides that a repository wants at its root

_FRONT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>ribao 日报</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=en/">
<p><a href="en/">English</a> · <a href="zh/" lang="zh-CN">中文</a></p>
</html>
"""


def guides(language: str) -> dict[str, Path]:
    """Return the file of each guide by its name, for readers of `language`."""
    found = {path.stem: path for path in HERE.glob("[a-z]*.md")} | _FROM_ROOT
    if language != "en":
        found |= {path.stem: path for path in (HERE / language).glob("*.md")}
    return found


def order(language: str) -> list[str]:
    """Return the names of the guides as the site's menu lists them."""
    groups = tomllib.loads((HERE / "site" / f"{language}.toml").read_text("utf-8"))["theme"]["groups"]
    return [name for group in groups for name in group[1:]]


def title(path: Path) -> str:
    """Return a guide's title, its first line. Raises `ValueError` when that is none."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    if not first.startswith("# "):
        raise ValueError(f"{path.relative_to(ROOT)}:1: write the title here, as # Title")
    return first[2:].strip()


def page(path: Path, name: str, place: int, files: dict[str, Path], language: str) -> str:
    """Return a guide as a post: its title in front matter, its links to other guides as addresses."""
    rest = path.read_text(encoding="utf-8").partition("\n")[2]
    body = "".join(
        block.raw if block.kind == "fence" else _LINK.sub(_address(path, files), block.raw)
        for block in scan(rest.lstrip("\n"))
    )
    lead = next((block.raw for block in scan(rest) if block.kind == "paragraph"), "")
    head = [
        ("title", title(path)),
        # its minute is its place in the order, so that the page before and after are the menu's
        ("date", _FIRST - dt.timedelta(minutes=place)),
        ("description", " ".join(re.sub(r"[`*]|\]\([^)]*\)|[\[!]", "", lead).split())[:200]),
        ("slug", name),
        ("category", "English" if language != "en" and path.parent.name != language else None),
    ]
    return emit(head) + "\n" + body


def _address(path: Path, files: dict[str, Path]) -> Callable[[re.Match[str]], str]:
    def address(link: re.Match[str]) -> str:
        target = (path.parent / link[1]).resolve()
        place = link[2] or ""
        if target.parent == HERE / "images":
            return f"/images/{target.name}"
        stem = target.stem.lower()
        if target.suffix == ".md" and stem in files and target.parent in (HERE, HERE / "zh", ROOT):
            # a Chinese guide that names the English file of one with a Chinese text means the English
            english = path.parent.name in LANGUAGES and target != files[stem]
            return f"../../en/{stem}/{place}" if english else f"../{stem}/{place}"
        return link[0]

    return address


def lay_out(base: str, output: Path) -> list[Path]:
    """Write the folder of each half's site below `output`, and return them."""
    folders = []
    for language in LANGUAGES:
        folder, files = output / language, guides(language)
        shutil.rmtree(folder, ignore_errors=True)
        posts = folder / "content" / "posts"
        posts.mkdir(parents=True)
        settings = (HERE / "site" / f"{language}.toml").read_text(encoding="utf-8")
        titles = "".join(
            f"{name} = {json.dumps(title(path), ensure_ascii=False)}\n" for name, path in files.items()
        )
        (folder / "site.toml").write_text(
            f"{settings.replace('@base@', base)}\n[theme.titles]\n{titles}", encoding="utf-8"
        )
        names = [*order(language), *sorted(files)]
        for name, path in files.items():
            text = page(path, name, names.index(name), files, language)
            (posts / f"{name}.md").write_text(text, encoding="utf-8")
        shutil.copytree(HERE / "images", folder / "static" / "images")
        shutil.copytree(HERE / "site" / "theme", folder / "themes" / "docs")
        search = bundled("themes") / "ribao" / "assets" / "search.js"
        shutil.copy(search, folder / "themes" / "docs" / "assets" / "search.js")
        folders.append(folder)
    return folders


def build(base: str, output: Path) -> Path:
    """Build both halves and return the folder to publish."""
    public = output / "public"
    shutil.rmtree(public, ignore_errors=True)
    for folder in lay_out(base, output):
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--site", str(folder)], check=True, cwd=ROOT
        )
        shutil.copytree(folder / "public", public / folder.name)
    (public / "index.html").write_text(_FRONT, encoding="utf-8")
    shutil.copy(public / "en" / "404.html", public / "404.html")
    return public


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the documentation's site.")
    parser.add_argument("--base", default="http://localhost:8000/", help="where it will be published")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "docs")
    asked = parser.parse_args()
    sys.stdout.write(f"{build(asked.base.rstrip('/') + '/', asked.output.resolve())}\n")


if __name__ == "__main__":
    main()
