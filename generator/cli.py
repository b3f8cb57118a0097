"""The command line: one lazily imported module a command, one handler for every error.

Progress and problems go to stderr, results to stdout. Exit codes: 0 fine, 1 something is
wrong, 2 wrong usage or settings, 130 interrupted.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

import click

from generator import __version__
from generator.errors import GeneratorError
from generator.text.near import nearest

# Command → (module in generator.commands, one line of help). Kept here so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "daily": ("daily", "Collect, publish and build in one go."),
    "collect": ("collect", "Fetch the feeds into the store."),
    "publish": ("publish", "Write the day's edition into content/."),
    "build": ("build", "Render content/ into the site."),
    "serve": ("serve", "Preview the site; pages reload when you save."),
    "verify": ("verify", "Prove editions against their sources."),
    "check": ("check", "Find problems in the content."),
    "import": ("import_", "Bring posts in from another system."),
    "retract": ("retract", "Take a story back, leaving a notice."),
    "doctor": ("doctor", "Say what this machine and site have and lack."),
    "convert": ("convert", "Turn an edition from one format into another."),
    "desk": ("desk", "Write the day's candidates as a sheet for the editor."),
    "export": ("export", "Make paste-ready HTML for WeChat or mail."),
    "new": ("new", "Make a site, a post or a theme."),
    "feeds": ("feeds", "Manage the sources and see their health."),
    "deploy": ("deploy", "Publish the built site."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"generator.commands.{COMMANDS[name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS)
            hint = f" Did you mean {near}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ribao")
@click.option(
    "--site",
    type=click.Path(file_okay=False),
    help="The site's folder. Default: the nearest one with a site.toml.",
)
@click.pass_context
def cli(ctx: click.Context, site: str | None) -> None:
    """ribao (日报): from a day's feeds to a proven edition and a fast static site."""
    ctx.ensure_object(dict)["site"] = site


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    arguments = sys.argv[1:] if arguments is None else arguments
    _speak_utf8()
    try:
        code = cli.main(arguments, prog_name="ribao", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except GeneratorError as error:
        _report(error, as_json="--json" in arguments)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # the reader of our output went away (`ribao … | head`); nothing to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _report(error: GeneratorError, *, as_json: bool) -> None:
    for problem in error.problems:
        click.echo(f"error: {problem}" if not problem.path else str(problem), err=True)
    if as_json:
        click.echo(
            json.dumps(
                {"error": {"kind": error.kind, "problems": [_row(p) for p in error.problems]}},
                ensure_ascii=False,
            )
        )


def _row(problem: Any) -> dict[str, Any]:
    return {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "message": problem.message,
    }


def _speak_utf8() -> None:
    # a scheduled job may run with LC_ALL=C; Chinese must not become a traceback there
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
