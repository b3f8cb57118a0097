from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import pytest

from generator.parallel import batches, map_batches


def double(values: list[int]) -> list[int]:
    return [value * 2 for value in values]


def test_batches_keep_order_and_size() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    with pytest.raises(ValueError, match="at least one"):
        list(batches([1], 0))


def test_work_gives_the_same_with_and_without_processes() -> None:
    expected = [value * 2 for value in range(10)]
    assert list(map_batches(double, list(range(10)), size=3)) == expected
    with ProcessPoolExecutor(2) as pool:
        assert list(map_batches(double, list(range(10)), executor=pool, size=3)) == expected
