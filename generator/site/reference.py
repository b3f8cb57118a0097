"""The reference of template variables, written from `context.py` itself so that it cannot be wrong.

python -m generator.site.reference > docs/template-variables.md
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator

from generator import labels
from generator.site import context, trends

_HEAD = """# What a template may use

Written by `python -m generator.site.reference` from the code; a test fails when it is stale.
How themes work is told in [themes.md](themes.md).

"""


def reference() -> str:
    """Return the whole reference as Markdown."""
    tables = [
        *_tables(inspect.getsource(context)),
        *_tables(inspect.getsource(trends), only={"TrendsView", "ChartView"}),
    ]
    return _HEAD + _introduction() + "\n" + "\n".join(tables) + "\n" + _words()


def _introduction() -> str:
    """The table of templates from the module's docstring, and what it says below it."""
    text = inspect.getdoc(context) or ""
    first, _, rest = text.partition("\n\n")
    lines = rest.splitlines()
    table = [line for line in lines if line.startswith("    ")]
    prose = "\n".join(line for line in lines if not line.startswith("    ")).strip()
    rows: list[tuple[str, str]] = []
    for line in table[1:]:
        name, _, meaning = line.strip().partition("  ")
        if line.startswith("                  "):  # goes on from the line above
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {line.strip()}")
        else:
            rows.append((name, meaning.strip()))
    drawn = "\n".join(f"| `{name}` | {_cell(meaning)} |" for name, meaning in rows)
    return (
        f"{first}\n\n| template | variables besides `site` and `page` |\n| --- | --- |\n{drawn}\n\n{prose}\n"
    )


def _tables(source: str, only: set[str] | None = None) -> Iterator[str]:
    """A table for each view: fields, types, defaults, and the comment behind each."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef) or (only and node.name not in only):
            continue
        rows = []
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                comment = lines[(field.end_lineno or field.lineno) - 1].partition("  # ")[2]
                kind = ast.unparse(field.annotation)
                rows.append(f"| `{field.target.id}` | `{_cell(kind)}` | {_cell(comment)} |")
        text = " ".join((ast.get_docstring(node) or "").split())
        yield (
            f"## {node.name}\n\n{text}\n\n| name | type | meaning |\n| --- | --- | --- |\n"
            + "\n".join(rows)
            + "\n"
        )


def _words() -> str:
    chinese = labels.labels_for("zh-CN")
    rows = [f"| `{name}` | {_cell(str(getattr(chinese, name)))} |" for name in labels.Labels._fields]
    return (
        "## Labels\n\n`site.labels`: every word a reader may meet, in the language of the site.\n\n"
        "| name | in Chinese |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(reference())
