"""The layers of CONTRIBUTING.md hold: nothing imports from above, stages do not import each other."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "generator"

# From the bottom up; what stands in one row may import the rows below it, and its own unit.
LAYERS: list[set[str]] = [
    {"errors"},
    {"news", "text", "lexicon", "labels", "sources"},
    {"markup"},
    {"editions"},
    {"config", "files", "parallel", "scaffold"},
    {"feeds", "store", "newsroom", "evidence", "site", "importers"},
    {"checks"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
FREE = {
    "news",
    "text",
    "lexicon",
    "labels",
    "sources",
    "config",
    "files",
    "parallel",
}  # may import their row's neighbours
RANK = {unit: rank for rank, row in enumerate(LAYERS) for unit in row}


def imports(path: Path) -> set[str]:
    """Units of `generator` that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from generator in full"
            names = [
                f"{node.module}.{alias.name}" if node.module == "generator" else node.module or ""
                for alias in node.names
            ]
        found |= {name.split(".")[1] for name in names if name.startswith("generator.")}
    return found - {"__version__"}


def unit(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE]


def test_every_unit_has_a_layer() -> None:
    assert {unit(path) for path in modules()} <= RANK.keys()


def test_imports_point_down() -> None:
    wrong = []
    for path in modules():
        here = unit(path)
        for other in imports(path) - {here}:
            same_row = RANK[other] == RANK[here] and here in FREE and other in FREE
            if RANK[other] >= RANK[here] and not same_row:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {other}")
    assert not wrong, wrong


def test_no_modules_import_each_other() -> None:
    graph = {name_of(path): targets(path) for path in modules()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " imports ".join((*way[way.index(name) :], name))
        if name in done:
            return
        for other in sorted(graph.get(name, ())):
            visit(other, (*way, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def targets(path: Path) -> set[str]:
    """Modules that a module imports, in its functions too; what only a type checker reads does not count."""
    known = {name_of(other) for other in modules()}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unread = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else str(node.module))
    return (found & known) - {name_of(path)}


def test_the_model_client_is_imported_in_one_module_and_only_when_used() -> None:
    users = []
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(name.split(".")[0] == "anthropic" for name in names):
                users.append(str(path.relative_to(PACKAGE)))
                assert node not in tree.body, f"{path}: import anthropic inside the function that calls it"
    assert len(set(users)) <= 1, users
