"""The pairs of two sequences that go together best without crossing."""

from __future__ import annotations

from collections.abc import Callable


def rising(
    before: int, after: int, weight: Callable[[int, int], float | None]
) -> list[tuple[int, int]]:
    """Return the pairs, rising on both sides, that weigh most together (longest common subsequence by weight).

    `before` and `after` are how many there are on each side; `weight` says what a pair weighs, None for no pair.
    """
    total = [[0.0] * (after + 1) for _ in range(before + 1)]
    weights: dict[tuple[int, int], float] = {}
    for b in range(before - 1, -1, -1):
        for a in range(after - 1, -1, -1):
            best = max(total[b + 1][a], total[b][a + 1])
            if (weighs := weight(b, a)) is not None:
                weights[b, a] = weighs
                best = max(best, weighs + total[b + 1][a + 1])
            total[b][a] = best
    line: list[tuple[int, int]] = []
    b = a = 0
    while b < before and a < after:
        if (b, a) in weights and total[b][a] == weights[b, a] + total[b + 1][a + 1]:
            line.append((b, a))
            b, a = b + 1, a + 1
        elif total[b][a] == total[b + 1][a]:
            b += 1
        else:
            a += 1
    return line
