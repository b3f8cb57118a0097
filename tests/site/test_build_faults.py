"""Hostile and broken content, a full disk, a kill, a second build: the site stays whole, the fault is named.

Where each row of the battery is tested (`front` is tests/markup/test_frontmatter.py, `build` is
tests/site/test_build.py, `here` this file):

    D-B1 to D-B9     front; build and here: all files at once, the old site stays
    D-B10, 11, 12    build (case, slugs); here (forms of Unicode, the site's own pages)
    D-B13, 14        build (tags); here (their links; titles)
    D-B15 to D-B21   here, all in one site; tests/site/markdown for each in detail
    D-B22, 23        here; bounds of single shapes in tests/site/markdown/test_dialect.py
    D-B24, 25        build; here (loops)
    D-B26            tests/site/test_incremental.py
    D-B27            build
    D-B28, 30        here
    D-B29            here; build (files of others)
    D-B31, 33        here (another folder; every link below a path); build (five zones)
    D-B32            tests/test_config.py
    D-B34            build
    D-I1 to D-I5     tests/site/test_pictures.py, test_images.py, test_covers.py
    D-V1 to D-V9     tests/preview/test_preview.py
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from generator.config import load_config
from generator.errors import ContentError, GeneratorError
from generator.site.build import Options, Report, build, cache_path, is_finished
from generator.site.verify import compare, files_of

NOW = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content/posts").mkdir(parents=True)
    (folder / "site.toml").write_text(
        '[site]\nbase_url = "https://e.com/news/"\ntitle = "日报"\n', encoding="utf-8"
    )
    return folder


def write(site: Path, name: str, body: str = "正文", head: str = "") -> Path:
    path = site / "content/posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: 题 {name}\ndate: 2026-01-07\n{head}---\n\n{body}\n", encoding="utf-8")
    return path


def made(site: Path, **options: object) -> Report:
    return build(load_config(site), Options(now=NOW, **options))  # type: ignore[arg-type]


def refused(site: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        made(site)
    return [str(problem) for problem in caught.value.problems]


def output(site: Path, name: str = "public") -> dict[str, bytes]:
    return {path: (site / name / path).read_bytes() for path in files_of(str(site / name))}


def page(site: Path, name: str) -> str:
    return (site / "public/posts" / name / "index.html").read_text(encoding="utf-8")


# D-B1 to D-B9: every broken file is named at its line, all in one run, and nothing is published

BROKEN = {
    "colon": b"---\ntitle: GPT-5: x\ndate: 2026-01-07\n---\n",
    "tab": b"---\ntitle: a\n\tdate: 2026-01-07\n---\n",
    "quote": b'---\ntitle: "a\ndate: 2026-01-07\n---\n',
    "open": b"---\ntitle: a\n\nbody\n",
    "none": b"no front matter at all\n",
    "list": b"---\n- a\n---\n",
    "empty": b"---\n---\n",
    "nothing": b"",
    "untitled": b"---\ndate: 2026-01-07\n---\n",
    "undated": b"---\ntitle: a\n---\n",
    "mapping": b"---\ntitle: {a: b}\ndate: 2026-01-07\n---\n",
    "day": b"---\ntitle: a\ndate: 2026-02-30\n---\n",
    "twice": b"---\ntitle: a\ntitle: b\ndate: 2026-01-07\n---\n",
    "gbk": "---\ntitle: 人工智能\ndate: 2026-01-07\n---\n".encode("gbk"),
    "utf16": "---\ntitle: a\ndate: 2026-01-07\n---\n".encode("utf-16"),
    "nul": b"---\ntitle: a\0\ndate: 2026-01-07\n---\n",
    "huge": b"---\ntitle: a\ndate: 2026-01-07\nx: " + b"y" * 990_000 + b"\n---\n",
    "bomb": b"---\ntitle: a\ndate: 2026-01-07\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 10)) for n in range(8))
    + b"---\n",
    "python": b"---\ntitle: !!python/object/apply:os.system [id]\ndate: 2026-01-07\n---\n",
    "long": b"---\ntitle: a\ndate: 2026-01-07\n---\n" + b"x" * 10_000_000,
}


def test_every_broken_file_is_named_in_one_run_and_the_old_site_stays(site: Path) -> None:
    write(site, "good")
    made(site)
    before = output(site)
    for name, data in BROKEN.items():
        (site / f"content/posts/{name}.md").write_bytes(data)
    lines = refused(site)
    assert {line.partition(".md")[0].removeprefix("content/posts/") for line in lines} == set(BROKEN)
    for line in lines:
        assert re.match(r"content/posts/\w+\.md:\d+(:\d+)?: .{10,}", line) or "/long.md: " in line, line
    assert output(site) == before


def test_mixed_forms_of_dates_are_sorted_together(site: Path) -> None:
    forms = ["2026-01-03", "2026-01-04 09:00", "2026-01-05 09:00:00", "2026-01-06T09:00:00Z", '"2026-1-7"']
    for number, form in enumerate(forms):
        (site / f"content/posts/p{number}.md").write_text(
            f"---\ntitle: 第{number}\ndate: {form}\n---\n文\n", encoding="utf-8"
        )
    made(site)
    items = json.loads((site / "public/feed.json").read_text(encoding="utf-8"))["items"]
    assert [item["title"] for item in items] == ["第4", "第3", "第2", "第1", "第0"]


# D-B10, D-B12


def test_addresses_that_differ_in_their_form_of_unicode_only_name_both_files(site: Path) -> None:
    for form in ("NFC", "NFD"):
        write(site, form, head=f"slug: {unicodedata.normalize(form, 'ポスト-é')}\n")
    lines = refused(site)
    assert {line.partition(":")[0] for line in lines} == {"content/posts/NFC.md", "content/posts/NFD.md"}


def test_an_address_of_the_sites_own_is_not_to_be_had(site: Path) -> None:
    write(site, "a", head="tags: [AI]\n")
    made(site)
    asked = {
        "pages/search.md": "",
        "pages/about.md": "slug: tags\n",
        "posts/x.md": "aliases: [/archive/]\n",
        "pages/2026.md": "",
    }
    for path, head in asked.items():
        file = write(site, f"../{path.removesuffix('.md')}", head=head)
        (line,) = refused(site)
        assert line.startswith(f"content/{path}:") and "the site's own" in line
        file.unlink()
    for path, head in asked.items():
        write(site, f"../{path.removesuffix('.md')}", head=head)
    Path(cache_path(load_config(site), Options(now=NOW))).unlink()
    assert {line.partition(":")[0] for line in refused(site)} == {f"content/{path}" for path in asked}


# D-B13 to D-B21: one site with everything in it

HOSTILE = {
    "template": "{{ site.title }} {% for x in y %} {# no #} ${x} <%= y %> `{{ code }}`",
    "script": "<script>alert('canary')</script>\n\n一<script>alert('canary')</script>二\n\n"
    "<img src=x onerror=alert('canary')> <iframe src='https://evil.example/'></iframe>\n\n"
    "<form action='https://evil.example/'><input name=a></form>\n\n<style>body{display:none}</style>\n\n"
    "<a href='x' onclick=\"alert('canary')\">a</a>\n\n<svg onload=alert('canary')></svg>",
    "schemes": "[a](javascript:alert('canary')) [b](JaVaScRiPt:alert('canary')) [c](data:text/html,canary)\n\n"
    "[d](vbscript:canary) [e](file:///etc/passwd) ![f](javascript:alert('canary')) <javascript:alert('canary')>\n\n"
    "[g](&#106;avascript:alert('canary')) [h](java\tscript:alert('canary')) <a href='javascript:canary'>i</a>\n\n[j]\n\n[j]: javascript:canary",
    "fence": "前\n\n```python\nx = 1\n\n后",
    "unclosed": "前\n\n<div class='a'>\n\n中\n\n<!-- 没有关\n\n后",
    "code": "```no-such-language {x=\"'><script>alert('canary')</script>\"}\n<b>\n```\n\n```\"><script>\ny\n```",
    "notes": "一[^a] 二[^b] 三[^a]\n\n[^a]: 见[^b]\n[^b]: 见[^a]\n\n" + "## 同一个标题\n\n" * 50,
    "controls": "前\x0b\x0c\x1b[31m后\ufffe",
}


def test_hostile_text_stays_text(site: Path) -> None:
    for name, body in HOSTILE.items():
        write(site, name, body, head='summary: "一\\u000b二\\u001b[31m]]>"\n' if name == "controls" else "")
    write(site, "punctuation", head='title2: "x"\n').write_text(
        "---\ntitle: “……！？”\ndate: 2026-01-07\n---\n文\n", encoding="utf-8"
    )
    (site / "content/posts/long.md").write_text(
        f"---\ntitle: {'很长的标题' * 60}\ndate: 2026-01-07\n---\n文\n", encoding="utf-8"
    )
    made(site)
    assert "{{ site.title }} {% for x in y %} {# no #} ${x} &lt;%= y %&gt;" in page(site, "template")
    assert "<code>{{ code }}</code>" in page(site, "template")
    for name in HOSTILE:
        for element in html5lib.parse(page(site, name), namespaceHTMLElements=False).find("body").iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("iframe", "form", "object", "embed", "base") or name == "search", name
            if element.tag in ("script", "style"):
                assert "canary" not in (element.text or "") and "display:none" not in (element.text or "")
            for key, value in element.attrib.items():
                assert not key.startswith("on"), (name, key)
                if key in ("href", "src", "action"):
                    assert urlsplit(value).scheme in ("", "http", "https"), (name, value)
    assert "后" in page(site, "fence") and "x = " in re.sub("<[^>]+>", "", page(site, "fence"))
    for word in ("前", "中", "<footer"):
        assert word in page(site, "unclosed")
    assert "&lt;b&gt;" in page(site, "code")
    ids = re.findall(r' id="([^"]+)"', page(site, "notes"))
    assert len(ids) == len(set(ids)) and sum(id_.startswith("同一个标题") for id_ in ids) == 50
    for name in ("feed.xml", "atom.xml"):
        ET.fromstring((site / "public" / name).read_bytes())
    json.loads((site / "public/feed.json").read_bytes())
    assert not re.search("[\x0b\x0c\x1b\ufffe]", page(site, "controls"))
    assert "很长的标题" in page(site, "long")


# D-B22, D-B23


PATHOLOGICAL = {
    "quotes": "> " * 5_000 + "x",
    "lists": "- " * 5_000 + "x",
    "brackets": "[" * 100_000,
    "links": "[" * 5_000 + "x" + "](u)" * 5_000,
    "elements": "<div>" * 20_000,
    "line": "汉" * 300_000,
    "table": "|甲|乙|\n|-|-|\n" + "|汉字|内容|\n" * 20_000,
    "stars": "*a " * 8_000 + "b* " * 8_000,
    "pairs": "**" * 5_000 + "x" + '"*' * 5_000,
}


def test_pathological_text_makes_a_page(site: Path) -> None:
    for name, body in PATHOLOGICAL.items():
        write(site, name, body)
    report = made(site)
    assert report.posts == len(PATHOLOGICAL)
    for name in PATHOLOGICAL:
        assert "</html>" in page(site, name)
    (note,) = report.notes
    assert str(note).startswith("content/posts/elements.md:5: warning: HTML nests deeper")


def test_a_post_that_takes_too_long_is_named(site: Path) -> None:
    config = (site / "site.toml").read_text(encoding="utf-8")
    (site / "site.toml").write_text(config + "[markdown]\nmax_seconds = 0.05\n", encoding="utf-8")
    write(site, "a", "- [ ] a\n" * 20_000)
    (line,) = refused(site)
    assert line.startswith("content/posts/a.md:5:1: takes more than 0.05 s")


# D-B24


def test_links_that_loop_are_not_followed(site: Path) -> None:
    write(site, "a")
    os.symlink(site / "content", site / "content/posts/loop")
    os.symlink("nowhere", site / "content/posts/broken.md")
    report = made(site)
    assert report.posts == 1
    assert {note.path for note in report.notes} == {"content/posts/loop", "content/posts/broken.md"}


# D-B28, D-B30


def in_child(site: Path, after: float | None) -> int:
    """Build in a process of its own, killed `after` seconds; return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            made(site)
            os._exit(0)
        except BaseException:
            os._exit(1)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_build_that_is_killed_leaves_whole_files_and_the_next_one_is_right(
    site: Path, tmp_path: Path
) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    titles = ("晨报", "晚报")
    right = []
    for number in range(12):
        write(site, f"p{number}", "段落\n\n" * 20, head="tags: [AI, 芯片]\n")
    config = (site / "site.toml").read_text(encoding="utf-8")
    for title in titles:
        (site / "site.toml").write_text(config.replace("日报", title), encoding="utf-8")
        other = tmp_path / title
        begun = time.perf_counter()
        build(load_config(site), Options(now=NOW, output=str(other), cache=str(tmp_path / f"{title}.db")))
        took = time.perf_counter() - begun
        right.append({path: (other / path).read_bytes() for path in files_of(str(other))})
    made(site)
    killed = 0
    for number in range(10):
        new = number % 2
        (site / "site.toml").write_text(config.replace("日报", titles[new]), encoding="utf-8")
        killed += in_child(site, chance.uniform(0, took)) != 0
        found = {path: data for path, data in output(site).items() if not path.endswith(".ribao-new")}
        for path, data in found.items():
            assert data in (right[0].get(path), right[1].get(path)), f"{path} is half-done; seed {seed}"
        if found not in right:
            assert not is_finished(load_config(site)), f"seed {seed}"
        if chance.random() < 0.5:  # else the next round begins on what was left
            made(site)
            assert output(site) == right[new], f"seed {seed}"
    made(site)
    assert output(site) == right[1]
    assert killed > 2


