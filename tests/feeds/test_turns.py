"""Fetching and reading go side by side: neither waits for the other longer than it must."""

from __future__ import annotations

import threading
import time

import pytest

from generator.feeds.turns import by_turns


def test_a_reader_that_is_only_starting_keeps_nobody_from_the_network() -> None:
    fetched: list[int] = []
    enough = threading.Event()

    def fetch(number: int) -> int:
        fetched.append(number)
        if len(fetched) == 9:
            enough.set()
        return number

    def read(number: int) -> int:
        # one is being read, four wait to be, and four are fetched
        assert enough.wait(10)
        return -number

    found = by_turns(range(20), fetch, read, url=str, workers=4, readers=1, per_host=4)
    assert sorted(found) == [-number for number in range(19, -1, -1)]


def test_answers_do_not_pile_up_before_a_slow_reader() -> None:
    fetched: list[int] = []
    ahead: list[int] = []

    def fetch(number: int) -> int:
        fetched.append(number)
        return number

    def read(number: int) -> int:
        time.sleep(0.005)
        ahead.append(len(fetched) - len(ahead))
        return number

    assert len(list(by_turns(range(50), fetch, read, url=str, workers=2, readers=1, per_host=2))) == 50
    # one is being read, two wait to be, and two are fetched
    assert 2 < max(ahead) <= 1 + 2 + 2


@pytest.mark.parametrize("broken", ["fetch", "read"])
def test_what_is_raised_against_the_rule_ends_the_run_and_does_not_hang_it(broken: str) -> None:
    def work(number: int | str) -> str:
        raise ZeroDivisionError

    both = {"fetch": str, "read": str, broken: work}
    with pytest.raises(ZeroDivisionError):
        list(by_turns(range(9), both["fetch"], both["read"], url=str, workers=2, readers=1, per_host=2))


def test_no_thread_is_left_when_all_is_read() -> None:
    before = threading.active_count()
    assert len(list(by_turns(range(9), str, len, url=str, workers=4, readers=2, per_host=2))) == 9
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
