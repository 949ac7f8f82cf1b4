"""Whom source words denote: names, titles, pronouns and roles to one Party per document, and who relayed.

The names of the document are found once (``scene``), each source is taken apart (``sources``) and answered in the order
of the text (``answers``), then relays are read (``relays``).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import Party, PartyKind, Relay, Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.parties.answers import answer
from onrecord.reading.parties.bodies import named_bodies
from onrecord.reading.parties.known import OUTLETS
from onrecord.reading.parties.memory import Answer, Heard, Memory, Question
from onrecord.reading.parties.reach import cited, speaker_inside, whole
from onrecord.reading.parties.relays import according_after, carried_on, named_relays, outer_relays, own_outlet
from onrecord.reading.parties.roles import tell_sides
from onrecord.reading.parties.scene import SUBJECTS, Scene, set_scene, word_set
from onrecord.reading.parties.sources import TokenMap
from onrecord.reading.parties.titles import tell_of_people
from onrecord.reading.steps import Attribution, Credit

__all__ = ["credit"]


def credit(parsed: Parsed, attributions: tuple[Attribution, ...]) -> tuple[Credit, ...]:
    """One credit an attribution, in the same order: its claimants, its relays, what is doubtful."""
    if not attributions or not len(parsed.doc):
        return tuple(Credit(()) for _ in attributions)
    tokens = TokenMap(parsed.doc)
    scene = set_scene(parsed, [tokens.whole(a.source) for a in attributions if a.source])
    tell_of_people(scene)
    _mark_reported(scene, tokens, attributions)
    memory = named_bodies(scene)
    tell_sides(scene, memory)
    outer = frozenset(a.within for a in attributions if a.within is not None)
    answers = _Hearing(scene, tokens, attributions, memory, outer).all()
    cues = {i for a in attributions for span in a.cue for i in range(*tokens.range(*span))}
    named = [
        _via(scene, a, answers[i])
        + named_relays(scene, tokens, a, answers[i].parties)
        + _vouchers(scene, memory, tokens, a, answers[i], cues)
        for i, a in enumerate(attributions)
    ]
    relays = _relays(scene, tokens, attributions, answers, named)
    return tuple(
        Credit(scene.latest(a.parties), r, () if a.sure else ("claimant",))
        for a, r in zip(answers, relays, strict=True)
    )


def _vouchers(
    scene: Scene, memory: Memory, tokens: TokenMap, attribution: Attribution, found: Answer, cues: set[int]
) -> tuple[Relay, ...]:
    """Any party behind an "according to" that follows somebody's words in their sentence."""
    words = according_after(scene, tokens, attribution, cues)
    if words is None:
        return ()
    start, end = words
    parties = answer(scene, memory, Question(start, end, -1)).parties
    span = Span(scene.doc[start].idx, scene.doc[end - 1].idx + len(scene.doc[end - 1]))
    own = {p.name for p in found.parties}
    return tuple(Relay(p.name, (span,)) for p in parties if p.name not in own and not own_outlet(scene, p.name))


def _via(scene: Scene, attribution: Attribution, found: Answer) -> tuple[Relay, ...]:
    return tuple(Relay(p.name, attribution.source) for p in found.via if not own_outlet(scene, p.name))


def _mark_reported(scene: Scene, tokens: TokenMap, attributions: tuple[Attribution, ...]) -> None:
    for attribution in attributions:
        if attribution.within is None:
            for span in attribution.content:
                start, end = tokens.range(*span)
                scene.reported[start:end] = [True] * (end - start)


