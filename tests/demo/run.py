"""`make demo`: two recorded days, from feeds over HTTP to two editions and a site, in demo/.

It runs the commands a person would type. What was written by hand in demo/content/ stays; the
memory of this machine (.ribao/) starts anew, so that both days can be lived through again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.demo.server import PORT, serving

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
DAYS = {"2026-01-06": "2026-01-06T18:00", "2026-01-07": "2026-01-07T18:00"}  # day → when it is printed


class DemoError(Exception):
    """A command of the demo failed; its own message stands above."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--into", type=Path, default=REPOSITORY / "demo", help="folder of the demo's site")
    site = parser.parse_args().into.resolve()
    started = time.monotonic()
    try:
        play(site)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    shown = os.path.relpath(site)
    print(f"\nDone in {time.monotonic() - started:.0f} s. Two editions and their site are in {shown}/.")
    print(f"  open  {site / 'public' / 'index.html'}")
    print(f"  or    {ribao_name()} serve --site {shown}     (pages reload when you save)")
    print(f"  edit  {shown}/content/posts/2026-01-07/index.md and run it again: your words stay")
    return 0


def play(site: Path) -> None:
    """Live both days in the site's folder. Raises `DemoError`."""
    prepare(site)
    settings = (HERE / "site.toml").read_text(encoding="utf-8")
    with serving() as server:
        # the settings name the port; another one is used only while the usual one is taken
        write(site / "site.toml", settings.replace(f":{PORT}", f":{server.port}"))
        try:
            for day, moment in DAYS.items():
                server.day = day
                ribao(site, "collect", "--at", moment)
                ribao(site, "publish", "--date", day, "--at", moment, "--editor", "offline")
        finally:
            write(site / "site.toml", settings)
    ribao(site, "build")


def prepare(site: Path) -> None:
    if site.exists() and not (site / "site.toml").is_file() and any(site.iterdir()):
        raise DemoError(f"{site} is not a demo's folder; name an empty one with --into")
    shutil.rmtree(site / ".ribao", ignore_errors=True)
    write(site / "site.toml", (HERE / "site.toml").read_text(encoding="utf-8"))
    about = site / "content" / "pages" / "about.md"
    if not about.exists():
        write(about, (HERE / "about.md").read_text(encoding="utf-8"))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def ribao(site: Path, *arguments: str) -> None:
    """Run a command as a person would; what it prints is shown."""
    print(f"\n$ ribao {' '.join(arguments)}", flush=True)
    # the recorded days are for everybody: no key of this machine may make a difference
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANTHROPIC_")}
    command = [sys.executable, "-m", "generator", "--site", str(site), *arguments]
    code = subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode
    if code:
        raise DemoError(f"'ribao {' '.join(arguments)}' ended with {code}")


def ribao_name() -> str:
    """Return how to call ribao here: it need not be on the path."""
    beside = Path(sys.executable).with_name("ribao.exe" if os.name == "nt" else "ribao")
    if shutil.which("ribao") or not beside.exists():
        return "ribao"
    return os.path.relpath(beside)


if __name__ == "__main__":
    sys.exit(main())
