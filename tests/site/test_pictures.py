"""Pictures of posts in a build: sized, encoded once, private, refused by name, and gone with their post."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import struct
from pathlib import Path

import pytest
from PIL import Image

from generator.config import load_config
from generator.site.build import Options, Report, build
from generator.site.privacy import without_metadata
from generator.site.verify import differences, files_of

NOW = Options(now=dt.datetime(2026, 1, 31, tzinfo=dt.UTC))
REAL = Path(__file__).parents[3] / "shared" / "data" / "images"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(
        '[site]\nbase_url = "https://e.com/news/"\n[images]\nformats = ["avif", "webp"]\nwidths = [64, 128]\n',
        encoding="utf-8",
    )
    return tmp_path


def post(site: Path, name: str, body: str, head: str = "") -> Path:
    path = site / "content" / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: 图\ndate: 2026-01-07\n{head}---\n\n{body}\n", encoding="utf-8")
    return path


def made(site: Path) -> Report:
    return build(load_config(site), NOW)


def page(site: Path, url: str) -> str:
    return (site / "public" / url / "index.html").read_text(encoding="utf-8")


def noise(seed: int = 60, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((200, 100), seed).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def warnings(report: Report) -> list[str]:
    return [str(note) for note in report.notes if note.severity == "warning"]


def encoded(site: Path) -> set[str]:
    return {name for name in files_of(str(site / "public")) if name.startswith("assets/images/")}


def test_a_picture_gets_its_size_and_smaller_choices_wherever_its_post_is_shown(site: Path) -> None:
    post(site, "a/index", '前\n\n![说明](图 一.jpg "标题")\n\n后'.replace("图 一", "%E5%9B%BE一"))
    put(site / "content/posts/a/图一.jpg", noise())
    home = site / "themes/ribao/templates/home.html"
    put(home, b"{% if latest %}{{ latest.html }}{% endif %}")
    assert warnings(made(site)) == []
    for text in (page(site, "posts/a"), page(site, "")):
        assert re.search(
            r'<picture><source type="image/avif" srcset="/news/assets/images/[^"]+ 64w, [^"]+ 128w"', text
        )
        assert re.search(r'<img src="/news/posts/a/[^"]+\.jpg\?[0-9a-f]{8}" width="200" height="100"', text)
        assert 'alt="说明"' in text and 'loading="lazy"' in text
    feed = (site / "public/feed.xml").read_text(encoding="utf-8")
    assert "srcset=&quot;https://e.com/news/assets/images/" in feed
    named = set(re.findall(r"/news/(assets/images/[^ \"]+)", page(site, "posts/a")))
    assert len(named) == 4 and len(encoded(site)) == 4


def test_pictures_of_static_and_beside_flat_posts_are_found_too(site: Path) -> None:
    put(site / "static/i/s.png", noise(kind="PNG"))
    put(site / "content/posts/flat.png", noise(30, "PNG"))
    post(site, "one", "![](/i/s.png)\n\n![](flat.png)\n\n![](https://e.org/x.png)")
    post(site, "two", '<img src="/i/s.png" width="50" alt="">')
    assert warnings(made(site)) == []
    one, two = page(site, "posts/one"), page(site, "posts/two")
    assert 'src="/news/i/s.png?' in one and 'src="/news/posts/flat.png?' in one
    assert '<img src="https://e.org/x.png" alt="" loading="lazy">' in one  # elsewhere: a link as written
    assert 'width="50"' in two and "height=" not in two.partition('src="/news/i/s.png?')[2][:200]


def test_a_cover_has_its_size_in_the_page_and_on_share_cards(site: Path) -> None:
    post(site, "a/index", "正文", "cover: cover.jpg\n")
    put(site / "content/posts/a/cover.jpg", noise())
    made(site)
    text = page(site, "posts/a")
    assert '<meta property="og:image:width" content="200">' in text
    assert re.search(
        r'<img src="/news/posts/a/cover\.jpg\?\w+" width="200" height="100"[^>]* fetchpriority="high"', text
    )


def test_a_changed_picture_changes_its_pages_and_a_second_build_nothing(site: Path) -> None:
    post(site, "a/index", "![](p.jpg)")
    post(site, "b", "![](b.jpg)")
    put(site / "content/posts/a/p.jpg", noise())
    put(site / "content/posts/b.jpg", noise(20))
    made(site)
    assert made(site).written == 0
    before = encoded(site)
    put(site / "content/posts/a/p.jpg", noise(90))
    put(site / "content/posts/b.jpg", noise(91))
    made(site)
    assert len(encoded(site)) == 8 and not before & encoded(site)
    assert differences(load_config(site), NOW) == []
    shutil.rmtree(site / "content/posts/a")
    (site / "content/posts/b.md").unlink()
    made(site)
    assert encoded(site) == set()
    assert differences(load_config(site), NOW) == []


def test_a_picture_two_posts_show_goes_with_the_second(site: Path) -> None:
    put(site / "static/s.jpg", noise())
    one, two = (post(site, name, "![](/s.jpg)") for name in ("one", "two"))
    made(site)
    kept = encoded(site)
    one.unlink()
    made(site)
    assert encoded(site) == kept
    two.unlink()
    made(site)
    assert encoded(site) == set()


def test_what_is_missing_is_named_and_found_when_it_comes(site: Path) -> None:
    post(site, "a/index", "一\n\n![](p.jpg)", "cover: c.png\n")
    report = made(site)
    assert [line.partition(": warning: ")[0] for line in warnings(report)] == [
        "content/posts/a/index.md:4:8",
        "content/posts/a/index.md:9:5",
    ]
    assert "og:image" not in page(site, "posts/a")
    put(site / "content/posts/a/p.jpg", noise())
    put(site / "content/posts/a/c.png", noise(kind="PNG"))
    assert warnings(made(site)) == []
    assert "og:image" in page(site, "posts/a")
    assert differences(load_config(site), NOW) == []


def test_what_is_broken_is_named_at_its_place_and_the_page_made_without_it(site: Path) -> None:
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 30_000, 30_000, 1, 0, 0, 0, 0, 0)
    put(site / "content/posts/a/cut.jpg", noise()[:700])
    put(site / "content/posts/a/text.png", b"not a picture")
    put(site / "content/posts/a/bomb.png", bomb)
    put(site / "content/posts/a/live.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
    post(site, "a/index", "![剪](cut.jpg)\n\n![文](text.png)\n\n![弹](bomb.png)\n\n![活](live.svg)\n\n尾")
    for _ in range(2):  # told again by a build that composes nothing
        lines = warnings(made(site))
        assert [line.split(":")[1] for line in lines] == ["6", "8", "10", "12"]
        assert all(name in " ".join(lines) for name in ("cut.jpg", "text.png", "bomb.png", "live.svg"))
    text = page(site, "posts/a")
    assert (
        '<span class="missing-image">剪</span>' in text
        and "尾" in text
        and "<img" not in text.partition("<main")[2]
    )
    assert not (site / "public/posts/a/live.svg").exists()


def test_settings_of_images_do_something(site: Path) -> None:
    post(site, "a/index", "![](p.jpg)")
    put(site / "content/posts/a/p.jpg", noise())
    made(site)
    config = (site / "site.toml").read_text(encoding="utf-8")
    (site / "site.toml").write_text(config.replace('"avif", ', "").replace("64, ", ""), encoding="utf-8")
    made(site)
    assert [name.rpartition(".")[2] for name in encoded(site)] == ["webp"]
    (site / "site.toml").write_text(config + "max_bytes = 10\n", encoding="utf-8")
    assert "at most 10 are allowed (images.max_bytes)" in warnings(made(site))[0]
    assert encoded(site) == set()


def test_a_lost_shelf_costs_time_only(site: Path) -> None:
    post(site, "a/index", "![](p.jpg)")
    put(site / "content/posts/a/p.jpg", noise())
    made(site)
    shutil.rmtree(site / ".ribao/images")
    for name in encoded(site):
        (site / "public" / name).unlink()
    made(site)
    assert len(encoded(site)) == 4
    assert differences(load_config(site), NOW) == []


def where() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_wrote_stays_private(site: Path, kind: str) -> None:
    suffix = kind.lower()
    data = noise(kind=kind, exif=where())
    assert b"SECRET" in data
    put(site / f"content/posts/a/p.{suffix}", data)
    put(site / f"content/posts/a/only-linked.{suffix}", data)
    post(site, "a/index", f"![](p.{suffix}) [大图](only-linked.{suffix})")
    made(site)
    for name in files_of(str(site / "public")):
        assert b"SECRET" not in (site / "public" / name).read_bytes(), name
    linked = Image.open(site / f"public/posts/a/only-linked.{suffix}")
    assert dict(linked.getexif()) == {0x0112: 6}  # how it is to be held stays
    original = Image.open(io.BytesIO(data)).convert("RGB").tobytes()
    assert linked.convert("RGB").tobytes() == original
    assert 'width="100" height="200"' in page(site, "posts/a")  # and is done for the one that is shown


def test_what_hangs_on_a_photo_behind_its_end_is_cut_off() -> None:
    data = noise()
    assert without_metadata(data + b"ftypmp4 SECRET place") == without_metadata(data)


def test_an_avif_with_metadata_is_encoded_again() -> None:
    data = noise(kind="AVIF", exif=where())
    clean = without_metadata(data)
    assert b"SECRET" in data and b"SECRET" not in clean
    assert Image.open(io.BytesIO(clean)).convert("RGB").size in ((200, 100), (100, 200))


@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data")
def test_real_pictures_are_shown_or_named(site: Path) -> None:
    names = sorted(path.name for path in REAL.iterdir())
    for name in names:
        put(site / "content/posts/a" / name, (REAL / name).read_bytes())
    post(site, "a/index", "\n\n".join(f"![{name}]({name})" for name in names))
    lines = " ".join(warnings(made(site)))
    text = page(site, "posts/a")
    for name in names:
        refused = f'<span class="missing-image">{name}</span>' in text
        assert refused == (f"picture {name}:" in lines), name
        assert refused or re.search(
            rf'<img src="[^"]+" width="\d+" height="\d+"[^>]* alt="{re.escape(name)}"', text
        ), name
    assert differences(load_config(site), NOW) == []


def test_the_shelf_forgets_what_no_post_shows(site: Path) -> None:
    post(site, "a/index", "![](p.jpg)")
    put(site / "content/posts/a/p.jpg", noise())
    made(site)
    put(site / "content/posts/a/p.jpg", noise(90))
    made(site)
    shelf = site / ".ribao/images"
    assert len(list(shelf.iterdir())) == 10
    (site / ".ribao/build.db").unlink()
    made(site)
    assert len(list(shelf.iterdir())) == 5
