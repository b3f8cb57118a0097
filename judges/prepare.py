"""Build the sites that are judged and shown, in build/judge/NAME/public.

python judges/prepare.py NAME…

demo     two days of the recorded feeds: one degraded, one with a story taken back; a card, an essay
plain    the same with the theme `plain`
posts    the sixty newest posts of ../shared/data/digests/themed-posts, where that folder is
zh-Hant, en   the demo as a paper of that language
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
POSTS = ROOT.parent / "shared" / "data" / "digests" / "themed-posts"
PORTS = {"demo": 8961, "plain": 8962, "posts": 8963, "zh-Hant": 8964, "en": 8965}
COMMUNITY = """
[site.community]
title = "想第一时间读到每期日报？"
text = "欢迎加入读者群，每天早上准时收到。"
url = "https://community.example.org/ribao"
handle = "@ribao_daily"
button = "立即加入"
image = "qr.svg"
"""


def demo(site: Path, *, language: str = "zh-CN", theme: str = "ribao") -> None:
    shutil.copytree(ROOT / "demo", site, ignore=shutil.ignore_patterns("public", ".ribao"))
    settings = (site / "site.toml").read_text(encoding="utf-8")
    settings = settings.replace('language = "zh-CN"', f'language = "{language}"\ntheme = "{theme}"')
    write_settings(site, settings + COMMUNITY)
    (site / "static").mkdir(exist_ok=True)
    shutil.copy(ROOT / "themes/ribao/assets/icon.svg", site / "static/qr.svg")
    shutil.copy(HERE / "content/essay.md", site / "content/posts/essay.md")
    first = site / "content/posts/2026-01-06"
    record = json.loads((first / "edition.json").read_text(encoding="utf-8"))
    record["edition"]["mode"] = "degraded"
    (first / "edition.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    taken_back = next(a["id"] for s in record["edition"]["sections"] for a in s["articles"][1:])
    ribao(site, "retract", taken_back, "--why", "示例：来源已撤稿。")
    ribao(site, "build", "--clean")


def posts(site: Path) -> None:
    (site / "content/posts").mkdir(parents=True)
    for path in sorted(POSTS.glob("*.md"))[-60:]:
        shutil.copy(path, site / "content/posts")
    write_settings(site, '[site]\ntitle = "往期文章"\nbase_url = ""\ndescription = "六十篇旧文。"\n')
    ribao(site, "build", "--clean")


def write_settings(site: Path, settings: str) -> None:
    lines = [
        f'base_url = "http://127.0.0.1:{PORTS[site.name]}/news/"' if line.startswith("base_url") else line
        for line in settings.splitlines()
    ]
    (site / "site.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def ribao(site: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "generator", "--site", str(site), *arguments], cwd=ROOT, check=True)


def main(names: list[str]) -> None:
    for name in names:
        site = ROOT / "build" / "judge" / name
        shutil.rmtree(site, ignore_errors=True)
        if name == "posts":
            if not POSTS.is_dir():
                sys.stderr.write(f"{POSTS} is not there: its posts are not judged\n")
                continue
            posts(site)
        elif name in ("zh-Hant", "en"):
            demo(site, language=name)
        else:
            demo(site, theme={"demo": "ribao"}.get(name, name))


if __name__ == "__main__":
    main(sys.argv[1:] or ["demo", "plain", "posts"])
