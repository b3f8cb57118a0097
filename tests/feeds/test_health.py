"""Which sources are dead or silent is decided in one place, by the settings' days."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.config.schema import CollectConfig
from generator.feeds.health import Condition, complaint, condition
from generator.sources import FeedState

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LATELY, LONG_AGO = dt.datetime(2026, 2, 10, tzinfo=dt.UTC), dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def state(**values: object) -> FeedState:
    return FeedState("甲报", checked_at=NOW, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected", "says"),
    [
        (FeedState("甲报"), Condition.NEW, ""),
        (state(succeeded_at=NOW, newest=NOW), Condition.OK, ""),
        (state(succeeded_at=NOW, newest=LATELY), Condition.OK, ""),
        (state(succeeded_at=NOW, newest=NOW, failures=1), Condition.FAILING, ""),
        (state(failures=2), Condition.FAILING, ""),
        (state(failures=3), Condition.DEAD, "never worked; mend its address or remove it"),
        (state(succeeded_at=LATELY, newest=NOW, failures=9), Condition.DEAD, "has not worked since 2026-02-10; mend its address or remove it"),
        (state(succeeded_at=LATELY, newest=NOW), Condition.OK, ""),  # not asked since, which is not its fault
        (state(succeeded_at=NOW, newest=NOW, gone=True, failures=1), Condition.DEAD, "is gone for good; mend its address or remove it"),
        (state(succeeded_at=NOW, newest=LONG_AGO), Condition.SILENT, "has had nothing new since 2026-01-02; see whether it has moved"),
        (state(succeeded_at=NOW, newest=LONG_AGO, new_at=LATELY), Condition.OK, ""),
    ],
)  # fmt: skip
def test_a_source_does_as_its_state_says(one: FeedState, expected: Condition, says: str) -> None:
    assert condition(one, CollectConfig(), NOW) is expected
    assert complaint(one, CollectConfig(), NOW) == (f"甲报: {says}" if says else "")


def test_the_days_are_settings() -> None:
    limits = CollectConfig(dead_after_days=1, silent_after_days=5)
    assert condition(state(succeeded_at=NOW, newest=LATELY), limits, NOW) is Condition.SILENT
    assert condition(state(succeeded_at=LATELY, failures=1), limits, NOW) is Condition.DEAD
