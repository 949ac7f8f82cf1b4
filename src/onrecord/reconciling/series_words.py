"""The series check in words: a sentence a reporter can use, the arithmetic, and what it assumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.model import Finding, FindingKind, digest
from onrecord.reconciling.series_windows import Cut, Window, number

if TYPE_CHECKING:
    from onrecord.reconciling.series import Checked

_QUOTED = 160  # characters of a statement
_NAMED = 5  # days that are named one by one


def finding(checked: Checked) -> Finding:
    """The finding that a figure beside a series makes."""
    statements = tuple(dict.fromkeys(appearance.statement.id for appearance in checked.appearances))
    return Finding(
        id=digest(f"series|{checked.about}")[:16],
        kind=FindingKind.SERIES,
        statements=statements,
        assumptions=tuple(_assumptions(checked)),
        arithmetic=_arithmetic(checked),
        text=_text(checked),
        series=(checked.series.id,),
        hedges=tuple(dict.fromkeys(words for appearance in checked.appearances for words in appearance.hedged)),
        asks=_asks(checked),
        fits=checked.fits,
    )


def _text(checked: Checked) -> str:
    return f"{_who(checked)}: {_quoted(checked)} {_verdict(checked)}"


def _verdict(checked: Checked) -> str:
    if checked.asks:
        return f"The text gives no day, so it cannot be said what {_series(checked)} has for it.{_occurs(checked)}"
    if not checked.own:
        near = "within" if checked.fits else "outside"
        windows = _listed(checked, checked.printed or checked.tried)
        return f"{_figure(checked)} stands beside {windows} in {_series(checked)}: {near} what the printed words allow."
    if not checked.printed:
        return _unprinted(checked)
    if checked.fits:
        fitting = [window for window in checked.printed if checked.allowed.fits(window)]
        return f"{_figure(checked)} fits {_series(checked)} as printed: {_listed(checked, fitting)}.{_besides(checked)}"
    windows = _listed(checked, checked.printed)
    neither = "fits neither reading of" if len(checked.printed) > 1 else "does not fit"
    return f"{_figure(checked)} {neither} {_series(checked)} as printed, which has {windows}.{_besides(checked)}"


def _unprinted(checked: Checked) -> str:
    """Of a figure whose words name no window."""
    if checked.fits:
        return f"{_figure(checked)} fits {_series(checked)}: {_listed(checked, checked.fitting)}.{_occurs(checked)}"
    tried = _listed(checked, checked.tried)
    return f"{_figure(checked)} fits {_series(checked)} under no window tried: it has {tried}.{_since(checked)}"


def _besides(checked: Checked) -> str:
    """The windows that fit though the text does not name them."""
    if not checked.fitting:
        return _since(checked) if not checked.fits else ""
    also = "It also fits" if checked.fits else "It fits"
    occurs = _occurs(checked) if any(window.cut is Cut.ONE_DAY for window in checked.fitting) else ""
    return f" {also} {_listed(checked, checked.fitting)}.{occurs}"


def _since(checked: Checked) -> str:
    if not checked.since:
        return " No window until that day fits."
    first, last = checked.since[0], checked.since[-1]
    days = f"of {first}" if first == last else f"from {first} to {last}"
    return f" It would fit what came since the reading {days}."


def _occurs(checked: Checked) -> str:
    if not checked.days:
        return ""
    if not checked.occurs:
        return f" That value occurs on none of the series’ {checked.days:,} days."
    return f" That value occurs on {len(checked.occurs):,} of the series’ {checked.days:,} days."


def _asks(checked: Checked) -> str | None:
    return "On which day was it said, or the text published?" if checked.asks else None


def _arithmetic(checked: Checked) -> str:
    lines = [f"{window.arithmetic}" for window in (*checked.printed, *checked.tried)]
    if checked.occurs:
        more = f" and {len(checked.occurs) - _NAMED} more" if len(checked.occurs) > _NAMED else ""
        lines.append(f"{checked.figure.text} on one day: {', '.join(map(str, checked.occurs[:_NAMED]))}{more}")
    return "; ".join(dict.fromkeys(lines))


def _assumptions(checked: Checked) -> Iterator[str]:
    figure, series = checked.figure, checked.series
    if checked.allowed.rule:
        yield checked.allowed.rule
    if figure.measure != series.measure:
        yield f"“{figure.measure}” is read as what the series counts as “{series.measure}”"
    if series.definition:
        yield f"{series.name} counts: {series.definition}"
    if series.hedge:
        yield f"{series.name} is hedged: {series.hedge}"
    if figure.side is None and series.side:
        yield f"the figure is of {series.side}, which the text does not say"
    if figure.place is None and series.place:
        yield f"the figure covers all that the series covers ({series.place})"
    if checked.anchor and not checked.said:
        yield f"no day is given on which it was said, so it is read from the day of publication, {checked.anchor}"


def _listed(checked: Checked, windows: Iterable[Window]) -> str:
    """Windows in words; of two readings of one "since", the second is put in brackets."""
    told: list[str] = []
    for window in windows:
        if window.cut is Cut.SINCE_WITH and told:
            told[-1] += f" ({_amount(checked, window)} with that day)"
        else:
            told.append(f"{_amount(checked, window)} {_when(window)}")
    return "; ".join(told)


def _when(window: Window) -> str:
    match window.cut:
        case Cut.TOTAL:
            return f"in total since {window.first}, to {window.last}" if window.first else f"in total to {window.last}"
        case Cut.SINCE:
            return f"since the reading of {window.first}"
        case Cut.SINCE_WITH:
            return f"since {window.first}, with that day"
        case Cut.ONE_DAY:
            return f"for one day, to {window.last}"
        case Cut.AS_OF:
            return f"on {window.last}"
        case Cut.OVER:
            return f"from {window.first} to {window.last}"


def _amount(checked: Checked, window: Window) -> str:
    unit = " percent" if checked.series.unit == "percent" else ""
    if window.low != window.high:
        return f"{number(window.low)} to {number(window.high)}{unit}"
    return f"{number(window.value)}{unit}"


def _figure(checked: Checked) -> str:
    return f"“{checked.figure.text}”"


def _series(checked: Checked) -> str:
    own = "own series" if checked.own else "series"
    return f"{_possessive(checked.series.publisher)} {own} “{checked.series.name}”"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _who(checked: Checked) -> str:
    """The claimants, and how many more texts have it so."""
    first = checked.appearances[0]
    names = _joined([party.name for party in first.statement.claimant]) or "The author"
    texts = len({appearance.document for appearance in checked.appearances})
    more = f" (in {texts:,} texts)" if texts > 1 else f" in {first.key}" if first.key else ""
    return names + more


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def _quoted(checked: Checked) -> str:
    words = " ".join(checked.appearances[0].statement.content.text.split()).strip('“”" ').removeprefix("that ")
    if len(words) > _QUOTED:
        words = words[: words.rfind(" ", 0, _QUOTED)] + " …"
    return f"“{words}”." if words[-1:] not in ".!?" else f"“{words}”"