def test_two_builds_at_once_do_not_meet(site: Path) -> None:
    for number in range(30):
        write(site, f"p{number}")
    command = [sys.executable, "-m", "generator", "build", "--site", str(site), "--at", NOW.isoformat()]
    runs = [
        subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE) for _ in range(3)
    ]
    ends = [(run.communicate()[1].decode(), run.returncode) for run in runs]
    assert any(code == 0 for _, code in ends)
    for said, code in ends:
        assert code == 0 or "another build is at work here; wait until it is done" in said
        assert "Traceback" not in said
    right = output(site)
    made(site, clean=True)
    assert output(site) == right


FULL = """
mount -t tmpfs -o size=1500k none "$1" && cp -r "$2/." "$1" && cd "$1" || exit 99
python="$3 -m generator build --site $1 --at 2026-01-31"
$python 2>/dev/null || exit 98
find public -type f -exec sha256sum {} + | sort > "$2/before"
for number in 1 2 3 4 5 6 7 8 9; do head -c 60000 /dev/zero | tr '\\0' x | cat content/posts/a.md - > content/posts/big$number.md; done
$python 2> "$2/said"; echo $? > "$2/code"
find public -type f -exec sha256sum {} + | sort > "$2/after"
rm content/posts/big*.md
$python 2>/dev/null || exit 97
find public -type f -exec sha256sum {} + | sort > "$2/mended"
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a file system of its own")
def test_a_full_disk_leaves_the_old_site_and_one_clear_line(site: Path, tmp_path: Path) -> None:
    write(site, "a")
    small = tmp_path / "small"
    small.mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", FULL, "full", small, site, sys.executable],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    if done.returncode == 99 or not shutil.which("unshare"):
        pytest.skip("no file system can be mounted here")
    assert done.returncode == 0
    assert (site / "code").read_text(encoding="utf-8").strip() == "1"
    said = (site / "said").read_text(encoding="utf-8").strip().splitlines()
    assert len(said) == 1 and said[0].endswith("cannot be written: No space left on device")
    before = (site / "before").read_text(encoding="utf-8")
    assert (
        before
        == (site / "after").read_text(encoding="utf-8")
        == (site / "mended").read_text(encoding="utf-8")
    )


# D-B29


@pytest.mark.parametrize("output_", [".", "/", "content", "..", "content/x/../.."])
def test_an_output_folder_that_holds_other_things_is_refused(site: Path, output_: str) -> None:
    write(site, "a")
    (site / "site.toml").write_text(f'[build]\noutput = "{output_}"\n', encoding="utf-8")
    with pytest.raises(GeneratorError, match=r"build\.output"):
        made(site)
    assert (site / "content/posts/a.md").exists()


@pytest.mark.parametrize("what", ["link", "file"])
def test_an_output_that_is_no_folder_is_refused(site: Path, what: str) -> None:
    write(site, "a")
    if what == "link":
        (site.parent / "elsewhere").mkdir()
        os.symlink(site.parent / "elsewhere", site / "public")
    else:
        (site / "public").write_text("mine", encoding="utf-8")
    with pytest.raises(GeneratorError, match="name a folder"):
        made(site)


# D-B31, D-B33, D-B13


def test_another_folder_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    write(site, "a", "![图](x.png)", head="tags: [C#, 芯片]\n")
    made(site)
    moved = tmp_path / "a b" / "另一处"
    shutil.copytree(site / "content", moved / "content")
    shutil.copy(site / "site.toml", moved)
    made(moved)
    assert compare(str(moved / "public"), str(site / "public")) == []


def test_every_link_of_a_site_below_a_path_leads_to_a_file(site: Path) -> None:
    tags = ["C++", "C#", "a/b", "..", "?", "#", "%", "🔥", "عربي", "长" * 200, "AI 日报"]
    write(
        site,
        "中文 名字",
        "[旁](../b-空/) ## x",
        head=f"tags: {json.dumps(tags, ensure_ascii=False)}\ncategory: 深 度\n",
    )
    write(
        site, "b-空/index", "[附件](附 件.bin)".replace(" ", "%20"), head="slug: b-空\naliases: [/旧 址/]\n"
    )
    (site / "content/posts/b-空/附 件.bin").write_bytes(b"1")
    write(site, "../pages/关于", head="menu: true\n")
    made(site)
    files = set(output(site))
    for name in sorted(files):
        if not name.endswith(".html"):
            continue
        text = (site / "public" / name).read_text(encoding="utf-8")
        here = f"https://e.com/news/{name}" if name != "404.html" else "https://e.com/news/"
        for link in re.findall(r'(?:href|src)="([^"#?]+)', text):
            url = urlsplit(urljoin(here, link))
            if url.netloc != "e.com":
                continue
            path = unquote(url.path)
            assert path.startswith("/news/"), (name, link)
            inner = path.removeprefix("/news/")
            assert (f"{inner}index.html" if inner.endswith("/") or not inner else inner) in files, (
                name,
                link,
            )
            assert "%25" not in url.path or "%" in path, (name, link)
