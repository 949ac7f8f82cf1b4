"""From a document to its reading: the steps in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version

from spacy.language import Language

from onrecord.model import (
    Act,
    Caveat,
    Document,
    Figure,
    Place,
    Quotation,
    ReaderInfo,
    Reading,
    Span,
    Statement,
    Words,
    statement_id,
)
from onrecord.reading import kept
from onrecord.reading.attribution import best
from onrecord.reading.attribution.naming import name_of
from onrecord.reading.caveats import find_caveats
from onrecord.reading.figures import find_figures
from onrecord.reading.figures.speaker import spoken_for
from onrecord.reading.holding import holders
from onrecord.reading.language import language_model
from onrecord.reading.own import find_own
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.parties import credit
from onrecord.reading.parts import cut, joined
from onrecord.reading.places import find_places
from onrecord.reading.stance import stances
from onrecord.reading.steps import Attribute, Attribution, Credit, Own, Spans, Stance
from onrecord.reading.times import find_times


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents; built once (it loads the language model) and called often.

    ``attribute`` is the step that finds who is credited with which words: the network and the rules together, unless
    another is given, such as ``onrecord.reading.attribution.rules.attribute``.
    """

    attribute: Attribute = field(default_factory=best, repr=False)
    model: Language = field(default_factory=language_model, repr=False)

    @property
    def info(self) -> ReaderInfo:
        """This reader's name and version, which go with every value it reads.

        The version holds the name of the step of attribution, which for the network is one of its weights, and ends in
        a digest of the gazetteers and parties that the user added, where there are any:
        ``0.1.0+learned-with-rules.9f3c2ab1+5c1e09f2``. Readings by the rules alone are another's: ``0.1.0+rules``.
        """
        return ReaderInfo("onrecord", _version(name_of(self.attribute), kept.digest()))

    def __call__(self, document: Document) -> Reading:
        """The reading of ``document``: pure, the same for the same text and date. A long text is read in parts."""
        parts = list(cut(document.text))
        if len(parts) == 1:
            return self._read(document)
        return joined(
            document, ((part, self._read(replace(document, text=document.text[slice(*part)]))) for part in parts)
        )

    def _read(self, document: Document) -> Reading:
        parsed = parse(document, self.model)
        times = find_times(parsed)
        mentioned = find_places(parsed)
        figures = find_figures(parsed, times, mentioned)
        attributions = self.attribute(parsed)
        own = find_own(parsed, attributions, times, mentioned, figures)
        credits = credit(parsed, attributions)
        drafts = _attributed(parsed, attributions, credits, stances(parsed, attributions, times, credits))
        drafts += [_own(parsed, one) for one in own]
        drafts.sort(key=_position)
        figures = _spoken_for(parsed, figures, drafts)
        statements = _filled(drafts, figures, mentioned.places)
        caveats = find_caveats(parsed, statements)
        statements = _hedged(statements, caveats)
        return Reading(document, self.info, statements, caveats, times, mentioned.places, mentioned.demonyms, figures)


@cache
def _version(attribution: str, added: str) -> str:
    return f"{version('onrecord')}+{attribution}" + (f"+{added}" if added else "")


def _hedged(statements: tuple[Statement, ...], caveats: tuple[Caveat, ...]) -> tuple[Statement, ...]:
    """The statements with the ids of the caveats that cover them."""
    covering: dict[str, list[str]] = {}
    for caveat in caveats:
        for covered in caveat.covers:
            covering.setdefault(covered, []).append(caveat.id)
    return tuple(replace(s, caveats=tuple(covering.get(s.id, ()))) for s in statements)


def _position(statement: Statement) -> tuple[Span, ...]:
    return statement.content.spans


def _attributed(
    parsed: Parsed,
    attributions: tuple[Attribution, ...],
    credits: tuple[Credit, ...],
    stances: tuple[Stance, ...],
) -> list[Statement]:
    words = [tuple(_words(parsed, spans) for spans in (a.source, a.cue)) for a in attributions]
    contents = [Words.of(parsed.text, a.content) for a in attributions]
    ids = [statement_id(parsed.document, c, cue, source) for c, (source, cue) in zip(contents, words, strict=True)]
    return [
        Statement(
            id=id_,
            content=content,
            cue=cue,
            source=source,
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
        for id_, a, content, (source, cue), c, s in zip(
            ids, attributions, contents, words, credits, stances, strict=True
        )
    ]


def _words(parsed: Parsed, spans: Spans) -> Words | None:
    return Words.of(parsed.text, spans) if spans else None


def _own(parsed: Parsed, own: Own) -> Statement:
    content = Words.of(parsed.text, own.content)
    return Statement(
        id=statement_id(parsed.document, content, None, None),
        content=content,
        cue=None,
        source=None,
        claimant=(),
        relays=(),
        channel=None,
        act=Act.REPORT,
        quotation=Quotation.NONE,
        factuality=own.factuality,
    )


def _spoken_for(parsed: Parsed, figures: tuple[Figure, ...], statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """The figures, with what only their statement's claimant tells of them."""
    inside = holders([s.content.spans for s in statements], [f.spans for f in figures])
    named = {p.side for s in statements for p in s.claimant} | {f.side for f in figures}
    every = frozenset(side for side in named if side is not None)
    said: list[Figure] = []
    for figure, round_it in zip(figures, inside, strict=True):
        sides = {p.side for i in round_it for p in statements[i].claimant}
        side = sides.pop() if len(sides) == 1 else None
        said.append(spoken_for(parsed, figure, side, every) if side is not None else figure)
    return tuple(said)


def _filled(
    statements: Sequence[Statement], figures: tuple[Figure, ...], places: tuple[Place, ...]
) -> tuple[Statement, ...]:
    """The statements with their figures (each on the innermost statement that holds it) and places (on all)."""
    contents = [s.content.spans for s in statements]
    sizes = [sum(end - start for start, end in spans) for spans in contents]
    figures_of: list[list[Figure]] = [[] for _ in statements]
    places_of: list[list[Place]] = [[] for _ in statements]
    for figure, round_it in zip(figures, holders(contents, [f.spans for f in figures]), strict=True):
        if round_it:
            figures_of[min(round_it, key=sizes.__getitem__)].append(figure)
    for place, round_it in zip(places, holders(contents, [p.spans for p in places]), strict=True):
        for i in round_it:
            places_of[i].append(place)
    return tuple(
        replace(s, figures=tuple(of), places=tuple(at))
        for s, of, at in zip(statements, figures_of, places_of, strict=True)
    )
