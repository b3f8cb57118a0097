"""How soon a preview is there and shows what was saved: ribao's and, when it is installed, Hugo's.

    python -m bench.serve [--posts 1000] [--edits 5] [--folder DIR] [--hugo PATH]

ready: from the start until a page of the middle of the archive comes. saved: from writing a post until its
page shows it. last of a burst: ten saves 30 ms apart, until the last one shows. Seconds; medians of `saved`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.build import make
from bench.sites import HUGO, PLAIN

_PATIENCE = 300.0


def until(port: int, path: str, mark: str) -> float:
    """Ask for a page until it holds `mark`; return the seconds that took."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < _PATIENCE:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", path)
            if mark in line.getresponse().read().decode("utf-8", "replace"):
                return time.perf_counter() - begun
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.01)
    sys.exit(f"{path} never showed {mark!r}")


def measure(name: str, command: list[str], site: Path, port: int, posts: int, edits: int) -> str:
    """Start a preview, save posts, and say how long each took, as a row of a table."""
    middle = site / "content" / "posts" / f"daily-{posts // 2:05d}.md"
    page, text = f"/posts/daily-{posts // 2:05d}/", middle.read_text(encoding="utf-8")
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ready = until(port, page, "更多动态")
        time.sleep(2)
        saved = []
        for number in range(edits):
            middle.write_text(f"{text}\n第{number}次保存。\n", encoding="utf-8")
            saved.append(until(port, page, f"第{number}次保存"))
            time.sleep(1)
        for number in range(10):
            middle.write_text(f"{text}\n连续第{number}次。\n", encoding="utf-8")
            time.sleep(0.03)
        burst = until(port, page, "连续第9次")
    finally:
        process.terminate()
        process.wait()
        middle.write_text(text, encoding="utf-8")
    return f"| {name} | {ready:.2f} | {statistics.median(saved):.3f} | {burst:.2f} |"


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--hugo", default=shutil.which("hugo") or "")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=asked.folder))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    ours = [sys.executable, "-m", "generator"]
    try:
        site = make(folder / "ribao", asked.posts, {"site.toml": PLAIN})
        rows = []
        for name in ("ribao, from nothing", "ribao, after a build"):
            port = free_port()
            rows.append(
                measure(name, [*ours, "serve", "--port", str(port)], site, port, asked.posts, asked.edits)
            )
            shutil.rmtree(site / ".ribao")
            subprocess.run([*ours, "build"], cwd=site, capture_output=True, check=True)
        if asked.hugo:
            port = free_port()
            other = make(folder / "hugo", asked.posts, HUGO)
            command = [asked.hugo, "server", "--port", str(port), "--disableBrowserError"]
            rows.append(measure("Hugo", command, other, port, asked.posts, asked.edits))
        print(
            f"{asked.posts} posts\n\n| seconds | ready | saved | last of a burst |\n| --- | --- | --- | --- |"
        )
        print("\n".join(rows))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
