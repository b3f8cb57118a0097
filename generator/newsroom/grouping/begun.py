"""How alike the reports of two stories begin."""

from __future__ import annotations

from generator.newsroom.grouping.likeness import told_likeness
from generator.newsroom.grouping.told import HEADLINES, Ground, Told


def begun_alike(a: Told, b: Told, ground: Ground, reports: int = HEADLINES) -> float:
    """Return the likeness of those two of the first `reports` with a text that are most alike; 0 when a side has none."""
    heads = a.begun_vectors[0] @ b.begun_vectors[0].T
    openings = a.begun_vectors[1] @ b.begun_vectors[1].T
    return max(
        (
            told_likeness(
                (head, other_head),
                (opening, other_opening),
                (float(heads[x, y]), float(openings[x, y])),
                ground.rare,
                ground.rare_told,
            )
            for x, (head, opening) in enumerate(a.begun[:reports])
            for y, (other_head, other_opening) in enumerate(b.begun[:reports])
        ),
        default=0.0,
    )
