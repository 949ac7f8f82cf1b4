"""From a document to its reading: the steps in their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib.metadata import version

from spacy.language import Language

from onrecord.model import (
    Act,
    Document,
    Figure,
    Party,
    Place,
    Quotation,
    ReaderInfo,
    Reading,
    Span,
    Statement,
    Words,
    identifier,
)
from onrecord.reading.attribution import attribute as attribute_by_rules
from onrecord.reading.caveats import find_caveats
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.own import find_own
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.parties import credit
from onrecord.reading.places import find_places
from onrecord.reading.stance import stances
from onrecord.reading.steps import Attribute, Attribution, Credit, Own, Spans, Stance
from onrecord.reading.times import find_times


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents; built once (it loads the language model) and called often.

    ``attribute`` is the step that finds who is credited with which words.
    """

    attribute: Attribute = attribute_by_rules
    model: Language = field(default_factory=language_model, repr=False)

    @property
    def info(self) -> ReaderInfo:
        """This reader's name and version, which go with every value it reads."""
        return ReaderInfo("onrecord", version("onrecord"))

    def __call__(self, document: Document) -> Reading:
        """The reading of ``document``: pure, the same for the same text and date."""
        parsed = parse(document, self.model)
        times = find_times(parsed)
        mentioned = find_places(parsed)
        figures = find_figures(parsed, times, mentioned)
        attributions = self.attribute(parsed)
        own = find_own(parsed, attributions, times, mentioned, figures)
        drafts = _attributed(parsed, attributions, credit(parsed, attributions), stances(parsed, attributions, times))
        drafts += [_own(parsed, one) for one in own]
        statements = _filled(tuple(sorted(drafts, key=_position)), figures, mentioned.places)
        caveats = find_caveats(parsed, statements)
        covered = {id_: [c.id for c in caveats if id_ in c.covers] for c in caveats for id_ in c.covers}
        statements = tuple(replace(s, caveats=tuple(covered.get(s.id, ()))) for s in statements)
        return Reading(document, self.info, statements, caveats, times, mentioned.places, mentioned.demonyms, figures)


def _position(statement: Statement) -> tuple[Span, ...]:
    return statement.content.spans


def _attributed(
    parsed: Parsed,
    attributions: tuple[Attribution, ...],
    credits: tuple[Credit, ...],
    stances: tuple[Stance, ...],
) -> list[Statement]:
    ids = [identifier(parsed.document, "statement", a.content, a.cue, a.source) for a in attributions]
    return [
        Statement(
            id=id_,
            content=Words.of(parsed.text, a.content),
            cue=Words.of(parsed.text, a.cue) if a.cue else None,
            source=Words.of(parsed.text, a.source) if a.source else None,
            claimant=c.claimant,
            relays=c.relays,
            channel=s.channel,
            act=s.act,
            quotation=s.quotation,
            factuality=s.factuality,
            said=s.said,
            said_candidates=s.said_candidates,
            within=None if a.within is None else ids[a.within],
            doubts=c.doubts + s.doubts,
        )
        for id_, a, c, s in zip(ids, attributions, credits, stances, strict=True)
    ]


def _own(parsed: Parsed, own: Own) -> Statement:
    nobody: tuple[Party, ...] = ()
    return Statement(
        id=identifier(parsed.document, "statement", own.content),
        content=Words.of(parsed.text, own.content),
        cue=None,
        source=None,
        claimant=nobody,
        relays=(),
        channel=None,
        act=Act.REPORT,
        quotation=Quotation.NONE,
        factuality=own.factuality,
    )


def _filled(
    statements: tuple[Statement, ...], figures: tuple[Figure, ...], places: tuple[Place, ...]
) -> tuple[Statement, ...]:
    """The statements with their figures (each on the innermost statement that holds it) and places (on all)."""
    of: dict[str, list[Figure]] = {}
    for figure in figures:
        holders = [s for s in statements if _holds(s.content.spans, figure.spans)]
        if holders:
            of.setdefault(min(holders, key=_length).id, []).append(figure)
    return tuple(
        replace(
            s,
            figures=tuple(of.get(s.id, ())),
            places=tuple(p for p in places if _holds(s.content.spans, p.spans)),
        )
        for s in statements
    )


def _holds(outer: Spans, inner: Spans) -> bool:
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def _length(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content.spans)
