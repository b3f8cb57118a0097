"""Proof that an incremental build is the full build: build again from nothing, compare every byte."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile

from generator.config.schema import Config
from generator.site.build import Options, build
from generator.site.output import MARKER


def differences(config: Config, options: Options) -> list[str]:
    """Return one line a file that differs between the output and a build from nothing."""
    output = os.path.abspath(options.output or config.output)
    os.makedirs(config.state, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="verify-", dir=config.state)
    try:
        fresh = os.path.join(folder, "public")
        again = dataclasses.replace(
            options, output=fresh, clean=True, cache=os.path.join(folder, "build.db"), executor=None
        )
        build(config, again)
        return compare(output, fresh)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compare(output: str, fresh: str) -> list[str]:
    """Compare two output folders, file by file."""
    here, there = files_of(output), files_of(fresh)
    lines = [f"{path}: is left over; a build from nothing does not have it" for path in sorted(here - there)]
    lines += [f"{path}: is missing; a build from nothing has it" for path in sorted(there - here)]
    for path in sorted(here & there):
        with open(os.path.join(output, path), "rb") as one, open(os.path.join(fresh, path), "rb") as other:
            if one.read() != other.read():
                lines.append(f"{path}: differs from a build from nothing")
    return lines


def files_of(folder: str) -> set[str]:
    """Relative paths of all files below a folder."""
    return {
        os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/")
        for parent, _, names in os.walk(folder)
        for name in names
        if name != MARKER
    }
