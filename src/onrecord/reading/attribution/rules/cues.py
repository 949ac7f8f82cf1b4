"""Which lemma is a cue in which frame."""

from __future__ import annotations

from functools import cache

from onrecord.reading.lexicon import lexicon


@cache
def frames() -> dict[str, frozenset[str]]:
    """The lemmas that are cues, by frame: those counted and those added by hand, without what war takes literally."""
    counted, words = lexicon("attribution_cues")["counted"], lexicon("attribution")
    said = frozenset(words["seeming"])
    done = said | frozenset(words["bodily"])
    return {
        frame: (frozenset(counted.get(frame, ())) - (said if frame == "clause" else done))
        | frozenset(words["added"].get(frame, ()))
        for frame in {*counted, *words["added"]}
    }


@cache
def speaking() -> frozenset[str]:
    """The verbs that can close or open a quotation."""
    return frames()["fronted"]
