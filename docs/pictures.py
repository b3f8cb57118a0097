"""The pictures of the guides, taken anew with Chromium: python -m docs.pictures

They show the site of `make demo`, so that runs first. Needs Chromium and chromedriver.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests.browser.driver import Browser, browsing

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"
DAY = "2026-01-07"
COLOURS = 96  # of a palette; a page of text needs no more
DESKTOP = (1200, 760)

# a post as Hexo writes it, to be shown after its import
BLOG = {
    "_config.yml": "title: 旧博客\nurl: https://old.example\npermalink: :year/:title/\n",
    "source/_posts/trip.md": (
        "---\ntitle: 搬家记\ndate: 2021-05-06 07:08:09\ncategories: [随笔, 技术]\ntags: [Hexo]\n---\n"
        "从 Hexo 搬来的一篇旧文章。\n\n<!-- more -->\n\n"
        "{% note warning 搬家之前 %}\n先用 `--dry-run` 看一遍每个文件会变成什么。\n{% endnote %}\n\n"
        "## 代码\n\n{% codeblock lang:python 旧标签.py %}\nprint('旧标签成了普通的 Markdown')\n{% endcodeblock %}\n\n"
        "{% blockquote 某人, 《某书》 %}\n旧网址打开后，仍会到达这里。\n{% endblockquote %}\n"
    ),
}


def main() -> None:
    if not (DEMO / "public" / "index.html").exists():
        sys.exit("there is no demo/ to show; run: make demo")
    with tempfile.TemporaryDirectory() as folder, browsing(Path(folder, "profile")) as browser:
        site = Path(folder, "site")
        shutil.copytree(DEMO, site)
        with served(site) as address:
            shoot(browser, f"{address}posts/{DAY}/", "edition", DESKTOP)
            shoot(browser, address, "home", DESKTOP)
            shoot(browser, f"{address}search/?q=芯片", "search", DESKTOP)
            shoot(browser, f"{address}__ribao/review/{DAY}", "review", DESKTOP)
            post = site / "content" / "posts" / DAY / "index.md"
            post.write_text(post.read_text("utf-8").replace(f"\ndate: {DAY}", "\ndate: 2026-13-07"), "utf-8")
            shoot(browser, f"{address}posts/{DAY}/", "mistake", DESKTOP)
        shutil.copy(DEMO / "content" / "posts" / DAY / "index.md", post)
        page = Path(folder, "wechat.html")
        ribao("export", "wechat", DAY, "--site", str(site), "-o", str(page))
        shoot(browser, page.as_uri(), "wechat", (760, 760))
        settings = site / "site.toml"
        settings.write_text(
            settings.read_text("utf-8").replace("[site]", '[site]\ntheme = "plain"', 1), "utf-8"
        )
        with served(site) as address:
            shoot(browser, f"{address}posts/{DAY}/", "plain", DESKTOP)
        blog, moved = Path(folder, "blog"), Path(folder, "moved")
        for name, text in BLOG.items():
            (blog / name).parent.mkdir(parents=True, exist_ok=True)
            (blog / name).write_text(text, "utf-8")
        ribao("new", "site", str(moved), "--feeds", "none", "--no-build")
        ribao("import", str(blog), "--site", str(moved))
        with served(moved) as address:
            shoot(browser, f"{address}posts/trip/", "imported", DESKTOP)


def ribao(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "generator", *arguments], check=True, cwd=HERE.parent)


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Run the preview of a site; yield its address."""
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--site", str(site)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", cwd=HERE.parent) as preview:
        assert preview.stderr is not None
        try:
            yield next(found[0] for line in preview.stderr if (found := re.match(r"http://\S+", line)))
        finally:
            preview.terminate()


def shoot(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """Take the picture `name` of a page's first screen."""
    browser.tell(
        "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False
    )
    browser.open(address)
    time.sleep(1)  # scripts answer, fonts and pictures arrive
    taken = browser.tell("Page.captureScreenshot", format="png")["data"]
    path = HERE / "images" / f"{name}.png"
    with Image.open(io.BytesIO(base64.b64decode(taken))) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(HERE.parent)}\n")


if __name__ == "__main__":
    main()
