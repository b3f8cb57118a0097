"""The preview shows the bytes a build writes: page by page, picture by picture."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from PIL import Image

from generator.config import load_config
from generator.site.build import Options, build
from generator.site.preview.studio import Studio
from generator.site.verify import files_of

NOW = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


def test_every_file_of_a_build_is_drawn_the_same(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((100, 80), 60).convert("RGB").save(buffer, "PNG")
    for path, text in {
        "posts/a/index.md": "title: 甲\ndate: 2026-01-07\ntags: [AI, 芯 片]\ncategory: 深度\naliases: [/旧/, old.html]\n---\n\n![图](p.png)",
        "posts/b.md": "title: 乙\ndate: 2025-01-07\ntags: [AI]\n---\n\n## 主题\n\n### [题](https://e.com/x)\n\n段落",
        "essays/_index.md": "title: 随笔\nmenu: true\n---\n\n写在前面",
        "essays/c.md": "title: 丙\ndate: 2026-01-08\n---\n\n文",
        "pages/about.md": "title: 关于\n---\n\n文",
    }.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{text}\n", encoding="utf-8")
    (tmp_path / "content/posts/a/p.png").write_bytes(buffer.getvalue())
    (tmp_path / "static").mkdir()
    (tmp_path / "static/x.txt").write_text("x", encoding="utf-8")
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "https://e.com/news/"\n', encoding="utf-8")
    studio = Studio(tmp_path, clock=lambda: NOW)
    assert studio.refresh().problems == ()
    build(load_config(tmp_path), Options(now=NOW))
    names = files_of(str(tmp_path / "public"))
    assert any(name.endswith(".webp") for name in names) and "essays/2026/index.html" in names
    for name in sorted(names):
        assert studio.draw(name) == (tmp_path / "public" / name).read_bytes(), name
    for name in ("nothing/", "posts/a/none.png", "assets/images/none.webp", "../site.toml"):
        assert studio.draw(name) is None
    studio.close()
