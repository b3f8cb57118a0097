"""The reference of template variables is written from the code and not stale."""

from __future__ import annotations

from pathlib import Path

from generator.site.reference import reference

FILE = Path(__file__).parents[2] / "docs" / "template-variables.md"


def test_the_reference_is_not_stale() -> None:
    assert FILE.read_text(encoding="utf-8") == reference(), (
        "write it anew with: python -m generator.site.reference > docs/template-variables.md"
    )


def test_it_tells_type_and_meaning_of_each_variable() -> None:
    text = reference()
    assert "| `home.html` |" in text
    assert "| `noindex` | `bool` |  |" in text
    assert "| `absolute` | `str` | canonical |" in text
    assert "| `search_hint` |" in text
