"""`ribao feeds`: the sources as a garden: which there are, how they are, new ones in, dead ones out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import click

from generator.commands.collect import agent_of, chosen
from generator.commands.common import json_option, load_site, print_json, say, site_option
from generator.commands.health import feeds_health
from generator.commands.report import table
from generator.config import CONFIG_NAME, Config, FeedConfig, parse_config
from generator.config.edit import with_feeds, without_feed
from generator.errors import GeneratorError
from generator.feeds import FeedError, Fetched, collect
from generator.feeds.address import shown
from generator.feeds.lines import item_line
from generator.files import read_bounded, write_atomic
from generator.text.addresses import host_of
from generator.text.clean import shorten

MAX_OPML = 5_000_000


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
    lines: list[tuple[str, ...]] = [
        ("state", "a week", "printed", "last success", "newest", "failures", "feed", "address")
    ]
    lines += [
        (
            str(row.condition or "off"),
            f"{row.items_a_week:.0f}",
            f"{row.printed:.0%}",
            _ago(row.state.succeeded_at, now),
            _ago(row.state.newest, now),
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
    address, title = _discovered(config, url if "://" in url else f"https://{url}")
    if any(feed.url == address for feed in config.feeds):
        raise GeneratorError(f"{address} is among the feeds already", kind="usage")
    called = _unique(name or title or host_of(address), config)
    _write(config, with_feeds(_text(config), [(called, address)]))
    say(f"added {called}: {address}")
    return 0


@command.command("remove")
@click.argument("name")
@site_option
def remove(name: str) -> int:
    """Take the feed called NAME out of site.toml; its items stay in the store."""
    config = load_site()
    chosen(config, [name])
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
    results = list(_fetched(config, chosen(config, names)))
    if as_json:
        print_json({"feeds": [_checked(one) for one in results]})
    for one in results if not as_json else ():
        row = _checked(one)
        click.echo(
            f"{one.feed.name}: "
            + (row["error"] or f"{row['items']} items, newest {row['newest'] or 'undated'}")
        )
    return 0 if any(not one.error for one in results) else 1


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@site_option
def import_opml(file: Path) -> int:
    """Add the feeds of an OPML FILE; those that are there already are left alone."""
    from generator.scaffold.opml import sources

    config = load_site()
    text = read_bounded(file, MAX_OPML).decode("utf-8-sig", errors="replace")
    there = {feed.url for feed in config.feeds}
    new: list[tuple[str, str]] = []
    for source in sources(text, str(file)):
        if source.url not in there:
            new.append((_unique(source.name, config, taken=[name for name, _ in new]), source.url))
    _write(config, with_feeds(_text(config), new))
    say(f"{len(new)} feeds added")
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
    config = load_site()
    click.echo('<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">')
    click.echo(
        f"<head><title>{config.site.title.replace('&', '&amp;').replace('<', '&lt;')}</title></head>\n<body>"
    )
    for feed in config.feeds:
        named = quoteattr(feed.name)
        click.echo(f'<outline type="rss" text={named} title={named} xmlUrl={quoteattr(feed.url)}/>')
    click.echo("</body>\n</opml>")
    return 0


def _ago(when: dt.datetime | None, now: dt.datetime) -> str:
    if when is None:
        return "never"
    hours = (now - when).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} d ago"


def _discovered(config: Config, url: str) -> tuple[str, str]:
    """Return the feed's address and its own name. Raises `GeneratorError` when there is none."""
    one = next(iter(_fetched(config, [FeedConfig(url, url)])))
    if not one.error:
        return one.state.url or url, one.reading.title
    from generator.feeds.discover import feeds_of_page
    from generator.feeds.fetch import Fetcher

    fetcher = Fetcher(config.collect, agent_of(config), dt.datetime.now(dt.UTC))
    try:
        answer = fetcher.get(url, accept="text/html,*/*;q=0.5")
    except FeedError as error:
        raise GeneratorError(f"{url}: {error}", kind="network") from None
    finally:
        fetcher.close()
    for link in feeds_of_page(answer.raw.decode("utf-8", errors="replace"), answer.url):
        there = next(iter(_fetched(config, [FeedConfig(link.url, link.url)])))
        if not there.error:
            return link.url, there.reading.title or link.title
    raise GeneratorError(f"{url}: is no feed ({one.error}), and names none that can be read", kind="network")


def _fetched(config: Config, feeds: list[FeedConfig]) -> Iterable[Fetched]:
    now = dt.datetime.now(dt.UTC)
    return collect(feeds, config.collect, {}, now, agent=agent_of(config), even_waiting=True)


def _checked(one: Fetched) -> dict[str, Any]:
    newest = max((item.published for item in one.items), default=None)
    return {
        "name": one.feed.name,
        "url": one.feed.url,
        "error": str(one.error) if one.error else "",
        "items": len(one.items),
        "newest": newest.isoformat() if newest else "",
        "notes": list(one.notes),
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
