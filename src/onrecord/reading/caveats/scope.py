"""Which statements a caveat covers, and whether that is certain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Act, Factuality, Statement
from onrecord.reading.caveats.found import Found, Reach
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

Scope = tuple[tuple[str, ...], bool]

_NOTHING: Scope = ((), False)
# Orders, announcements and conditions leave nothing to verify.
_CHECKABLE = frozenset((Factuality.CERTAIN, Factuality.PROBABLE, Factuality.POSSIBLE, Factuality.DENIED))
# How many lines before a plural it may reach, and over how many without a statement; accounts of witnesses may
# fill a page before the caveat on them comes.
_FARTHEST_LINES = {"accounts": 6, "data": 6}
_WIDEST_GAP = {"data": 3}
_MOST = 8


def scope_of(parsed: Parsed, found: Found, statements: tuple[Statement, ...]) -> Scope:
    """The ids of the statements a caveat covers, in order, and whether nothing else could be meant."""
    if found.reach is Reach.WITHIN:
        return _holding(parsed, found, statements)
    footage = _kind(found.noun) == "footage"
    own_too = footage or _kind(found.noun) == "data"
    before = [s for s in statements if _start(s) < found.span.start and (own_too or s.act is not Act.REPORT)]
    if footage:
        told = [s for s in before if _tells_of_footage(s) and _lines_back(parsed, found, s) <= 1]
        before = told if told or found.noun != "authenticity" else [s for s in before if s.act is not Act.REPORT]
    if found.reach in (Reach.RELATIVE, Reach.CLAUSE):
        return _same_sentence(parsed, found, [s for s in statements if s.act is not Act.REPORT])
    named = [s.id for s in statements if found.span.start < _start(s) < found.span.end]
    if named:  # "no proof for its claim that it had …"
        return tuple(named), True
    if found.reach is Reach.BACK_ONE:
        return _last(parsed, found, before)
    covered = _run(parsed, found, before)
    if not covered[0] and _kind(found.noun) == "accounts":  # those of bodies, where nobody else spoke
        covered = _run(parsed, replace(found, noun=None), before)
    return covered


def _holding(parsed: Parsed, found: Found, statements: tuple[Statement, ...]) -> Scope:
    """The innermost statement that holds the hedge, else the one of the sentence it stands nearest to."""
    holders = [s for s in statements if any(c.start <= found.span.start < c.end for c in s.content.spans)]
    if holders:
        return (min(holders, key=_length).id,), True
    near = [s for s in _in_sentence(parsed, found, statements) if s.act is not Act.REPORT]
    if not near:
        return _NOTHING
    return (min(near, key=lambda s: abs(_start(s) - found.span.end)).id,), False


def _same_sentence(parsed: Parsed, found: Found, statements: Sequence[Statement]) -> Scope:
    """The statements of the caveat's own sentence: what "which could not be verified" hangs on, before it
    or, where nothing is, after it."""
    here = _in_sentence(parsed, found, statements)
    before = [s for s in here if _start(s) < found.span.start] or here
    return (tuple(s.id for s in before), found.reach is Reach.RELATIVE and len(before) == 1) if before else _NOTHING


def _in_sentence(parsed: Parsed, found: Found, statements: Sequence[Statement]) -> list[Statement]:
    tokens = parsed.tokens(found.span.start, found.span.end)
    if not len(tokens):
        return []
    start, end = tokens[0].sent.start_char, tokens[-1].sent.end_char
    return [s for s in statements if s.content.spans[-1].end > start and _start(s) < end]


def _last(parsed: Parsed, found: Found, before: list[Statement]) -> Scope:
    """The last statement with all that is nested in it, in the same paragraph or the one before."""
    outer = [s for s in before if s.within is None and _fits(found, s)]
    outer = [s for s in outer if found.who and any(found.who in p.name.split() for p in s.claimant)] or outer
    if not outer or _lines_back(parsed, found, outer[-1]) > 1:
        return _NOTHING
    last = outer[-1]
    inner = [s.id for s in before if s.within == last.id]
    return (last.id, *inner), _lines_back(parsed, found, last) == 0


def _run(parsed: Parsed, found: Found, before: list[Statement]) -> Scope:
    """The statements before a plural ("the claims") as far back as statements of that kind run."""
    covered: list[Statement] = []
    line = _line(parsed, found.span.start)
    reach = _FARTHEST_LINES.get(_kind(found.noun), 1)
    gap = _WIDEST_GAP.get(_kind(found.noun), 1)
    nested = {s.id: s for s in before}
    for statement in reversed(before):
        outer = nested.get(statement.within or "", statement)
        here = _line(parsed, statement.content.spans[-1].end - 1)
        far = line - here > gap or _line(parsed, found.span.start) - here > reach
        if far or len([s for s in covered if s.within is None]) == (2 if found.pair else _MOST):
            break
        if outer.factuality not in _CHECKABLE:  # a plan or an order between two claims
            continue
        if not _fits(found, outer):
            break
        covered.append(statement)
        line = _line(parsed, _start(statement))
    return tuple(s.id for s in reversed(covered)), False


def _fits(found: Found, statement: Statement) -> bool:
    """Whether a statement is of the kind the noun names: accounts are people's, figures hold one."""
    if statement.factuality not in _CHECKABLE:
        return False
    kind = _kind(found.noun)
    if kind == "figures":
        return bool(statement.figures)
    if kind == "accounts":
        return all(p.kind != "organisation" for p in statement.claimant)
    return True


def _tells_of_footage(statement: Statement) -> bool:
    """Whether the statement, or who makes it, is or has footage ("a video posted by … shows")."""
    words = " ".join(w.text for w in (statement.content, statement.source, statement.cue) if w is not None)
    return not _footage().isdisjoint(words.lower().replace(",", " ").replace(".", " ").split())


@cache
def _footage() -> frozenset[str]:
    return frozenset(lexicon("caveats")["anaphors"]["footage_words"])


@cache
def _kinds() -> dict[str, str]:
    anaphors = lexicon("caveats")["anaphors"]
    return {noun: kind for kind in ("claims", "accounts", "figures", "footage", "data") for noun in anaphors[kind]}


def _kind(noun: str | None) -> str:
    return _kinds().get(noun or "", "claims")


def _line(parsed: Parsed, offset: int) -> int:
    return bisect_right(parsed.layout.lines, offset, key=lambda line: line.start)


def _lines_back(parsed: Parsed, found: Found, statement: Statement) -> int:
    return _line(parsed, found.span.start) - _line(parsed, statement.content.spans[-1].end - 1)


def _start(statement: Statement) -> int:
    return statement.content.spans[0].start


def _length(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content.spans)
