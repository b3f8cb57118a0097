"""Hold the log of `ribao verify --sarif` to the official schema and rules, by the validator of SARIF's authors.

python judges/sarif.py SITE

The editions of a copy of SITE are given faults first, so that the log holds results. Exits with 1
when the validator reports an error, or when there is no result to judge.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VALIDATOR = HERE / "node_modules/.bin/sarif-multitool"
ENVIRONMENT = {
    **os.environ,
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
}  # else it needs a library of its own


def broken(site: Path, to: Path) -> None:
    """Copy a site and make its posts untrue: every 亿 a 万, and an address with a space."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(site, to, ignore=shutil.ignore_patterns("public"))
    for post in to.glob("content/posts/*/index.md"):
        text = post.read_text(encoding="utf-8").replace("亿", "万").replace("](https://", "](https:// ", 1)
        post.write_text(text, encoding="utf-8")


def errors(log: Path) -> list[str]:
    """Return what the validator holds against a log."""
    for program in HERE.glob("node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool"):
        program.chmod(0o755)  # its install step, which is not run
    verdict = log.with_suffix(".verdict.json")
    subprocess.run(
        [VALIDATOR, "validate", log, "--output", verdict, "--log", "ForceOverwrite"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    results = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    return [
        f"{one['ruleId']}: {' '.join(one['message'].get('arguments', []))}"
        for one in results
        if one.get("level") == "error"
    ]


def main(site: Path) -> int:
    copy = site.parent / "untrue"
    broken(site, copy)
    made = subprocess.run(
        [sys.executable, "-m", "generator", "--site", copy, "verify", "--sarif"],
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
        check=False,
    )
    log = copy / "findings.sarif"
    log.write_bytes(made.stdout)
    results = json.loads(made.stdout)["runs"][0]["results"]
    found = errors(log)
    sys.stdout.write(f"{'ok  ' if results and not found else 'FAIL'} SARIF ({len(results)} results)\n")
    sys.stdout.writelines(f"     {line}\n" for line in found)
    return int(bool(found) or not results)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]).resolve()))
