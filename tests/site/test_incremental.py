"""An incremental build is, byte for byte, the build from nothing: after whatever a person did to the site.

RIBAO_STEPS=1000 runs that many steps; a few run by default.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from PIL import Image

from generator.config import load_config
from generator.errors import GeneratorError
from generator.site.build import Options, build
from generator.site.verify import compare

STEPS = int(os.environ.get("RIBAO_STEPS", "60"))
START = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
TAGS = ("AI", "ai", "大模型", "C#", "C++", "a/b", "芯片")
names = st.sampled_from([f"p{number}" for number in range(8)])
tags = st.lists(st.sampled_from(TAGS), max_size=3, unique=True)
# near the ends of months and years, where neighbours and segments change
days = st.sampled_from(
    [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    + [dt.date(2026, 1, day) for day in (2, 15, 31)]
    + [dt.date(2026, 2, day) for day in (1, 2, 3)]
)
words = st.sampled_from(["开源", "GPT-5.2 发布", "芯片，新规", "**影响：**大", "<b>标签</b>", "段落"])


def noise(seed: int) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 20 + seed).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


PICTURES = st.sampled_from([noise(0), noise(1), noise(2)[:900], b"no picture"])

BASE = """<!doctype html><title>{{ page.title }}</title><link href="{{ asset('style.css') }}" rel="stylesheet">
{% for link in site.menu %}<a href="{{ link.url }}">{{ link.title }}</a>{% endfor %}
{% block main %}{% endblock %}{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}
"""
LIST = """{% extends "base.html" %}{% block main %}{% for entry in entries %}
<a href="{{ entry.url }}">{{ entry.title }}</a> {{ entry.date | day }} {{ entry.tags | length }} {{ entry.stories }}{% endfor %}"""
TEMPLATES = {
    "base.html": BASE,
    "post.html": '{% extends "base.html" %}{% block main %}<h1>{{ post.title }}</h1>{{ post.html }}{{ post.minutes }}'
    "{% for tag in post.tags %}<a href='{{ tag.url }}'>{{ tag.name }}</a>{% endfor %}"
    "{% for link in post.related %}<i>{{ link.title }} {{ link.url }}</i>{% endfor %}{% endblock %}",
    "home.html": LIST + "{{ pager }}{{ months }}{% if latest %}{{ latest.html }}{% endif %}{% endblock %}",
    "tag.html": LIST + "{{ tag }}{{ year }}{{ years }}{% endblock %}",
    "month.html": LIST + "{{ month }}{% for day in days %}{{ day.url }}{% endfor %}{% endblock %}",
    "year.html": '{% extends "base.html" %}{% block main %}{{ year }}{% for day in days %}{{ day.title }}{% endfor %}{% endblock %}',
    "archive.html": '{% extends "base.html" %}{% block main %}{{ years }}{% endblock %}',
    "category.html": LIST + "{{ tag }}{{ year }}{{ years }}{% endblock %}",
    "categories.html": '{% extends "base.html" %}{% block main %}{{ tags }}{% endblock %}',
    "section.html": LIST + "{{ tag }}{{ years }}{% if post %}{{ post.html }}{% endif %}{% endblock %}",
    "tags.html": '{% extends "base.html" %}{% block main %}{{ tags }}{% endblock %}',
    "search.html": '{% extends "base.html" %}',
    "404.html": '{% extends "base.html" %}',
}


class Editing(RuleBasedStateMachine):
    """A person at work on a small site; after each step both builds must agree."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ribao-steps-"))
        self.patch = (
            pytest.MonkeyPatch()
        )  # few posts are many, so that years change between months and a whole
        self.patch.setattr("generator.site.pages.search.YEAR_POSTS", 2)
        self.now = START
        self.settings = {"title": "日报", "related": "2", "base_url": "https://example.com/news/"}
        theme = self.folder / "themes" / "own"
        (theme / "templates").mkdir(parents=True)
        (theme / "assets").mkdir()
        (theme / "assets" / "style.css").write_text("a { color: red }", encoding="utf-8")
        for name, text in TEMPLATES.items():
            (theme / "templates" / name).write_text(text, encoding="utf-8")
        self.theme = theme
        self.paginate(3)
        (self.folder / "content" / "posts").mkdir(parents=True)
        (self.folder / "content" / "pages").mkdir()
        self.configure()

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self) -> None:
        text = (
            f'[site]\ntitle = "{self.settings["title"]}"\nbase_url = "{self.settings["base_url"]}"\ntheme = "own"\n'
            f"[build]\nrelated = {self.settings['related']}\nfeed_posts = 3\n"
            "[images]\nwidths = [32]\n"
        )
        (self.folder / "site.toml").write_text(text, encoding="utf-8")

    def paginate(self, size: int) -> None:
        text = f'name = "own"\n[settings]\n[pages]\npaginate = {size}\n'
        (self.theme / "theme.toml").write_text(text, encoding="utf-8")

    def post(self, name: str) -> Path:
        return self.folder / "content" / "posts" / f"{name}.md"

    def write(
        self, path: Path, title: str, day: dt.date, tagged: list[str], body: str, extra: str = ""
    ) -> None:
        head = f'title: "{title}"\ndate: {day}\ntags: {tagged}\n{extra}'.replace("'", '"')
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\n{head}---\n## 主题\n\n### [{title}](https://e.com/{title})\n\n{body}\n", encoding="utf-8"
        )

    def agree(self) -> None:
        config = load_config(self.folder)
        output, fresh = self.folder / "public", self.folder / ".ribao" / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        clean = Options(
            now=self.now, output=str(fresh), clean=True, cache=str(self.folder / ".ribao" / "fresh.db")
        )
        try:
            build(config, clean)
        except GeneratorError as error:
            # what a build from nothing refuses, the incremental one refuses too, and changes nothing
            before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
            try:
                build(config, Options(now=self.now))
            except GeneratorError as other:
                assert type(other) is type(error)
            else:
                raise AssertionError(f"only the build from nothing says: {error}") from error
            assert before == {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
            return
        build(config, Options(now=self.now))
        assert compare(str(output), str(fresh)) == []

    @initialize(first=days, second=days)
    def begin(self, first: dt.date, second: dt.date) -> None:
        self.write(self.post("p0"), "甲", first, ["AI"], "开源")
        self.write(self.post("p1"), "乙", second, ["AI", "芯片"], "闭源")
        self.agree()

    @rule(name=names, title=words, day=days, tagged=tags, body=words)
    def add_or_replace(self, name: str, title: str, day: dt.date, tagged: list[str], body: str) -> None:
        self.write(self.post(name), title, day, tagged, body)
        self.agree()

    @rule(name=names, text=words)
    def edit_body(self, name: str, text: str) -> None:
        if self.post(name).exists():
            with self.post(name).open("a", encoding="utf-8") as file:
                file.write(f"\n{text}\n")
            self.agree()

    @rule(
        name=names,
        title=words,
        day=days,
        tagged=tags,
        what=st.sampled_from(["draft", "expires", "alias", "slug", "category", "own"]),
    )
    def special(self, name: str, title: str, day: dt.date, tagged: list[str], what: str) -> None:
        extra = {
            "draft": "draft: true\n",
            "expires": "expires: 2026-02-02\n",
            "alias": "aliases: [old/place/]\n",
            "slug": "slug: 同一个\n",  # two of them collide
            "category": "category: 深 度\n",
            "own": "aliases: [archive/]\n",  # the site's own
        }[what]
        self.write(self.post(name), title, day, tagged, "段落", extra)
        self.agree()

    @rule(name=names)
    def delete(self, name: str) -> None:
        self.post(name).unlink(missing_ok=True)
        self.agree()

    @rule(old=names, new=names)
    def rename(self, old: str, new: str) -> None:
        if self.post(old).exists() and not self.post(new).exists():
            self.post(old).rename(self.post(new))
            self.agree()

    @rule(name=names, day=days, picture=st.binary(min_size=1, max_size=4))
    def bundle(self, name: str, day: dt.date, picture: bytes) -> None:
        folder = self.folder / "content" / "posts" / f"b{name}"
        self.write(folder / "index.md", f"包{name}", day, ["AI"], "![图](a.bin)")
        (folder / "a.bin").write_bytes(picture)
        self.agree()

    @rule(
        name=names,
        day=days,
        picture=PICTURES,
        where=st.sampled_from(["beside", "loose", "static"]),
        cover=st.booleans(),
    )
    def picture(self, name: str, day: dt.date, picture: bytes, where: str, cover: bool) -> None:
        folder = self.folder / "content" / "posts"
        post, file, shown = {
            "beside": (folder / f"b{name}" / "index.md", folder / f"b{name}" / "p.png", "p.png"),
            "loose": (folder / f"{name}.md", folder / "loose.png", "loose.png"),
            "static": (folder / f"{name}.md", self.folder / "static" / "i" / "s.png", "/i/s.png"),
        }[where]
        self.write(
            post,
            f"图{name}",
            day,
            ["AI"],
            "段落" if cover else f"![图]({shown})",
            f"cover: {shown}\n" if cover else "",
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)
        self.agree()

    @rule(
        file=st.sampled_from(["content/posts/loose.png", "static/i/s.png"]),
        picture=PICTURES,
        there=st.booleans(),
    )
    def change_picture(self, file: str, picture: bytes, there: bool) -> None:
        path = self.folder / file
        if path.exists() and not there:
            path.unlink()
        elif path.exists():
            path.write_bytes(picture)
        self.agree()

    @rule(title=words, there=st.booleans())
    def section(self, title: str, there: bool) -> None:
        path = self.folder / "content" / "essays" / "_index.md"
        path.unlink(missing_ok=True)
        if there:
            path.parent.mkdir(exist_ok=True)
            path.write_text(f'---\ntitle: "{title}"\n---\n写在前面\n', encoding="utf-8")
        self.agree()

    @rule(name=names, day=days)
    def essay(self, name: str, day: dt.date) -> None:
        path = self.folder / "content" / "essays" / f"e{name}.md"
        if path.exists():
            path.unlink()
        else:
            self.write(path, f"长文{name}", day, ["AI"], "段落")
        self.agree()

    @rule(name=names)
    def drop_bundle(self, name: str) -> None:
        shutil.rmtree(self.folder / "content" / "posts" / f"b{name}", ignore_errors=True)
        self.agree()

    @rule(title=words, menu=st.booleans())
    def page(self, title: str, menu: bool) -> None:
        text = f'---\ntitle: "{title}"\nmenu: {str(menu).lower()}\n---\n关于\n'
        (self.folder / "content" / "pages" / "about.md").write_text(text, encoding="utf-8")
        self.agree()

    @rule(name=st.sampled_from(sorted(TEMPLATES)), text=words)
    def edit_template(self, name: str, text: str) -> None:
        path = self.theme / "templates" / name
        path.write_text(TEMPLATES[name] + f"<!-- {text} -->\n" * (name == "base.html"), encoding="utf-8")
        self.agree()

    @rule(size=st.sampled_from([0, 2, 3]))
    def edit_theme(self, size: int) -> None:
        self.paginate(size)
        self.agree()

    @rule(key=st.sampled_from(["title", "related", "base_url"]), number=st.integers(0, 3))
    def edit_settings(self, key: str, number: int) -> None:
        values = {
            "title": f"日报{number}",
            "related": str(number),
            "base_url": f"https://example.com/{'n/' * (number % 2)}",
        }
        self.settings[key] = values[key]
        self.configure()
        self.agree()

    @rule(data=st.binary(max_size=3))
    def static_file(self, data: bytes) -> None:
        path = self.folder / "static" / "x.bin"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        self.agree()

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)
        self.agree()

    @rule(name=names)
    def damage_output(self, name: str) -> None:
        page = self.folder / "public" / "posts" / name / "index.html"
        if page.exists():
            page.unlink()
            (self.folder / "public" / "index.html").write_text("something else", encoding="utf-8")
            self.agree()

    @rule()
    def lose_the_cache(self) -> None:
        (self.folder / ".ribao" / "build.db").unlink(missing_ok=True)
        shutil.rmtree(self.folder / ".ribao" / "images", ignore_errors=True)
        self.agree()


