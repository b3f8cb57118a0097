"""`ribao feeds`: the sources as a garden: which there are, how they are, new ones in, dead ones out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from generator.commands.collect import chosen
from generator.commands.common import json_option, load_site, print_json, say, site_option
from generator.commands.discovery import ask, discover
from generator.commands.health import feeds_health
from generator.commands.report import told, when
from generator.commands.table import table
from generator.config import CONFIG_NAME, Config, parse_config
from generator.config.edit import with_feeds, without_feed
from generator.errors import GeneratorError
from generator.feeds import Fetched
from generator.feeds.address import shown
from generator.feeds.lines import item_line
from generator.files import read_bounded, write_atomic
from generator.news import Precision
from generator.text.addresses import host_of
from generator.text.clean import shorten


@click.group(help="Manage the sources and see their health.")
@site_option
def command() -> None:
    pass


@command.command("list")
@json_option
@site_option
def list_feeds(as_json: bool) -> int:
    """Show each feed: last success, items a week, failures in a row, newest item, share printed."""
    config = load_site()
    now = dt.datetime.now(dt.UTC)
    rows = feeds_health(config, now)
    if as_json:
        print_json({"feeds": [row.as_json(now) for row in rows]})
        return 0
    if not rows:
        say("site.toml names no feeds; add one with: ribao feeds add URL")
        return 0
    lines: list[tuple[str, ...]] = [
        ("state", "a week", "printed", "last success", "newest", "failures", "feed", "address")
    ]
    lines += [
        (
            str(row.condition or "off"),
            row.rate,
            f"{row.printed:.0%}" if row.items else "—",
            _ago(row.state.succeeded_at, now),
            _ago(row.newest, now),
            str(row.state.failures),
            shorten(row.feed.name, 40),
            shown(row.feed.url),
        )
        for row in rows
    ]
    click.echo(table(lines))
    for row in rows:
        if row.state.error:
            click.echo(f"{row.feed.name}: {row.state.error}")
    return 0


@command.command("add")
@click.argument("url")
@click.option("--name", default="", help="Its name in the paper; default: what the feed calls itself.")
@site_option
def add(url: str, name: str) -> int:
    """Add the feed at URL, or the one that the page at URL names."""
    config = load_site()
    found = discover(config, url)
    if known := next((feed for feed in config.feeds if feed.url == found.url), None):
        raise GeneratorError(f"{shown(found.url)} is among the feeds already, as {known.name}", kind="usage")
    called = _unique(name or found.title or host_of(found.url), config)
    _write(config, with_feeds(_text(config), [(called, found.url)]))
    say(f"added {called}: {shown(found.url)}")
    for other in found.others:
        say(f"the page names another: {shown(other.url)}" + (f" ({other.title})" if other.title else ""))
    return 0


@command.command("remove")
@click.argument("name")
@site_option
def remove(name: str) -> int:
    """Take the feed called NAME out of site.toml; its items stay in the store."""
    config = load_site()
    chosen(config, [name], argument="NAME")
    _write(config, without_feed(_text(config), name))
    say(f"removed {name}")
    return 0


@command.command("check")
@click.argument("names", nargs=-1)
@json_option
@site_option
def check(names: tuple[str, ...], as_json: bool) -> int:
    """Fetch the feeds without storing anything, and say what came."""
    config = load_site()
    results = ask(config, chosen(config, names, argument="NAMES"))
    if as_json:
        print_json({"feeds": [_checked(one) for one in results]})
    for one in results if not as_json else ():
        click.echo(
            f"{one.feed.name}: {one.error.removeprefix(f'{shown(one.feed.url)}: ') or _came(one, config)}"
        )
        for note in one.notes:
            click.echo(f"    {note}")
        if reasons := Counter(entry.why for entry in one.reading.dropped):
            click.echo(f"    left out: {told(reasons)}")
    return 0 if any(not one.error for one in results) else 1


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@site_option
def import_opml(file: Path) -> int:
    """Add the feeds of an OPML FILE."""
    from generator.commands.opml import read_opml

    config = load_site()
    there = {feed.url for feed in config.feeds}
    new: list[tuple[str, str]] = []
    found = read_opml(file)
    for source in found:
        if source.url not in there:
            new.append((_unique(source.name, config, taken=[name for name, _ in new]), source.url))
    _write(config, with_feeds(_text(config), new))
    known = len(found) - len(new)
    say(f"feeds added: {len(new)}" + (f"; {known} were there already" if known else ""))
    return 0


@command.command("items")
@site_option
def items() -> int:
    """Write every stored item to stdout, a JSON object a line; `collect --from` reads them back."""
    from generator.store import Store

    with Store.open(load_site().store) as store:
        for kept in store.export():
            click.echo(item_line(kept.item, shelved=kept.shelved))
    return 0


@command.command("export")
@site_option
def export() -> int:
    """Write the feeds as OPML to stdout."""
    from generator.commands.opml import opml

    config = load_site()
    for line in opml(config.site.title, config.feeds):
        click.echo(line)
    return 0


def _ago(when: dt.datetime | None, now: dt.datetime) -> str:
    if when is None:
        return "never"
    hours = (now - when).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} d ago"


def _came(one: Fetched, config: Config) -> str:
    """Say what a feed that could be read holds."""
    dated = [item for item in one.items if item.precision is not Precision.INFERRED]
    newest = max(dated, key=lambda item: item.published, default=None)
    told = f"newest {when(newest, config.site.zone)}" if newest else "none dated"
    return f"{len(one.items)} items, {told}" if one.items else "no items"


def _checked(one: Fetched) -> dict[str, Any]:
    newest = max((item.published for item in one.items), default=None)
    return {
        "name": one.feed.name,
        "url": one.feed.url,
        "error": one.error,
        "kind": one.word,
        "items": len(one.items),
        "newest": newest.isoformat() if newest else "",
        "notes": list(one.notes),
        "dropped": [{"title": entry.title, "why": entry.why} for entry in one.reading.dropped],
    }


def _unique(name: str, config: Config, *, taken: Iterable[str] = ()) -> str:
    known = {feed.name for feed in config.feeds} | set(taken)
    called, number = name, 2
    while called in known:
        called, number = f"{name} {number}", number + 1
    return called


def _text(config: Config) -> str:
    return read_bounded(config.root / CONFIG_NAME, 2_000_000).decode("utf-8-sig")


def _write(config: Config, text: str) -> None:
    parse_config(text, root=config.root)  # what we write must read back
    write_atomic(config.root / CONFIG_NAME, text.encode())
