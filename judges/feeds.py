"""Read every feed of built sites with feedparser, a second parser beside the one of judge.mjs.

python judges/feeds.py FOLDER…

Prints a line for each folder; exits with 1 when a feed is not well-formed or has no entries.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import feedparser


def problem(path: Path) -> str:
    """What is wrong with a feed; "" when nothing is."""
    data = path.read_bytes()
    if path.suffix == ".json":
        return "" if json.loads(data)["items"] else "no entries"
    read = feedparser.parse(data)
    if read.bozo:
        return str(read.bozo_exception)
    return "" if read.entries else "no entries"


def main(folders: list[str]) -> int:
    failed = False
    for folder in map(Path, folders):
        feeds = sorted(path for name in ("feed.xml", "atom.xml", "feed.json") for path in folder.rglob(name))
        problems = [f"{path.relative_to(folder)}: {text}" for path in feeds if (text := problem(path))]
        failed |= bool(problems) or not feeds
        verdict = "FAIL" if problems or not feeds else "ok  "
        sys.stdout.write(f"{verdict} feedparser ({len(feeds)} feeds of {folder})\n")
        sys.stdout.writelines(f"     {line}\n" for line in problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
