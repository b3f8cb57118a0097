"""Average linkage on a sparse graph: two clusters join when their members are alike on average.

Single linkage would chain a day's stories about one firm into one; here every pair of the two
clusters counts, so a chain does not hold.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping
from math import sqrt

LENIENCE = 0.35  # share of the threshold that two large clusters are let off

Likeness = Callable[[int, int], float]


def _unlike(_a: int, _b: int) -> float:
    return 0.0


def merge_average(
    count: int,
    scores: Mapping[tuple[int, int], float],
    threshold: float,
    *,
    largest: int,
    otherwise: Likeness = _unlike,
) -> list[list[int]]:
    """Return the clusters of nodes 0 … `count`-1, each sorted, in the order of their first node.

    `scores` holds the likeness of the pairs that were compared; only pairs inside one component
    ask `otherwise` for theirs. Components of more than `largest` nodes are cut at a higher
    threshold first, so that no input makes this slow.
    """
    edges = {pair: score for pair, score in scores.items() if score >= threshold}
    clusters: list[list[int]] = []
    for nodes in _components(range(count), edges, threshold, largest):
        clusters += _linked(nodes, scores, threshold, otherwise) if len(nodes) > 1 else [nodes]
    return sorted(clusters)


def _components(
    nodes: range | list[int], edges: Mapping[tuple[int, int], float], threshold: float, largest: int
) -> list[list[int]]:
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        parent[root(a)] = root(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        groups[root(node)].append(node)
    found: list[list[int]] = []
    for group in groups.values():
        if len(group) <= largest or threshold > 0.999:
            found.append(group)
            continue
        higher = threshold + (1 - threshold) / 4
        inside = set(group)
        strong = {pair: score for pair, score in edges.items() if score >= higher and pair[0] in inside}
        found += _components(group, strong, higher, largest)
    return found


def _linked(
    nodes: list[int], scores: Mapping[tuple[int, int], float], threshold: float, otherwise: Likeness
) -> list[list[int]]:
    """Merge the nodes of one component, the most alike pair of clusters first."""
    members = {node: [node] for node in nodes}
    sums: dict[int, dict[int, float]] = {node: {} for node in nodes}
    for place, a in enumerate(nodes):
        for b in nodes[place + 1 :]:
            score = scores.get((a, b))
            if score := otherwise(a, b) if score is None else score:
                sums[a][b] = sums[b][a] = score
    heap = [
        (-margin, a, b) for a in nodes for b in sums[a] if a < b and (margin := sums[a][b] - threshold) >= 0
    ]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        if abs(_margin(sums, members, a, b, threshold) + negative) > 1e-12:
            continue  # an entry from before one of them grew
        members[a] += members.pop(b)
        for other, total in sums.pop(b).items():
            sums[other].pop(b, None)
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other in sums[a]:
            margin = _margin(sums, members, a, other, threshold)
            if margin >= 0:
                heapq.heappush(heap, (-margin, min(a, other), max(a, other)))
    return [sorted(group) for group in members.values()]


def _margin(
    sums: dict[int, dict[int, float]], members: dict[int, list[int]], a: int, b: int, threshold: float
) -> float:
    """Return how far two clusters' average likeness is above what it must be.

    Of many pairs the average is surer than a single score, and of ten headlines on one event no
    two need be much alike: the larger the clusters, the lower the threshold.
    """
    pairs = len(members[a]) * len(members[b])
    needed = threshold * (1 - LENIENCE * (1 - 1 / sqrt(sqrt(pairs))))
    return sums[a].get(b, 0.0) / pairs - needed
