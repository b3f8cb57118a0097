"""A limit on the time one post may take, for texts that no count foresaw."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


class TooSlow(Exception):
    """The time was over."""


def _ring(*_: object) -> None:
    raise TooSlow


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` where the body takes more than `seconds` of this processor's time; 0 is no limit.

    Time of the process, not of the clock: a busy machine makes no build fail. Where a thread cannot
    be interrupted (any but the first; Windows) nothing is limited.
    """
    if (
        not seconds
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
