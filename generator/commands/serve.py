"""`ribao serve`: a live preview; pages are drawn when asked for and reload when something is saved."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import signal
from collections.abc import Iterator

import click

from generator.commands.common import load_site, say, site_option
from generator.errors import BusyError, GeneratorError


@click.command(help="Preview the site; pages reload when you save.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show posts dated in the future too.")
@site_option
def command(host: str, port: int, drafts: bool, future: bool) -> int:
    from generator.commands.archive import Archive
    from generator.commands.reviewing import review_page
    from generator.parallel import processors
    from generator.site.preview.server import OWN, Preview
    from generator.site.preview.studio import Studio
    from generator.site.preview.watch import Watcher
    from generator.site.urls import escape_path

    config = load_site()
    studio = Studio(config.root, drafts=drafts, future=future, jobs=processors())
    try:
        server = Preview((host, port), studio, lambda path: review_page(config.root, path))
    except OSError as error:
        raise _unreachable(error, host, port) from None
    if not _loopback(host):
        say(f"warning: {host} is open to other machines: whoever reaches it can read drafts")
    watcher = Watcher(config.root, lambda parts: _tell(server.refresh(parts).problems))
    with _terminable():
        try:
            watcher.start()
            _tell(server.refresh().problems)
            place = f"http://{_name(host)}:{server.server_address[1]}"
            say(f"{place}{escape_path(server.base)}   (reloads when you save; Ctrl-C ends it)")
            if Archive(config).recorded():
                say(f"{place}{OWN}review/   (each story beside its sources)")
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            say("preview ended")
        finally:
            watcher.stop()
            server.end()
    return 0


def _tell(problems: tuple[object, ...]) -> None:
    for problem in problems:
        say(str(problem))


def _unreachable(error: OSError, host: str, port: int) -> GeneratorError:
    if error.errno == errno.EADDRINUSE:
        return BusyError(
            f"port {port} is in use; end the other program or choose another: ribao serve --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return GeneratorError(
            f"port {port} needs rights this user lacks; choose one above 1024: ribao serve --port 8000"
        )
    return GeneratorError(
        f"cannot listen on {host}: {error.strerror or error}; write an address of this machine", kind="usage"
    )


def _name(host: str) -> str:
    """The host as a browser on this machine can ask for it: "all addresses" is none."""
    with contextlib.suppress(ValueError):
        if (address := ipaddress.ip_address(host)).is_unspecified:
            host = "127.0.0.1" if address.version == 4 else "::1"
    return f"[{host}]" if ":" in host else host


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the preview as Ctrl-C does."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
