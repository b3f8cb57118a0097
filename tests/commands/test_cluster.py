"""A Dask cluster composes posts to the same bytes, also when one of its workers is killed on the way."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from generator.commands.dask_cluster import cluster_at
from generator.config import load_config
from generator.errors import GeneratorError
from generator.site.build import Options, build
from generator.site.verify import compare

distributed = pytest.importorskip("distributed")
NOW = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
CODE = "```python\ndef f(x):\n    return {'汉': [x, 1.5, \"s\"]}  # c\n```\n\n**影响：**对行业，见 https://e.com，后文\n\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path, cluster: Any) -> None:
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    for number in range(200):
        head = f"title: 第{number}篇\ndate: 2026-01-{number % 28 + 1:02}\ntags: [AI, t{number % 7}]"
        (posts / f"p{number}.md").write_text(f"---\n{head}\n---\n\n{CODE * 8}", encoding="utf-8")
    (tmp_path / "site.toml").write_text('[site]\ntheme = "plain-bench"\n', encoding="utf-8")
    config = load_config(tmp_path)
    here, there = tmp_path / "here", tmp_path / "there"
    build(config, Options(now=NOW, output=str(here), cache=str(tmp_path / "here.db")))
    killed: list[int] = []

    def kill_one(client: Any) -> None:
        workers = client.run(os.getpid)
        while True:
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            if busy:
                os.kill(workers[busy[0]], signal.SIGKILL)
                killed.append(workers[busy[0]])
                return
            time.sleep(0.01)

    address = cluster.scheduler_address.replace("tcp://", "dask://")
    with distributed.Client(cluster.scheduler_address) as client, cluster_at(address) as executor:
        hunter = threading.Thread(target=kill_one, args=(client,), daemon=True)
        hunter.start()
        build(
            config, Options(now=NOW, output=str(there), cache=str(tmp_path / "there.db"), executor=executor)
        )
        hunter.join(5)
    assert killed
    assert compare(str(there), str(here)) == []


def test_what_is_wrong_with_the_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.commands.dask_cluster.WAIT", 0.5)
    with pytest.raises(click.BadParameter, match="dask://"), cluster_at("spark://a:1"):
        pass
    with (
        pytest.raises(GeneratorError, match="no scheduler answers") as caught,
        cluster_at("dask://127.0.0.1:9"),
    ):
        pass
    assert caught.value.kind == "network"


def upgrade() -> None:
    """Let a worker be of another version."""
    from generator.site import fingerprints

    fingerprints.program_fingerprint = lambda: "another"  # type: ignore[assignment]


def test_workers_of_another_version_are_refused(cluster: Any) -> None:
    with distributed.Client(cluster.scheduler_address) as client:
        client.run(upgrade)
    address = cluster.scheduler_address.replace("tcp://", "dask://")
    with pytest.raises(GeneratorError, match="would draw other pages"), cluster_at(address):
        pass
