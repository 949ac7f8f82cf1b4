"""What an export may show: private persons without their names, places no finer than a kilometre, no young positions.

It is applied before any exporter sees a row, so that a third party's is held to it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.contract import Json, statement_from
from onrecord.exports.locations import is_position, is_young, shown
from onrecord.exports.privacy import Names, Privacy
from onrecord.model import Kept, Party, Relay, Sighting, Statement, Words

# The fields of the contract, at any depth, that hold words of a text or what was made of them.
_WORDED = frozenset(("text", "name", "role", "channel", "noun", "place"))


@dataclass(frozen=True, slots=True)
class Guarded:
    """A document as an export may show it, with what is kept out of its statements: names, and positions if ``young``.

    ``names`` is None where nobody is private.
    """

    document: Kept
    names: Names | None = None
    young: bool = False

    def statement(self, value: Json) -> Statement:
        """The statement of these plain values, in the contract's shape, as it may be shown.

        Raises ValueError for values of another shape.
        """
        read = statement_from(value)
        if self.names:
            read = _private(read, statement_from(_blotted(value, self.names)), self.names)
        return replace(read, places=shown(read.places, young=self.young))

    def withholds(self, statement: Statement) -> bool:
        """Whether the statement has a place that is kept off maps because the text is too young."""
        return self.young and any(is_position(place) for place in statement.places)


def guarded(kept: Kept, privacy: Privacy | None, today: date, corrected: Iterable[Party] = ()) -> Guarded:
    """The document as an export of ``today`` may show it; without ``privacy`` everyone is named.

    ``corrected`` are claimants as people corrected them, which outrank readers.
    """
    young = is_young(kept.known, today)
    names = privacy.among((*kept.parties, *corrected), kept.regions) if privacy else None
    if names is None or not names.ids:
        return Guarded(kept, young=young)
    return Guarded(_anonymous(kept, names), names, young)


def _anonymous(kept: Kept, names: Names) -> Kept:
    return replace(
        kept,
        text=names.blotted(kept.text),
        sightings=tuple(_sighting(one, names) for one in kept.sightings),
        parties=tuple(_party(one, one, names) for one in kept.parties),
        hedges={id_: names.blotted(text) for id_, text in kept.hedges.items()},
    )


def _sighting(seen: Sighting, names: Names) -> Sighting:
    """Without a key or URL that a name stands in, since it would lead to nothing with the name blotted out."""

    def address(text: str | None) -> str | None:
        return None if text is None or names.is_in(text) else text

    def words(text: str | None) -> str | None:
        return text and names.blotted(text)

    return replace(
        seen,
        key=address(seen.key),
        url=address(seen.url),
        title=words(seen.title),
        publisher=words(seen.publisher),
    )


def _private(read: Statement, blotted: Statement, names: Names) -> Statement:
    """The blotted statement with pseudonyms for the private persons who make it and pass it on."""
    claimant = tuple(_party(one, other, names) for one, other in zip(read.claimant, blotted.claimant, strict=True))
    source = read.source
    if source and any(party.id in names.ids for party in read.claimant):
        source = Words(source.spans, names.blotted(source.text, own=True))
    else:
        source = blotted.source
    relays = tuple(_relay(one, other, names) for one, other in zip(read.relays, blotted.relays, strict=True))
    return replace(blotted, claimant=claimant, source=source, relays=relays)


def _party(party: Party, blotted: Party, names: Names) -> Party:
    role = names.blotted(party.role) if party.role else None
    if party.id in names.ids:
        return replace(names.privacy.party(party), role=role)
    return replace(party, name=names.blotted(blotted.name), role=role)


def _relay(relay: Relay, blotted: Relay, names: Names) -> Relay:
    """A relay of whose name nothing is left goes by the pseudonym."""
    if blotted.name == relay.name or any(c.isalnum() for c in blotted.name):
        return blotted
    return replace(blotted, name=names.privacy.pseudonym(relay.name))


def _blotted(value: Any, names: Names) -> Any:
    """Plain values in the contract's shape with private names blotted out of the words in them."""
    match value:
        case dict():
            return {
                key: names.blotted(one) if key in _WORDED and isinstance(one, str) else _blotted(one, names)
                for key, one in value.items()
            }
        case list():
            return [_blotted(one, names) for one in value]
        case _:
            return value