@dataclass(slots=True)
class _Hearing:
    """The sources of a document in the order of the text, each answered with what was heard before."""

    scene: Scene
    tokens: TokenMap
    attributions: tuple[Attribution, ...]
    memory: Memory
    outer: frozenset[int]
    """The attributions in which others are nested."""

    def all(self) -> list[Answer]:
        answers: dict[int, Answer] = {}
        order = sorted(range(len(self.attributions)), key=self._position)
        for index in order:
            for at in (*reversed(self._chain(index)), index):
                if at not in answers:
                    answers[at] = self._one(at, answers)
        return [answers[i] for i in range(len(self.attributions))]

    def _position(self, index: int) -> tuple[int, int]:
        a = self.attributions[index]
        anchor = a.source or a.cue or a.content
        return anchor[0].start, index

    def _chain(self, index: int) -> list[int]:
        """The attributions this one is nested in, innermost first."""
        chain: list[int] = []
        at = self.attributions[index].within
        while at is not None and at not in chain and at != index and len(chain) < 20:
            chain.append(at)
            at = self.attributions[at].within
        return chain

    def _one(self, index: int, answers: dict[int, Answer]) -> Answer:
        attribution = self.attributions[index]
        within = attribution.within
        outer = answers[within].parties if within is not None and within in answers else ()
        if not attribution.source:
            return self._without_source(attribution, answers, index)
        start, end = self.tokens.whole(attribution.source)
        if start >= end:
            return Answer((), sure=False)
        taken = {i for span in (*attribution.cue, *attribution.content) for i in range(*self.tokens.range(*span))}
        start, end = whole(self.scene, start, end, taken)
        question = Question(start, end, index, outer, self.scene.quoted[start])
        found = self._passed_on(attribution, question, answer(self.scene, self.memory, question))
        self._remember(question, found, within)
        return found

    def _passed_on(self, attribution: Attribution, question: Question, found: Answer) -> Answer:
        """Whose words an outlet passes on, where it cites somebody or its words tell of a speech; itself otherwise."""
        types = {self.scene.types.get(p.id) for p in found.parties}
        outlet = types <= OUTLETS or self._root(question).lower_ in word_set("outlets")
        if not attribution.cue or not types or not outlet:
            return found
        cue = self.tokens.range(attribution.cue[0].start, attribution.cue[-1].end)
        spans = [self.tokens.range(*span) for span in attribution.content]
        inside = {i for span in spans for i in range(*span)}
        words = cited(self.scene, cue, inside)
        if words is None and spans and question.index not in self.outer:
            words = speaker_inside(self.scene.doc, *spans[0])
        if words is None or words[0] <= question.start < words[1]:
            return found
        other = answer(self.scene, self.memory, Question(*words, question.index, question.outer))
        speaks = any(p.kind is not PartyKind.UNNAMED or p.side or p.role for p in other.parties)
        return Answer(other.parties, other.sure, via=found.parties) if speaks else found

    def _root(self, question: Question) -> Token:
        return self.scene.doc[question.start : question.end].root

    def _remember(self, question: Question, found: Answer, within: int | None) -> None:
        root = self._root(question)
        party = found.parties[0] if found.parties else None
        pronoun = root.lower_
        pronouns = lexicon("parties")["pronouns"]
        gender = "m" if pronoun in pronouns["masculine"] else "f" if pronoun in pronouns["feminine"] else None
        many = root.tag_ in ("NNS", "NNPS") or pronoun in pronouns["many"] or len(found.parties) > 1
        self.memory.heard.append(
            Heard(
                at=question.start,
                parties=found.parties,
                head=root.lemma_.lower(),
                many=many,
                subject=root.dep_ in SUBJECTS,
                speaker=True,
                gender=gender,
                type=self.scene.types.get(party.id, "") if party else "",
                holder=within,
            )
        )

    def _without_source(self, attribution: Attribution, answers: dict[int, Answer], index: int) -> Answer:
        """A quotation that goes on has the last speaker; a cue alone is nobody's by name."""
        text = self.scene.parsed.text
        cue = " ".join(" ".join(text[s.start : s.end] for s in attribution.cue).split())
        if not cue:
            last = self._last_speaker(attribution)
            return Answer(last, sure=False) if last else Answer((), sure=False)
        back = any(cue.lower().startswith(words) for words in lexicon("parties")["orphans"]["back"])
        last = self._last_speaker(attribution) if back and attribution.within is None else ()
        if last:
            return Answer(last, sure=False)
        return Answer((self.scene.party(f"unnamed: {cue[:80]}", PartyKind.UNNAMED),))

    def _last_speaker(self, attribution: Attribution) -> tuple[Party, ...]:
        at = self.tokens.range(*attribution.content[0])[0] if attribution.content else 0
        return next((h.parties for h in reversed(self.memory.heard) if h.at < at and h.holder is None), ())


def _relays(
    scene: Scene,
    tokens: TokenMap,
    attributions: tuple[Attribution, ...],
    answers: list[Answer],
    named: list[tuple[Relay, ...]],
) -> list[tuple[Relay, ...]]:
    near = [i > 0 and _goes_on(scene, tokens, attributions[i - 1], a) for i, a in enumerate(attributions)]
    spread = carried_on(named, [a.parties for a in answers], near)
    result = []
    for index, attribution in enumerate(attributions):
        chain = spread[index]
        at, seen = attribution.within, {index}
        while at is not None and at not in seen and len(seen) < 20:
            seen.add(at)
            outer = attributions[at]
            if not outer.source and _nobody(answers[at]):  # "reportedly"
                at = outer.within
                continue
            chain += outer_relays(answers[index].parties, answers[at].parties, outer.source or outer.cue) + tuple(
                r for r in named[at] if r.name not in {p.name for p in answers[index].parties}
            )
            at = outer.within
        result.append(
            tuple({r.name: r for r in reversed(chain)}[name] for name in dict.fromkeys(r.name for r in chain))
        )
    return result


def _nobody(answer_: Answer) -> bool:
    return all(p.kind is PartyKind.UNNAMED for p in answer_.parties)


def _goes_on(scene: Scene, tokens: TokenMap, before: Attribution, after: Attribution) -> bool:
    """Whether a statement follows in the next sentence, its source a pronoun or none."""
    if after.within is not None or not (before.content and after.content):
        return False
    one = tokens.range(*(before.cue or before.content)[0])[0]
    two = tokens.range(*(after.source or after.cue or after.content)[0])[0]
    size = len(scene.doc)
    if one >= size or two >= size:
        return False
    pronoun = not after.source or scene.doc[two].pos_ == "PRON"
    return pronoun and 0 <= scene.sentence[two] - scene.sentence[one] <= 2
