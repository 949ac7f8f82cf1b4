"""Values of the record in the words of a news page."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from onrecord.exports.visible import one_line
from onrecord.model import Factuality, Figure, FigureKind, Party, Period, Place, Reading, Statement

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BOUNDS = {"<": "< {}", "<=": "≤ {}", ">": "> {}", ">=": "≥ {}"}


def day(one: date) -> str:
    """
    >>> day(date(2023, 3, 7))
    '7 Mar 2023'
    """
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def period(one: Period) -> str:
    """The days of a period, as short as they can be said.

    >>> from onrecord.model import Precision
    >>> period(Period(date(2023, 2, 1), date(2023, 2, 28), Precision.MONTH, "in February", ()))
    'Feb 2023'
    >>> period(Period(date(2022, 2, 24), None, Precision.UNKNOWN, "since then", ()))
    'from 24 Feb 2022'
    """
    match one.earliest, one.latest:
        case None, None:
            return f"“{one_line(one.text)}”"
        case None, date() as latest:
            return f"until {day(latest)}"
        case date() as earliest, None:
            return f"from {day(earliest)}"
        case date() as earliest, date() as latest:
            return between(earliest, latest)
    raise AssertionError(one)


def between(earliest: date, latest: date) -> str:
    """Two days and those between them.

    >>> between(date(2023, 2, 1), date(2023, 2, 28)), between(date(2023, 3, 6), date(2023, 3, 7))
    ('Feb 2023', '6–7 Mar 2023')
    """
    if earliest == latest:
        return day(earliest)
    whole_months = earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]
    same_year = earliest.year == latest.year
    if whole_months:
        return _months(earliest, latest)
    if same_year and earliest.month == latest.month:
        return f"{earliest.day}–{day(latest)}"
    if same_year:
        return f"{earliest.day} {_MONTHS[earliest.month - 1]}–{day(latest)}"
    return f"{day(earliest)}–{day(latest)}"


def _months(earliest: date, latest: date) -> str:
    first, last = _MONTHS[earliest.month - 1], _MONTHS[latest.month - 1]
    if (earliest.month, latest.month) == (1, 12):
        return str(latest.year) if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{last} {latest.year}"
    if earliest.year == latest.year:
        return f"{first}–{last} {latest.year}"
    return f"{first} {earliest.year}–{last} {latest.year}"


def either(likeliest: Period | None, candidates: Sequence[Period]) -> str | None:
    """The likeliest period and the other readings, at most three, joined by "or"; None where there is none."""
    told = dict.fromkeys(period(p) for p in (*([likeliest] if likeliest else []), *candidates))
    return " or ".join(list(told)[:3]) or None


def number(value: float) -> str:
    """
    >>> number(11000), number(39.5), number(1 / 7)
    ('11,000', '39.5', '0.1429')
    """
    if value != value or abs(value) >= 1e15:
        return f"{value:.4g}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0").rstrip(".")


def interval(figure: Figure) -> str | None:
    """What a figure allows, where its printed form alone does not say it."""
    low, high = figure.low, figure.high
    if figure.kind is FigureKind.RATIO and low == high:
        return None
    if low is not None and high is not None:
        if low != high:
            return f"{number(low)}–{number(high)}"
        told = number(low)
        return None if told in figure.text or told.replace(",", "") in figure.text else told
    bound = low if low is not None else high
    if bound is None:
        return None
    fallback = ">=" if low is not None else "<="
    return _BOUNDS[figure.comparator if figure.comparator in _BOUNDS else fallback].format(number(bound))


def figure(one: Figure) -> str:
    """A figure as printed, what it counts, and the interval it is read as.

    >>> from onrecord.model import Span
    >>> figure(Figure((Span(0, 6),), "11,000", FigureKind.COUNT, measure="killed", side="UA", low=10500, high=11500))
    '11,000 killed · UA [10,500–11,500]'
    """
    parts = [_printed(one), *_sides(one), either(one.period, one.candidates)]
    parts += [f"against {period(one.against)}" if one.against else None, one.place]
    line = " · ".join(one_line(p) for p in parts if p)
    allowed = interval(one)
    return f"{line} [{allowed}]" if allowed else line


def _printed(one: Figure) -> str:
    measure, noun = (w if w and w.lower() not in one.text.lower() else "" for w in (one.measure, one.noun))
    counted = f"({noun})" if noun else ""
    match one.kind:
        case FigureKind.COUNT | FigureKind.RATE:
            parts = [one.text, measure, counted]
        case FigureKind.CHANGE:
            parts = [
                measure,
                one.direction or (one.comparator if one.comparator in ("up", "down") else ""),
                one.text,
                counted,
            ]
        case _:
            parts = [one.text, f"· {measure}" if measure else "", counted]
    return " ".join(p for p in parts if p)


def _sides(one: Figure) -> list[str | None]:
    match one.kind:
        case FigureKind.RATIO if one.numerator or one.denominator:
            many = number(one.value) + " " if one.value is not None else ""
            return [one.side, f"{many}{one.numerator or '…'} per {one.denominator or '…'}"]
        case FigureKind.COMPARISON if one.more or one.less:
            return [one.side, f"{one.more or '…'} more than {one.less or '…'}"]
        case _:
            return [one.side]


def words(statement: Statement) -> str:
    """What is stated, without the "that" which opens many a content on the page."""
    text = statement.content.text
    return text[5:] if text[:5].lower() == "that " and statement.cue is not None else text


def claimants(statement: Statement) -> str:
    """The names of those who made the statement; where only the source's words are known, those."""
    if statement.claimant:
        return "; ".join(one_line(p.name) for p in statement.claimant)
    return one_line(statement.source.text) if statement.source else "the author"


