"""A temporary PostgreSQL cluster on a socket in a folder, as `initdb` and `pg_ctl` make it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import pytest


@dataclass
class Cluster:
    """A running server; every schema it hands out is a store's own."""

    programs: Path
    folder: Path
    schemas: int = field(default=0, init=False)

    @classmethod
    def start(cls, folder: Path) -> Cluster:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        there = shutil.which("initdb")
        if not found and not there:
            pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
        # sockets need a short path that another user may enter
        place = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        cluster = cls((found[-1] if found else Path(str(there))).parent, place)
        if os.geteuid() == 0:
            shutil.chown(place, "postgres", "postgres")
        cluster.run("initdb", "-D", place / "data", "-A", "trust", "-U", "ribao", "-E", "UTF8", "--no-sync", "--no-locale")  # fmt: skip
        options = f"-k {place} -c listen_addresses= -c fsync=off -c max_connections=30"
        cluster.run("pg_ctl", "-D", place / "data", "-o", options, "-l", place / "log", "-w", "start")
        return cluster

    def run(self, program: str, *arguments: object) -> None:
        """Run one of PostgreSQL's programs, which refuse to work for root."""
        owner: dict[str, Any] = (
            {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        )
        subprocess.run(
            [self.programs / program, *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            timeout=60,
            **owner,
        )

    def address(self, options: str = "") -> str:
        return f"postgresql://ribao@/postgres?host={quote(str(self.folder), safe='')}{options}"

    def schema(self) -> str:
        """Make an empty schema and return the address of a store in it."""
        import psycopg

        self.schemas += 1
        name = f"paper{self.schemas}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"create schema {name}".encode())
        return self.address(f"&options=-csearch_path%3D{name}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)
