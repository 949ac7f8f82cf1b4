"""Which words hold which: spans inside spans, in one sweep over a text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.steps import Spans


def holders(outer: Sequence[Spans], inner: Sequence[Spans]) -> list[list[int]]:
    """For each of ``inner`` the indices of those of ``outer`` that hold all its spans, each in one of theirs.

    >>> from onrecord.model import Span
    >>> holders([(Span(0, 9),), (Span(4, 6), Span(8, 9))], [(Span(4, 5), Span(8, 9)), (Span(2, 5),)])
    [[0, 1], [0]]
    """
    opening = sorted((span.start, span.end, i) for i, spans in enumerate(outer) for span in spans)
    wanted = sorted((span.start, span.end, i) for i, spans in enumerate(inner) for span in spans)
    counts: list[dict[int, int]] = [{} for _ in inner]
    open_: list[tuple[int, int, int]] = []
    at = 0
    for start, end, i in wanted:
        while at < len(opening) and opening[at][0] <= start:
            open_.append(opening[at])
            at += 1
        open_ = [span for span in open_ if span[1] > start]
        for j in {j for _, last, j in open_ if last >= end}:
            counts[i][j] = counts[i].get(j, 0) + 1
    return [sorted(j for j, n in found.items() if n == len(spans)) for found, spans in zip(counts, inner, strict=True)]
