"""Which series a figure is set beside: its claimant's own, else those of others that tell the same level or total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Figure, FigureKind, Party, Series
from onrecord.reconciling.series_counted import counts_same, same_unit
from onrecord.reconciling.series_speakers import speaks
from onrecord.reconciling.series_windows import Readings

_BEGINS = 3  # days between the first day that a total is told of and the first that a series counts
Choice = tuple[tuple[Readings, ...], bool]
"""The series that a figure is set beside, and whether they are its claimant's own."""


class Shelf:
    """Series by what they count. What is chosen is remembered: a million statements are of a few thousand kinds."""

    def __init__(self, series: Iterable[Series]) -> None:
        self._by_measure: dict[str, list[Readings]] = defaultdict(list)
        for one in sorted(series, key=lambda one: (one.name, one.id)):
            readings = Readings.of(one)
            for measure in dict.fromkeys((one.measure, *one.read_as)):
                self._by_measure[measure].append(readings)
        self._same: dict[tuple[object, ...], list[Readings]] = {}
        self._own: dict[tuple[object, ...], bool] = {}

    def beside(self, figure: Figure, claimants: tuple[Party, ...]) -> Choice:
        """What a figure by these claimants is set beside."""
        same = self._counting(figure)
        own = [one for one in same if any(self._speaks(party, one.series) for party in claimants)]
        if own:
            return _fullest(figure, own), True
        return _fullest(figure, [one for one in same if _level(figure, one)]), False

    def _counting(self, figure: Figure) -> list[Readings]:
        if figure.measure not in self._by_measure:
            return []
        about = figure.measure, figure.kind, figure.side, figure.unit, figure.place, figure.noun
        if about not in self._same:
            self._same[about] = [one for one in self._by_measure[figure.measure] if _same_quantity(figure, one.series)]
        return self._same[about]

    def _speaks(self, party: Party, series: Series) -> bool:
        between = party.name, party.role, party.side, series.id
        if between not in self._own:
            self._own[between] = speaks(party, series)
        return self._own[between]


def _fullest(figure: Figure, chosen: Iterable[Readings]) -> tuple[Readings, ...]:
    """One series of each publisher: of several files, that which counts most nearly what the figure does, runs on as a
    total, and has the most days."""
    best: dict[tuple[object, ...], Readings] = {}
    for one in chosen:
        series = one.series
        about = series.publisher, series.unit, series.stock
        rival = best.get(about)
        if rival is None or _fullness(figure, one) > _fullness(figure, rival):
            best[about] = one
    return tuple(best.values())


def _fullness(figure: Figure, one: Readings) -> tuple[bool, bool, bool, int]:
    series = one.series
    return series.measure == figure.measure, series.noun == figure.noun, series.cumulative, len(series.observations)


def in_percent(figure: Figure) -> Figure:
    """A share that is told as a fraction ("a fifth"), in per cent."""
    if figure.kind is not FigureKind.SHARE or figure.unit is not None:
        return figure
    value, low, high = (None if n is None else n * 100 for n in (figure.value, figure.low, figure.high))
    return replace(figure, value=value, low=low, high=high, unit="percent")


def _same_quantity(figure: Figure, series: Series) -> bool:
    """Whether a figure and a series count the same thing, at the same place, of the same side."""
    kind = FigureKind.SHARE if series.unit == "percent" else FigureKind.COUNT
    return (
        figure.kind is kind
        and (series.side is None or figure.side in (series.side, None))
        and same_unit(figure.unit, series)
        and figure.place in (series.place, None)
        and counts_same(figure.noun, series)
    )


def _level(figure: Figure, readings: Readings) -> bool:
    """Whether a figure tells a level or a total of just what the series tells, which any text may be set beside."""
    series = readings.series
    there = figure.place is not None and figure.place == series.place
    exactly = figure.side == series.side or (series.stock and there) if series.side else there
    return exactly and (series.stock or (series.cumulative and figure.tally == "total" and _whole(figure, readings)))


def _whole(figure: Figure, readings: Readings) -> bool:
    """Whether a total is told from the day on which the series begins to count."""
    begins, told = readings.counts_from(), figure.period.earliest if figure.period else None
    return begins is not None and told is not None and abs((told - begins).days) <= _BEGINS
