"""The series check: does a figure fit its own claimant's series, and under which window?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model import Appearance, Figure, Finding, Period, Precision, Series
from onrecord.reconciling.series_choosing import Shelf, in_percent
from onrecord.reconciling.series_nearness import Allowed, allowed
from onrecord.reconciling.series_windows import Cut, Readings, Window
from onrecord.reconciling.series_words import finding


@dataclass(frozen=True, slots=True)
class Checked:
    """A figure set beside a series: what was printed, what else was tried, and what of it fits.

    ``about`` tells it from every other, and stays the same when more texts are found to have the figure.
    ``printed`` are the windows that the text can mean and ``tried`` those it does not name. ``own`` tells the
    claimant's own series from another's. ``since`` are days of readings since which the figure would fit; ``occurs``
    the days, of ``days``, that brought such a value. ``anchor`` is the day it is read from, None where none is known.
    """

    about: str
    series: Series
    figure: Figure
    appearances: tuple[Appearance, ...]
    own: bool
    allowed: Allowed
    anchor: date | None
    printed: tuple[Window, ...] = ()
    tried: tuple[Window, ...] = ()
    since: tuple[date, ...] = ()
    occurs: tuple[date, ...] = ()
    days: int = 0
    said: bool = False

    @property
    def asks(self) -> bool:
        """Whether a person must first say on which day it was said or published."""
        return self.anchor is None and not self.printed

    @property
    def fitting(self) -> tuple[Window, ...]:
        """Of the windows that the text does not name, those that fit; where one it names fits, those cut otherwise."""
        named = {window.cut for window in self.printed if self.allowed.fits(window)}
        near = (w for w in self.tried if self.allowed.fits(w) and self.allowed.near(w.value))
        return tuple(window for window in near if window.cut not in named)

    @property
    def fits(self) -> bool | None:
        """Whether it fits as printed, or in any window where none is printed; None where it cannot be told.

        That a figure does not fit the series of somebody else is no misfit.
        """
        fits = any(map(self.allowed.fits, self.printed)) if self.printed else bool(self.fitting)
        return fits if fits or (self.own and not self.asks) else None


def series_findings(appearances: Iterable[Appearance], series: Iterable[Series]) -> tuple[Finding, ...]:
    """A finding for every figure that can be set beside a series: those that do not fit first.

    A figure is set beside the series of its own claimant; that of another only as a level ("holds 18 percent") or a
    total, which the finding calls beside and never a misfit. The same figure in many texts is one finding. The order
    of what is given does not matter.
    """
    told = [finding(checked) for checked in checks(appearances, series)]
    order = {False: 0, None: 1, True: 2}
    return tuple(sorted(told, key=lambda found: (order[found.fits], found.asks is None, found.id)))


def checks(appearances: Iterable[Appearance], series: Iterable[Series]) -> Iterator[Checked]:
    """Every figure beside every series that it can be set beside."""
    shelf = Shelf(series)
    beside: dict[tuple[object, ...], list[tuple[Readings, Appearance, Figure]]] = defaultdict(list)
    for appearance in appearances:
        for figure in map(in_percent, appearance.statement.figures):
            chosen, own = shelf.beside(figure, appearance.statement.claimant)
            for one in chosen:
                beside[_key(appearance, figure, one.series, own)].append((one, appearance, figure))
    for about, met in beside.items():
        met.sort(key=lambda one: (one[1].published or date.max, one[1].statement.id, one[2].spans))
        readings, _, figure = met[0]
        once = {appearance.statement.id: appearance for _, appearance, _ in met}
        if checked := _checked(str(about), readings, figure, tuple(once.values()), about[2] is None):
            yield checked


def _key(appearance: Appearance, figure: Figure, series: Series, own: bool) -> tuple[object, ...]:
    """What one finding is about: the same figure, told of the same days, by the series' own claimant or another."""
    by = None if own else tuple(party.name for party in appearance.statement.claimant)
    bounds = figure.value, figure.low, figure.high, figure.comparator
    return series.name, series.publisher, by, bounds, figure.measure, _periods(figure), _anchor(appearance)[0]


def _periods(figure: Figure) -> tuple[tuple[date | None, date | None, Precision], ...]:
    periods: Sequence[Period] = figure.candidates or ((figure.period,) if figure.period else ())
    return tuple(sorted({(p.earliest, p.latest, p.precision) for p in periods}, key=str))


def _anchor(appearance: Appearance) -> tuple[date | None, bool]:
    """The day a figure is read from: that on which it was said, else of publication; whether it was the former."""
    said = appearance.statement.said
    if said and said.earliest and said.earliest == said.latest:
        return said.earliest, True
    return appearance.published, False


def _checked(
    about: str, readings: Readings, figure: Figure, appearances: tuple[Appearance, ...], own: bool
) -> Checked | None:
    """A figure set beside a series; None where the series has nothing for its days."""
    room = allowed(figure)
    if room is None:
        return None
    anchor, said = _anchor(appearances[0])
    printed = _distinct(w for period in _periods(figure) for w in _as_printed(readings, period, anchor))
    tried = _distinct(_others(readings, anchor, said, own), printed) if own or not printed else ()
    askable = own and anchor is None and len(readings.days) > 1
    if not (printed or tried or askable):
        return None
    daily = list(readings.every_day()) if own else []
    return Checked(
        about, readings.series, figure, appearances, own, room, anchor, printed, tried,
        readings.beginnings(anchor, room.near) if own and anchor else (),
        tuple(w.last for w in daily if room.near(w.value)),
        len(daily), said,
    )  # fmt: skip


def _as_printed(
    readings: Readings, period: tuple[date | None, date | None, Precision], anchor: date | None
) -> Iterator[Window]:
    """The windows that the period's words can mean."""
    first, last, precision = period
    last = last or anchor
    if last is None:
        return
    if readings.series.stock:
        found = readings.as_of(last)
    elif first is None:
        found = readings.total(last)
    elif precision in (Precision.RANGE, Precision.UNKNOWN) and first != last:
        yield from readings.since(first, last)
        return
    else:
        found = readings.over(first, last)
    if found:
        yield found


def _others(readings: Readings, anchor: date | None, said: bool, own: bool) -> Iterator[Window]:
    """The windows that a text may mean without saying so: what there is, all until then, its own claimant's one day.

    What a paper prints may be of the day before; what was said on a day is of that day's reading.
    """
    if anchor is None:
        return
    days = (anchor, anchor - timedelta(days=1)) if own and not said and not readings.series.stock else (anchor,)
    for day in days:
        for window in (readings.as_of(day), readings.one_day(day) if own else None, readings.total(day)):
            if window:
                yield window


def _distinct(windows: Iterable[Window], but: Sequence[Window] = ()) -> tuple[Window, ...]:
    """The windows, none twice and none of ``but``."""
    seen = {_days(window) for window in but}
    kept: dict[tuple[object, ...], Window] = {}
    for window in windows:
        if _days(window) not in seen:
            kept.setdefault(_days(window), window)
    return tuple(kept.values())


def _days(window: Window) -> tuple[object, ...]:
    return window.last, window.cut is Cut.SINCE, window.value