def standing(parties: Sequence[Party]) -> str:
    """Roles, kinds and sides: what is known of the claimants beside their names."""
    told = dict.fromkeys(one_line(w) for p in parties for w in (p.role, p.side) if w)
    return " · ".join(told)


def relays(statement: Statement) -> list[str]:
    """Those who passed the statement on, nearest the claimant first, doubtful ones marked."""
    return [one_line(r.name) + ("" if r.certain else " (doubtful)") for r in statement.relays]


def manner(statement: Statement) -> list[str]:
    """Act, quotation and, where the claimant is not simply certain, factuality."""
    parts = [str(statement.act), str(statement.quotation), str(statement.factuality)]
    return parts[:2] if statement.factuality is Factuality.CERTAIN else parts


def said(statement: Statement) -> str | None:
    """The day or days on which the statement was made, with the other readings."""
    return either(statement.said, statement.said_candidates)


def place_names(places: Sequence[Place]) -> list[str]:
    """Each place once, by its name."""
    return list(dict.fromkeys(one_line(p.name) for p in places))


def title(reading: Reading) -> str:
    """The document's title, or the key the user gave it."""
    document = reading.document
    return one_line(document.title or "") or one_line(document.key or "") or "Untitled document"


def facts(reading: Reading) -> list[str]:
    """When and by whom the document was published, as far as it says."""
    document = reading.document
    published = f"published {day(document.published)}" if document.published else "no publication date"
    key = document.key if document.title else None
    return [one_line(f) for f in (published, document.publisher, key) if f]


def counts(reading: Reading) -> str:
    """How much was read: statements, claimants, the author's own, caveats."""
    own = sum(1 for s in reading.statements if not s.claimant and s.source is None)
    attributed = len(reading.statements) - own
    parties = {p.id for s in reading.statements for p in s.claimant}
    told = [
        f"{many(attributed, 'statement')} by {many(len(parties), 'claimant')}",
        f"{own} of the author’s own",
        many(len(reading.caveats), "caveat"),
    ]
    return ", ".join(told)


def many(n: int, noun: str) -> str:
    """
    >>> many(1, "caveat"), many(2, "caveat")
    ('1 caveat', '2 caveats')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
