"""The references of settings and commands, written from the code itself so that they cannot be wrong.

python -m docs.reference    writes docs/settings.md, docs/commands.md and docs/template-variables.md
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.cli import COMMANDS
from generator.config import schema
from generator.site.reference import reference as templates

HERE = Path(__file__).resolve().parent


def settings() -> str:
    """Return the reference of site.toml: a table for each of its tables."""
    docs = dict(_fields(inspect.getsource(schema)))
    tables = []
    for table, _, default, _ in docs["Config"][1]:
        kind = {"feeds": "FeedConfig"}.get(table) or default.removesuffix("()")
        if kind in docs:
            name = "[[feeds]]" if table == "feeds" else f"[{table}]"
            tables.append(_table(name, *docs[kind]))
            if table == "site":
                tables.append(_table("[site.community]", *docs["CommunityConfig"]))
    return (
        "# Settings\n\nEvery key of `site.toml`, written by `python -m docs.reference` from the code; a test fails"
        " when this is stale.\nA key that is not here is an error that names the nearest one there is.\n"
        "`[theme]` holds the settings of the site's theme: its `theme.toml` says which.\n\n"
        + "\n".join(tables)
    )


def _fields(source: str) -> Iterator[tuple[str, tuple[str, list[tuple[str, str, str, str]]]]]:
    """Yield each settings class with its docstring and its fields: name, type, default, comment."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef):
            continue
        rows = []
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                comment = lines[(field.end_lineno or field.lineno) - 1].partition("  # ")[2]
                default = ast.unparse(field.value) if field.value else "required"
                rows.append((field.target.id, ast.unparse(field.annotation), _toml(default), comment))
        yield node.name, (" ".join((ast.get_docstring(node) or "").split()), rows)


def _toml(default: str) -> str:
    """Return a default as it would be written in site.toml."""
    if default == "NONE":
        return "{}"
    default = re.sub(r"^\((.*?),?\)$", r"[\1]", default).replace("'", '"')
    return {"True": "true", "False": "false"}.get(default, default)


def _table(name: str, told: str, rows: list[tuple[str, str, str, str]]) -> str:
    cells = [
        f"| `{key}` | `{_cell(default)}` | {_cell(comment)} |"
        for key, kind, default, comment in rows
        if not kind.endswith("Config")
    ]
    return (
        f"## {name}\n\n{told}\n\n| key | default | meaning |\n| --- | --- | --- |\n" + "\n".join(cells) + "\n"
    )


def commands() -> str:
    """Return the reference of the command line."""
    parts = [
        "# Commands\n\nWhat each command says of itself, written by `python -m docs.reference` from the code; a"
        " test fails when this is stale.\nEvery command also takes `--site DIR`. Exit codes: 0 fine, 1 something is"
        " wrong and said where, 2 wrong call or\nsettings, 130 interrupted.\n"
    ]
    for name, (module, line) in COMMANDS.items():
        command = importlib.import_module(f"generator.commands.{module}").command
        parts += [f"## ribao {name}\n\n{line}\n", *_usage(command, f"ribao {name}")]
    return "\n".join(parts)


def _usage(command: click.Command, name: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for inner, each in command.commands.items():
            yield f"### {name} {inner}\n"
            yield from _usage(each, f"{name} {inner}")
        return
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    yield f"```text\n{command.get_help(context).rstrip()}\n```\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


WRITTEN: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": commands,
    "template-variables.md": templates,
}
"""The files that are written from the code, and what writes them."""


def main() -> None:
    for name, write in WRITTEN.items():
        (HERE / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
