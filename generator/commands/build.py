"""`ribao build`: content/ → the site."""

from __future__ import annotations

import dataclasses
import time

import click

from generator.commands.common import json_option, load_site, moment, print_json, say, site_option


@click.command(help="Render content/ into the site.")
@click.option("--output", metavar="DIR", default="", help="Write here instead of build.output.")
@click.option("--clean", is_flag=True, help="Ignore what earlier builds remembered.")
@click.option("--jobs", type=click.IntRange(0, 256), default=0, help="Processes; default: all processors.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show posts dated in the future too.")
@click.option("--verify", is_flag=True, help="Build a second time from nothing and compare every byte.")
@click.option("--executor", metavar="dask://HOST:PORT", default="", help="Compose posts on a Dask cluster.")
@click.option("--at", metavar="TIME", default=None, help="Build as if it were this moment.")
@json_option
@site_option
def command(
    output: str,
    clean: bool,
    jobs: int,
    drafts: bool,
    future: bool,
    verify: bool,
    executor: str,
    at: str | None,
    as_json: bool,
) -> int:
    from generator.commands.building import build_site
    from generator.commands.dask_cluster import cluster_at
    from generator.parallel import processors
    from generator.site.build import Options

    config = load_site()
    started = time.perf_counter()
    with cluster_at(executor) as cluster:
        options = Options(
            now=moment(at, config),
            output=output,
            drafts=drafts,
            future=future,
            clean=clean,
            jobs=processors(jobs),
            executor=cluster,
        )
        report = build_site(config, options, say)
    seconds = time.perf_counter() - started
    for note in report.notes:
        if note.severity == "warning":
            say(str(note))
    for source, when in report.scheduled:
        say(f"{source}: appears {when.isoformat(timespec='minutes')}")
    different: list[str] = []
    if verify:
        from generator.site.verify import differences

        different = differences(config, options)
        for line in different:
            say(line)
    if as_json:
        print_json(
            {
                "posts": report.posts,
                "pages": report.pages,
                "written": report.written,
                "removed": report.removed,
                "composed": report.composed,
                "seconds": round(seconds, 3),
                "scheduled": [
                    {"source": source, "appears": when.isoformat()} for source, when in report.scheduled
                ],
                "warnings": [dataclasses.asdict(note) for note in report.notes if note.severity == "warning"],
                "different": different,
            }
        )
    else:
        hidden = f", {_counted(report.drafts, 'draft')} left out" if report.drafts else ""
        say(
            f"{_counted(report.posts, 'post')}, {_counted(report.pages, 'file')}: {report.written} written,"
            f" {report.removed} removed{hidden}, {seconds:.2f} s"
        )
        if verify and not different:
            say("verified: a build from nothing gives the same bytes")
    return 1 if different else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
