"""``onrecord check`` and ``account``: what does not agree, what follows, and what each side's word comes to."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing

from onrecord.cli.faults import say
from onrecord.cli.told import Row, csv_lines, doing, in_parts, looked_up, paragraph, quoted, reference, write
from onrecord.ledger import Ledger, open_ledger
from onrecord.model import Account, AccountLine, Appearance, Bounds, Finding, FindingKind, FindingState
from onrecord.pipeline.comparing import account, check

FOUND = 3
"""The exit code where findings are open that the user asked to fail on."""

_FINDING = ("id", "kind", "state", "text", "arithmetic", "assumptions", "hedges", "asks", "statements")
_LINE = ("quantity", "claimed", "implied", "others_claimed", "others_implied", "meets", "arithmetic")
_ORDER = {kind: n for n, kind in enumerate((FindingKind.CONFLICT, FindingKind.SERIES, FindingKind.DRIFT))}
Found = dict[str, Appearance]


def run_check(
    place: str, format_: str, kinds: Collection[str], states: Collection[str], fail_on: Collection[str]
) -> None:
    """Works the findings out, prints them, and exits with 3 where one to fail on is open."""
    with closing(open_ledger(place)) as ledger:
        check(ledger, doing)
        every = _ordered(ledger.findings())
        shown = [one for one in every if (not kinds or one.kind in kinds) and (not states or one.state in states)]
        _print(ledger, format_, shown)
    say(_summary(shown))
    failing = sum(one.kind in fail_on and fails(one) for one in every)
    if failing:
        say(f"{failing:,} open {'finding' if failing == 1 else 'findings'} of {', '.join(sorted(fail_on))}")
        sys.exit(FOUND)


def fails(one: Finding) -> bool:
    """Whether a finding is something to look into: it is open, and no figure that fits its series."""
    return one.state is FindingState.OPEN and (one.kind is not FindingKind.SERIES or one.fits is False)


def _ordered(found: Iterable[Finding]) -> list[Finding]:
    """Conflicts first, then what does not fit its series, what drifted, what follows; the stale and settled last."""
    settled = (FindingState.STALE, FindingState.CONFIRMED, FindingState.DISMISSED)
    return sorted(
        found, key=lambda one: (one.state in settled, _ORDER.get(one.kind, len(_ORDER)), one.fits is not False, one.id)
    )


def _print(ledger: Ledger, format_: str, found: Sequence[Finding]) -> None:
    told = _with_statements(ledger, found)
    match format_:
        case "jsonl":
            write(json.dumps(_finding(*one), ensure_ascii=False) + "\n" for one in told)
        case "csv":
            write(csv_lines(_FINDING, (_row(*one) for one in told)))
        case _:
            write(_lines(*one) for one in told)


def _summary(found: Sequence[Finding]) -> str:
    kinds = Counter(str(one.kind) for one in found)
    states = Counter(str(one.state) for one in found)
    told = [f"{number:,} {kind}" for kind, number in kinds.items()]
    return (
        f"{len(found):,} findings: {', '.join(told)} ({', '.join(f'{n:,} {s}' for s, n in states.items())})"
        if told
        else "no findings"
    )


def _with_statements(ledger: Ledger, found: Iterable[Finding]) -> Iterator[tuple[Finding, Found]]:
    for some in in_parts(found):
        statements = looked_up(ledger, (id_ for one in some for id_ in one.statements))
        yield from ((one, statements) for one in some)


def _finding(one: Finding, found: Found) -> Row:
    """A finding as DESIGN.md has it, with its series, its caveats and what it asks."""
    return {
        "id": one.id,
        "kind": str(one.kind),
        "statements": [reference(id_, found) for id_ in one.statements],
        "assumptions": list(one.assumptions),
        "arithmetic": one.arithmetic,
        "text": one.text,
        "state": str(one.state),
        "series": list(one.series),
        "caveats": list(one.hedges),
        "asks": one.asks,
        "fits": one.fits,
    }


def _row(one: Finding, found: Found) -> Row:
    return {
        "id": one.id,
        "kind": str(one.kind),
        "state": str(one.state),
        "text": one.text,
        "arithmetic": one.arithmetic,
        "assumptions": "; ".join(one.assumptions),
        "hedges": "; ".join(one.hedges),
        "asks": one.asks,
        "statements": "; ".join(one.statements),
    }


def _lines(one: Finding, found: Found) -> str:
    """A finding in words: the sentence, the sum, what it assumes, what hedges it, where its statements stand."""
    head = f"{one.id} · {one.kind} · {one.state}"
    lines = [one.text, f"arithmetic: {one.arithmetic}" if one.arithmetic else ""]
    lines += [f"assumes: {assumption}" for assumption in one.assumptions]
    lines += [f"caveat: “{hedge}”" for hedge in one.hedges]
    lines += [f"asks: {one.asks}"] if one.asks else []
    lines += [f"in {quoted(id_, found, 160)}" for id_ in one.statements[:6]]
    lines += [f"and in {len(one.statements) - 6:,} more statements"] if len(one.statements) > 6 else []
    return paragraph(head, lines)


# --- accounts ----------------------------------------------------------------------------------------------------


def run_account(place: str, format_: str, believe: Sequence[str], doubt: Sequence[str]) -> None:
    """Prints what follows from the word of the believed beside that of the doubted."""
    with closing(open_ledger(place)) as ledger:
        told = account(ledger, believe, doubt, doing)
        for name in told.unknown:
            say(f"no claimant on the record is called {name}")
        match format_:
            case "jsonl":
                found = looked_up(ledger, _statements(told))
                write(json.dumps(_account_line(line, found), ensure_ascii=False) + "\n" for line in told.lines)
            case "csv":
                write(csv_lines(_LINE, map(_account_row, told.lines)))
            case _:
                write(_account_lines(told))
    if told.unknown:
        sys.exit(1)


def _statements(told: Account) -> Iterator[str]:
    for line in told.lines:
        for bounds in (line.claimed, line.implied, line.others_claimed, line.others_implied):
            yield from bounds.statements if bounds else ()


def _account_line(line: AccountLine, found: Found) -> Row:
    def told(bounds: Bounds | None) -> Row | None:
        if bounds is None:
            return None
        statements = [reference(id_, found) for id_ in bounds.statements]
        return {"low": bounds.low, "high": bounds.high, "statements": statements}

    return {
        "quantity": line.quantity,
        "claimed": told(line.claimed),
        "implied": told(line.implied),
        "others_claimed": told(line.others_claimed),
        "others_implied": told(line.others_implied),
        "arithmetic": line.arithmetic,
        "meets": line.meets,
    }


def _account_row(line: AccountLine) -> Row:
    return {
        "quantity": line.quantity,
        "claimed": bounds(line.claimed),
        "implied": bounds(line.implied),
        "others_claimed": bounds(line.others_claimed),
        "others_implied": bounds(line.others_implied),
        "meets": line.meets,
        "arithmetic": line.arithmetic,
    }


def _account_lines(told: Account) -> Iterator[str]:
    """The account in words, quantity by quantity, then what contradicts itself in it."""
    believed = " and ".join(told.believed) or "all but the doubted"
    doubted = " and ".join(told.doubted) or "all others"
    yield paragraph(f"As told by {believed}, beside {doubted}:", [])
    for line in told.lines:
        yield paragraph(
            line.quantity,
            [
                f"as told: {bounds(line.claimed) or '—'}; it implies: {bounds(line.implied) or '—'}",
                f"others: {bounds(line.others_claimed) or '—'}; it implies: {bounds(line.others_implied) or '—'}",
                f"arithmetic: {line.arithmetic}" if line.arithmetic else "",
                "" if line.meets else "the two leave no value in common",
            ],
        )
    for one in told.conflicts:
        yield paragraph("This account contradicts itself:", [one.text, f"arithmetic: {one.arithmetic}"])


def bounds(told: Bounds | None) -> str | None:
    """Bounds in words.

    >>> bounds(Bounds(7473, 8244)), bounds(Bounds(10, None)), bounds(None)
    ('7,473 to 8,244', 'at least 10', None)
    """
    match told:
        case None | Bounds(low=None, high=None):
            return None
        case Bounds(low=None, high=high):
            return f"at most {high:,.10g}"
        case Bounds(low=low, high=None):
            return f"at least {low:,.10g}"
        case Bounds(low=low, high=high):
            return f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"
    return None
