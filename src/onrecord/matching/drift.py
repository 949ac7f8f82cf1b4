"""Which fields a retelling changed against the telling nearest the claimant, each with both values and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from onrecord.matching.changes import Change, content, factuality, figure_changes, quotation
from onrecord.matching.linking import Link
from onrecord.matching.retelling import Retelling
from onrecord.matching.tellings import Telling
from onrecord.matching.voices import UNNAMED, Kin
from onrecord.model import Drift, DriftClass, normalised

_ELSEWHERE = ("period", "place")  # what the first telling does not say may be said by the next


def drifts(
    retellings: Iterable[Retelling], elsewhere: Mapping[str, frozenset[object]], updated: set[tuple[str, str]]
) -> list[Drift]:
    """What changed, in the order of the retellings.

    ``elsewhere`` has, for each document, the figures it tells anywhere; what stands in its next sentence is not left
    out. ``updated`` are pairs of statements of which the second revises the first. A change that an earlier retelling
    made in the same way is inherited, not made again.
    """
    made: dict[tuple[str, str, str | None, str | None], str] = {}
    found: list[Drift] = []
    for one in retellings:
        for told, change in _changes(one, elsewhere.get(one.retold.at.document, frozenset())):
            drift = Drift(
                told.id,
                one.retold.id,
                change.field,
                change.before,
                change.after,
                change.class_,
                change.from_,
                change.to,
            )
            key = drift.from_, drift.field, _plain(drift.from_value), _plain(drift.to_value)
            before = made.setdefault(key, one.retold.at.document)
            if (told.id, one.retold.id) in updated and drift.field == "value":
                drift = replace(drift, class_=DriftClass.UPDATE)
            elif before != one.retold.at.document and drift.class_ is DriftClass.CHANGE:
                drift = replace(drift, class_=DriftClass.INHERITED)
            found.append(drift)
    return found


def _plain(value: str | None) -> str | None:
    return value.casefold() if value else None


def _changes(one: Retelling, elsewhere: frozenset[object]) -> Iterator[tuple[Telling, Change]]:
    told, retold, link = one.told, one.retold, one.link
    yield from ((told, change) for change in claimant(told, retold, link))
    if link is None:
        return
    seen = set()
    for change in chain(
        figure_changes(told, retold, link),
        factuality(told, retold),
        quotation(told, retold, link),
        content(one, link, elsewhere),
    ):
        seen.add(change.field)
        yield told, change
    for other, tie in one.others:
        for change in figure_changes(other, retold, tie):
            if change.field in _ELSEWHERE and change.field not in seen and not _says(told, change.field):
                seen.add(change.field)
                yield other, change


def _says(one: Telling, field: str) -> bool:
    if field == "place":
        return any(spot.fine for spot in one.spots)
    return any(figure.days for figure in one.figures)


def claimant(told: Telling, retold: Telling, link: Link | None) -> Iterator[Change]:
    """A named claimant that is lost, made vague, or another one."""
    if link is not None and link.kin is Kin.SAME:
        return
    before, after = (one.at.statement for one in (told, retold))
    if link is not None and link.kin is Kin.AKIN and told.voice.author:
        return
    if _plain_name(told) == _plain_name(retold):
        return
    yield Change(
        "claimant",
        _name(told),
        _name(retold),
        before.source.spans if before.source else before.content.spans,
        after.source.spans if after.source else after.content.spans,
    )


def _plain_name(one: Telling) -> str:
    """The claimants' names, whether they are read as named or as unnamed."""
    return normalised(_name(one).replace(UNNAMED, ""))


def _name(one: Telling) -> str:
    return "; ".join(party.name for party in one.at.statement.claimant) or "author"
