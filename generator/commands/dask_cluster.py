"""`--executor dask://host:port`: batches of posts are composed by a Dask cluster's workers.

A worker gets a batch's bytes and returns rows and bodies, so it needs the same ribao and none of our
disk. A worker that dies has its batches done by another: composing is a pure function.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from generator.errors import GeneratorError

if TYPE_CHECKING:
    from concurrent.futures import Executor

WAIT = 10  # seconds for the scheduler to answer, and for a first worker


@contextlib.contextmanager
def cluster_at(address: str) -> Iterator[Executor | None]:
    """A cluster's executor for `dask://host:port`; None for ""."""
    if not address:
        yield None
        return
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise click.BadParameter(f"{address!r}; write it like dask://10.0.0.5:8786", param_hint="--executor")
    from concurrent.futures import CancelledError

    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise GeneratorError(
            "a Dask cluster needs the scale extra; install it with: pip install 'ribao[scale]'", kind="usage"
        ) from None
    try:
        client = Client(f"tcp://{place}", timeout=WAIT)
    except (OSError, ValueError) as error:
        raise GeneratorError(
            f"{address}: no scheduler answers ({error}); start one with: dask scheduler", kind="network"
        ) from error
    with client:
        _same_program(client, address)
        try:
            # not pure: the same batch is never sent twice, so its bytes need no name
            yield client.get_executor(pure=False)
        except (KilledWorker, CancelledError, OSError) as error:
            if isinstance(error, GeneratorError):
                raise
            raise GeneratorError(
                f"{address}: the cluster was lost while posts were composed ({type(error).__name__});"
                " nothing was published, build again",
                kind="network",
            ) from error


def _same_program(client: object, address: str) -> None:
    """Raise `GeneratorError` unless there are workers and all would draw what we draw."""
    from generator.site.fingerprints import program_fingerprint

    try:
        client.wait_for_workers(1, timeout=WAIT)  # type: ignore[attr-defined]  # a client of distributed, which has no types
        found = client.run(program_fingerprint)  # type: ignore[attr-defined]  # a client of distributed, which has no types
    except TimeoutError:
        raise GeneratorError(
            f"{address}: has no workers; start one with: dask worker HOST:PORT", kind="network"
        ) from None
    except ImportError as error:
        raise GeneratorError(
            f"{address}: a worker lacks what it needs ({error}); install the same ribao there", kind="usage"
        ) from error
    others = sorted(worker for worker, program in found.items() if program != program_fingerprint())
    if others:
        raise GeneratorError(
            f"{address}: {', '.join(others[:3])} would draw other pages: another version of ribao,"
            " Python or a package; install the same there",
            kind="usage",
        )
