"""On which occasion words without a day of their own were likely said: that of the statement right before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.model import Party, PartyKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.channel import channel_of, medium_speaks
from onrecord.reading.stance.goes_on import adjacent, announces, of_other_days
from onrecord.reading.stance.wording import Wording
from onrecord.reading.steps import Credit, Stance

_BACK = 3
# The name of a state that speaks (parties_offices.toml) and the length of a role that names no institution of its own.
_STATE, _SHORT = ("Government of ", "United States government"), 2


def same_occasion(
    parsed: Parsed, wordings: Sequence[Wording], credits: Sequence[Credit], found: Sequence[Stance]
) -> int | None:
    """The dated statement whose day the next one, that after ``found``, likely shares though no word says so: the
    announcement it briefs on, or the body it speaks for ("The council denied it on Monday. Its head said …")."""
    index = len(found)
    this = wordings[index]
    if this.attribution.within is not None or of_other_days(this):
        return None
    before = next((i for i in range(index - 1, max(-1, index - 1 - _BACK), -1) if found[i].said), None)
    if before is None or not adjacent(parsed, wordings[before], this):
        return None
    if credits and _opposed(credits[before], credits[index]):
        return None
    spoken_for = bool(credits) and _speaks_for(wordings[before], this, credits[before], credits[index])
    return before if spoken_for or _briefs_on(wordings[before], this) else None


def _briefs_on(before: Wording, this: Wording) -> bool:
    """Whether a briefing follows an announcement."""
    channel = channel_of(this)
    return announces(before) and channel in _words("meetings") and not medium_speaks(this)


def _speaks_for(before: Wording, this: Wording, body: Credit, speaker: Credit) -> bool:
    """Whether somebody speaks, by no medium of his own, in the sentence after that of a body whose head he is, or of
    the state whose office he holds."""
    if not before.cue or not this.cue or len(body.claimant) != 1 or len(speaker.claimant) != 1:
        return False
    one, other = body.claimant[0], speaker.claimant[0]
    follows = before.cue[0].sent.end == this.cue[0].sent.start
    if not follows or one.kind is not PartyKind.ORGANISATION or not _holds_office(other) or channel_of(this):
        return False
    own = bool(this.source) and this.source[0].lower_ == "its"
    of_state = one.name.startswith(_STATE) and len((other.role or "").split()) <= _SHORT
    return own or of_state


def _holds_office(party: Party) -> bool:
    words = (party.role or "").lower().split()
    return party.kind in (PartyKind.PERSON, PartyKind.UNNAMED) and any(w in _words("offices") for w in words)


def _opposed(one: Credit, other: Credit) -> bool:
    """Whether two claimants are known to stand on different sides."""
    sides = [{p.side for p in credit.claimant if p.side} for credit in (one, other)]
    return bool(sides[0] and sides[1]) and not sides[0] & sides[1]


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["occasion"][table])
