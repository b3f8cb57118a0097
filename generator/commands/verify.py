"""`ribao verify`: prove editions against the sources they rest on; no network, no model, no key."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands import proving
from generator.commands.common import json_option, load_site, print_json, say, shown, site_option
from generator.commands.verdicts import Result
from generator.config import Config
from generator.errors import GeneratorError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Further sources: JSON lines of title, url, text.",
)
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF for annotations on a pull request.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Also write a page for each edition, its stories beside their sources, and one with the scores.",
)
@click.option("--accept", metavar="FINDING", help="Let the finding of this id stand; needs --why.")
@click.option("--why", metavar="TEXT", help="The reason, kept in the edition's record.")
@json_option
@site_option
def command(
    paths: tuple[Path, ...],
    sources: Path | None,
    as_sarif: bool,
    report: Path | None,
    accept: str | None,
    why: str | None,
    as_json: bool,
) -> int:
    """Prove editions against their sources: files or folders, else every post of the site.

    Without a record beside it, a file is held against itself and against --sources.
    Exit code 0: nothing found; 1: findings.
    """
    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif are two forms of one output; ask for one")
    if bool(accept) != bool(why and why.strip()):
        raise click.UsageError("--accept FINDING and --why TEXT belong together")
    config = _site(paths)
    results = proving.prove(config, paths, sources)
    if accept and why:
        return _accept(results, accept, why.strip())
    if report:
        from generator.commands.reviewing import write_reports

        written = write_reports(config, [one.target for one in results], report, proving.bytes_of(sources))
        say(f"{report / 'index.html'}: {written} editions")
    findings = [finding for result in results for finding in result.findings]
    if as_sarif:
        from generator.evidence.sarif import sarif

        print_json(sarif(findings))
    elif as_json:
        print_json({"findings": [one.row() for one in findings], "editions": [one.row() for one in results]})
    else:
        for finding in findings:
            click.echo(str(finding) + f"    [{finding.id}]")
        for result in results:
            if result.stories or result.findings:
                say(result.summary)
        if not results:
            say("no edition found to prove")
    return 1 if any(finding.severity != "note" for finding in findings) else 0


def _site(paths: tuple[Path, ...]) -> Config:
    """Return the site's settings; a file by itself is proven with the defaults."""
    try:
        return load_site()
    except GeneratorError as error:
        if (
            not paths
            or "site.toml" not in str(error)
            or click.get_current_context().ensure_object(dict).get("site")
        ):
            raise
        return Config(root=Path.cwd())


def _accept(results: list[Result], finding: str, why: str) -> int:
    for result in results:
        for one in result.findings:
            if one.id == finding:
                proving.accept(result, one, why)
                say(f"{shown(result.target.record)}: accepted {one.kind} [{one.id}] {one.words}: {why}")
                return 0
    known = {one.id for result in results for one in result.findings}
    raise GeneratorError(
        f"no finding has the id {finding!r}; there are {len(known)}: run ribao verify to see them"
    )