def test_what_lay_beside_a_post_goes_with_it() -> None:
    site = Editing()
    site.configure()
    site.bundle("p1", dt.date(2026, 1, 2), b"1")  # type: ignore[call-arg]
    site.drop_bundle("p1")  # type: ignore[call-arg]
    site.teardown()


Editing.TestCase.settings = settings(
    max_examples=max(2, STEPS // 50),
    stateful_step_count=min(50, STEPS),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # a long run reports what it found at once: shrinking whole builds takes longer than looking
    phases=[Phase.reuse, Phase.generate] if STEPS >= 1000 else list(Phase),
    derandomize=STEPS < 1000,
    print_blob=True,
)
TestEditing = Editing.TestCase


def test_another_version_of_the_program_draws_every_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.site import fingerprints, press

    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text('[site]\ntitle = "版本"\n', encoding="utf-8")
    (tmp_path / "content/posts/a.md").write_text(
        "---\ntitle: 甲\ndate: 2026-01-07\n---\n\n文\n", encoding="utf-8"
    )
    config = load_config(tmp_path)
    options = Options(now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    build(config, options)
    page = tmp_path / "public/posts/a/index.html"
    drawn = press.Press.draw
    monkeypatch.setattr(
        press.Press, "draw", lambda *given, **context: drawn(*given, **context) + b"<!-- 2 -->"
    )
    build(config, options)
    assert not page.read_bytes().endswith(b"<!-- 2 -->")  # nothing says that it would differ
    for module in (fingerprints, press):
        monkeypatch.setattr(module, "program_fingerprint", lambda: "another")
    build(config, options)
    assert page.read_bytes().endswith(b"<!-- 2 -->")
