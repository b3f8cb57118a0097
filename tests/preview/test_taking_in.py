"""What the preview takes in: single posts at once, everything after a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site.preview.studio import Studio

POST = "---\ntitle: {title}\ndate: 2026-01-07\n---\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "报"\ntheme = "plain-bench"\n', encoding="utf-8")
    for name in ("a", "b"):
        save(tmp_path, name, "初稿")
    return tmp_path


def save(site: Path, name: str, body: str, title: str = "题") -> str:
    path = site / "content" / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(title=title, body=body), encoding="utf-8")
    return path.relative_to(site).as_posix()


def test_a_saved_post_is_taken_in_and_its_neighbour_shows_the_new_title(site: Path) -> None:
    studio = Studio(site)
    studio.refresh()
    studio.refresh({save(site, "a", "二稿", title="新题")})
    assert "二稿" in (studio.draw("posts/a/") or b"").decode()
    assert "新题" in (studio.draw("posts/b/") or b"").decode()
    studio.close()


def test_a_mistake_in_one_post_stays_told_while_another_is_saved(site: Path) -> None:
    studio = Studio(site)
    studio.refresh()
    wrong = save(site, "a", "二稿", title="[坏")
    assert [problem.path for problem in studio.refresh({wrong}).problems] == [wrong]
    assert [problem.path for problem in studio.refresh({save(site, "b", "二稿")}).problems] == [wrong]
    save(site, "a", "三稿")
    assert studio.refresh({wrong}).problems == ()
    assert "三稿" in (studio.draw("posts/a/") or b"").decode()
    assert "二稿" in (studio.draw("posts/b/") or b"").decode()
    studio.close()


def test_a_post_that_came_or_went_has_everything_listed_anew(site: Path) -> None:
    studio = Studio(site)
    studio.refresh()
    new = save(site, "c", "三篇")
    studio.refresh({new})
    assert "三篇" in (studio.draw("posts/c/") or b"").decode()
    (site / new).unlink()
    studio.refresh({new})
    assert studio.draw("posts/c/") is None
    studio.close()
