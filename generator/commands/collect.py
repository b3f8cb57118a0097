"""`ribao collect`: fetch the feeds, or read saved ones, into the store."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from generator import __version__
from generator.commands.common import Progress, json_option, load_site, moment, print_json, say, site_option
from generator.commands.repeats import Repeats, few
from generator.commands.report import FeedReport, RunReport, print_report
from generator.config import Config, FeedConfig
from generator.config.schema import CollectConfig
from generator.errors import BusyError, GeneratorError
from generator.feeds import Fetched, Page, ParsePool, Wanted, article, collect, read_pages, saved
from generator.files import lock
from generator.news import Precision
from generator.parallel import processors
from generator.store import Added, Store
from generator.text.addresses import host_of
from generator.text.near import nearest

_FRESH = dt.timedelta(hours=48)
"""Entries older than this are no news any more: their articles are not read."""


@click.command()
@click.option("--feed", "names", multiple=True, metavar="NAME", help="Only this feed; may be repeated.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Read saved feeds or items from a file or folder instead of the network.",
)
@click.option("--at", metavar="TIME", help="The moment this was, as 2026-01-07T08:30; default: now.")
@click.option("--items", is_flag=True, help="Show each item too: where it is, and why.")
@json_option
@site_option
def command(names: tuple[str, ...], source: Path | None, at: str | None, items: bool, as_json: bool) -> int:
    """Fetch the feeds into the store. Dead feeds are reported, not fatal."""
    config = load_site()
    report = run_collect(config, names=names, source=source, now=moment(at, config))
    if as_json:
        print_json(report.as_json())
    else:
        print_report(report, config.site.zone, items=items)
    for line in few(report.neglected(config.collect)):
        say(line)
    return 0 if report.worked else 1


def run_collect(
    config: Config,
    *,
    names: Sequence[str] = (),
    source: Path | None = None,
    every: bool = False,
    now: dt.datetime,
) -> RunReport:
    """Collect into the site's store and return what each feed did; `every` asks slow feeds too.

    Raises `BusyError` when another collect runs here, `StoreError` before anything is fetched
    when the store cannot be written.
    """
    feeds = chosen(config, names)
    since = now - dt.timedelta(hours=config.edition.window_hours)
    if source is None and not feeds:
        raise GeneratorError("site.toml names no feeds; add one with: ribao feeds add URL", kind="settings")
    with collecting(config) as store:
        if source is not None:
            with ParsePool(config.collect, processors()) as parsers:
                found = saved(source, config.feeds, config.collect, now, parsers)
                return _store(store, found, now, since, None, keep_states=False)
        agent = agent_of(config)
        results = collect(
            feeds,
            config.collect,
            store.feed_states(),
            now,
            agent=agent,
            every=every,
            even_waiting=bool(names),
        )
        report = _store(store, results, now, since, Progress("feeds", len(feeds)))
        report = dataclasses.replace(report, feeds=_in_order(report.feeds, feeds))
        report = dataclasses.replace(report, pages=_articles(store, feeds, config.collect, now, agent))
        if days := config.collect.retention_days:
            store.forget(now - dt.timedelta(days=days))
        return report


@contextmanager
def collecting(config: Config) -> Iterator[Store]:
    """Open the store for collecting, alone: a second collect on this machine is told to wait."""
    with lock(config.state / "collect.lock", "collect"), Store.open(config.store) as store:
        yield store


def chosen(config: Config, names: Sequence[str], *, argument: str = "--feed") -> list[FeedConfig]:
    """Return the enabled feeds, or those that `argument` asks for by name."""
    if not names:
        return [feed for feed in config.feeds if feed.enabled]
    known = {feed.name: feed for feed in config.feeds}
    if missing := [name for name in names if name not in known]:
        near = nearest(missing[0], known, cutoff=0.4)
        hint = f"; did you mean {near!r}?" if near else "; see: ribao feeds list"
        raise click.BadParameter(f"there is no feed {missing[0]!r}{hint}", param_hint=argument)
    return [known[name] for name in dict.fromkeys(names)]


def agent_of(config: Config) -> str:
    """Return the User-Agent: who asks, and where to read about it."""
    if config.collect.user_agent:
        return config.collect.user_agent
    host = host_of(config.site.base_url)
    about = f"+{config.site.base_url}" if "." in host and not host[-1].isdigit() else "feed reader"
    return f"ribao/{__version__} ({about})"


def _store(
    store: Store,
    results: Iterable[Fetched],
    now: dt.datetime,
    since: dt.datetime,
    progress: Progress | None,
    *,
    keep_states: bool = True,
) -> RunReport:
    """Store each result as it comes, so that an interrupt loses only what was not finished."""
    reports = []
    repeats = Repeats()
    for fetched in results:
        added = store.add(fetched.items, now, shelved=fetched.reading.shelved)
        if keep_states and fetched.outcome != "waiting":
            if _brought(fetched, added):
                fetched = dataclasses.replace(fetched, state=dataclasses.replace(fetched.state, new_at=now))
            # after its items: validators must not outlive them
            store.save_feed(fetched.state)
        report = FeedReport(fetched, added, since)
        reports.append(report)
        if progress:
            progress.step(fetched.feed.name)
        for line in repeats.now(report.trouble, report.name, report.problems()):
            say(line)
    for line in repeats.rest():
        say(line)
    return RunReport(tuple(reports), now)


def _in_order(reports: Sequence[FeedReport], feeds: Sequence[FeedConfig]) -> tuple[FeedReport, ...]:
    """Return the reports as the settings name their feeds; they came as each was done."""
    place = {feed.name: number for number, feed in enumerate(feeds)}
    return tuple(sorted(reports, key=lambda report: place[report.name]))


def _brought(fetched: Fetched, added: Added) -> bool:
    """Whether a feed brought an undated entry that is new; of the others their dates tell."""
    return any(
        item.precision is Precision.INFERRED and added.where.get(item.id) == "new" for item in fetched.items
    )


def _articles(
    store: Store, feeds: Sequence[FeedConfig], limits: CollectConfig, now: dt.datetime, agent: str
) -> tuple[Page, ...]:
    """Read the new entries of feeds with `full_text` in full, each page once.

    Where that fails the feed's own text serves, and a line says so.
    """
    full = [feed for feed in feeds if feed.full_text]
    if not full:
        return ()
    if not article.available():
        say(
            f"full_text: needs trafilatura; the text of {len(full)} feeds serves."
            " Install it with: pip install 'ribao[fulltext]'"
        )
        return ()
    wanted = {
        url: Wanted(url, link, feed.name, feed.url)
        for feed in full
        for url, link in store.unread_pages(feed.name, now - _FRESH, limits.max_pages).items()
    }
    progress = Progress("articles", len(wanted))
    pages = []
    for page in read_pages(list(wanted.values()), limits, now, agent=agent):
        if page.settled:
            store.save_page(page.wanted.url, now, page.word, page.text)
        pages.append(page)
        progress.step(page.wanted.feed)
        if page.error:
            say(f"{page.wanted.feed}: {page.error}; the feed's text serves")
    return tuple(pages)


__all__ = ["BusyError", "command", "run_collect"]
