"""`ribao check`: what is wrong with the content, with its place; the errors of a build among it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click

from generator.commands.common import json_option, load_site, print_json, say, site_option
from generator.config import Config
from generator.errors import ContentError, Problem, ThemeError
from generator.files import write_atomic

Found = tuple[str, Problem]

_KEPT = dt.timedelta(days=7)  # how long an answer about an outside link holds
_KEPT_BAD = dt.timedelta(hours=12)


@click.command()
@click.option(
    "--links", "ask", is_flag=True, help="Ask outside links too, politely; answers are kept for a week."
)
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF for annotations on a pull request.")
@json_option
@site_option
def command(ask: bool, as_sarif: bool, as_json: bool) -> int:
    """Find problems in the content; exit 1 when there is an error, 0 with warnings alone."""
    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif are two forms of one output; ask for one")
    config = load_site()
    found = run_check(config, ask=ask, now=dt.datetime.now(dt.UTC))
    errors = sum(problem.severity == "error" for _, problem in found)
    if as_json:
        print_json({"problems": [row(*one) for one in found], "errors": errors})
    elif as_sarif:
        print_json(sarif(found))
    else:
        for _, problem in found:
            click.echo(problem)
        warnings = len(found) - errors
        told = f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
        say(told if found else "all is well")
    return 1 if errors else 0


def run_check(config: Config, *, ask: bool = False, now: dt.datetime) -> list[Found]:
    """Build the site aside, drafts and all, and return what its build and the checks find."""
    from generator.parallel import processors
    from generator.site.build import Options, build

    aside = config.state / "check"
    options = Options(now=now, output=str(aside), drafts=True, future=True, jobs=processors())
    try:
        report = build(config, options)
    except (ContentError, ThemeError) as error:
        # there are no pages to look at
        return [("build", problem) for problem in error.problems]
    from generator.checks import check

    site = read(config, aside)
    found = told_once(report.notes, check(site))
    if ask:
        found += outside_links(config, site, now)
    return found


def told_once(notes: Iterable[Problem], found: Iterable[Found]) -> list[Found]:
    """Join the notes of a build with what the checks found: at one place the build's words, which say what to do."""
    left, joined = list(notes), []
    for name, problem in found:
        place = (problem.path, problem.line, problem.column)
        same = [one for one in left if name == "links" and (one.path, one.line, one.column) == place]
        for note in same[:1]:
            left.remove(note)
            problem = replace(note, severity=problem.severity)
        joined.append((name, problem))
    return [*(("build", note) for note in left), *joined]


def read(config: Config, built: Path) -> Any:
    """Read sources and built pages into the value that checks look at."""
    from generator.checks.site import Site, page, source

    sources = [
        source(path.relative_to(config.root).as_posix(), path.read_text(encoding="utf-8-sig"), config)
        for path in sorted(config.content.rglob("*.md"))
    ]
    files = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    pages = {
        name: page(name, (built / name).read_text(encoding="utf-8"))
        for name in sorted(files)
        if name.endswith(".html")
    }
    return Site(config, tuple(sources), pages, frozenset(files))


def outside_links(config: Config, site: Any, now: dt.datetime) -> list[Found]:
    """Ask each outside link through the collector's client, one at a time a host; answers are remembered."""
    from generator.checks.site import outside
    from generator.commands.collect import agent_of
    from generator.feeds.fetch import Fetcher
    from generator.text.addresses import host_of

    path = config.state / "links.json"
    known = _remembered(path, now)
    named = {address: source for source, address in outside(site)}
    hosts: dict[str, list[str]] = {}
    for address in named:
        if address not in known:
            hosts.setdefault(host_of(address), []).append(address)
    limits = config.collect._replace(max_bytes=2_000_000)
    fetcher = Fetcher(limits, agent_of(config), now)
    try:
        with ThreadPoolExecutor(limits.workers) as pool:
            for answers in pool.map(lambda addresses: _ask(fetcher, addresses), hosts.values()):
                known |= {address: {"at": now.isoformat(), "wrong": wrong} for address, wrong in answers}
    finally:
        fetcher.close()
        write_atomic(path, (json.dumps(known, ensure_ascii=False, indent=0) + "\n").encode(), durable=False)
    return [
        ("outside", Problem(source.path, *place, f"{unquote(address)}: {wrong}", "warning"))
        for address, source in named.items()
        if (wrong := known[address]["wrong"])
        for place in source.places(address)
    ]


def _ask(fetcher: Any, addresses: Iterable[str]) -> list[tuple[str, str]]:
    from generator.feeds import FeedError

    answers = []
    for address in addresses:
        try:
            fetcher.get(address.partition("#")[0], accept="text/html, */*;q=0.5")
            answers.append((address, ""))
        except FeedError as error:
            # a page that is only long, or empty, is there
            answers.append((address, "" if error.word in ("too-long", "empty") else str(error)))
    return answers


def _remembered(path: Path, now: dt.datetime) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {
            address: answer
            for address, answer in known.items()
            if now - dt.datetime.fromisoformat(answer["at"]) < (_KEPT_BAD if answer["wrong"] else _KEPT)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # a memory that cannot be read is none
        return {}


def row(name: str, problem: Problem) -> dict[str, Any]:
    return {
        "check": name,
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "message": problem.message,
    }


def sarif(found: list[Found]) -> dict[str, Any]:
    """Return the problems as a SARIF 2.1.0 log."""
    results = [
        {
            "ruleId": name,
            "level": problem.severity,
            "message": {"text": problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.path},
                        "region": {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)},
                    }
                }
            ],
        }
        for name, problem in found
    ]
    rules = [{"id": name} for name in sorted({name for name, _ in found})]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "ribao check", "rules": rules}}, "results": results}],
    }
