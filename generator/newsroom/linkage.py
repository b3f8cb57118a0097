"""Average linkage on a sparse graph: two clusters join when their members are alike on average.

Single linkage would chain a day's stories about one firm into one; here a pair that was never
scored counts as unlike, so a chain does not hold.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping


def merge_average(
    count: int, scores: Mapping[tuple[int, int], float], threshold: float, *, largest: int
) -> list[list[int]]:
    """Return the clusters of nodes 0 … `count`-1, each sorted, in the order of their first node.

    `scores` holds the likeness of the pairs that were compared. Components of more than `largest`
    nodes are cut at a higher threshold first, so that no input makes this slow.
    """
    edges = {pair: score for pair, score in scores.items() if score >= threshold}
    clusters: list[list[int]] = []
    for nodes in _components(range(count), edges, threshold, largest):
        clusters += _linked(nodes, scores, threshold) if len(nodes) > 1 else [nodes]
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


def _linked(nodes: list[int], scores: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Merge the nodes of one component, the most alike pair of clusters first."""
    members = {node: [node] for node in nodes}
    inside = set(nodes)
    sums: dict[int, dict[int, float]] = {node: {} for node in nodes}
    for a in nodes:
        for b in nodes:
            if a < b and (score := scores.get((a, b), 0.0)):
                sums[a][b] = sums[b][a] = score
    heap = [(-score, a, b) for a in nodes for b, score in sums[a].items() if a < b and score >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in inside or b not in inside:
            continue
        if abs(_average(sums, members, a, b) + negative) > 1e-12:
            continue  # an entry from before one of them grew
        members[a] += members.pop(b)
        inside.discard(b)
        for other, total in sums.pop(b).items():
            sums[other].pop(b, None)
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other in sums[a]:
            average = _average(sums, members, a, other)
            if average >= threshold:
                heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    return [sorted(group) for group in members.values()]


def _average(sums: dict[int, dict[int, float]], members: dict[int, list[int]], a: int, b: int) -> float:
    return sums[a].get(b, 0.0) / (len(members[a]) * len(members[b]))
