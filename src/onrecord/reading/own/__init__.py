"""The author's own checkable statements: events, figures, control of territory, dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import Figure, Span, Time
from onrecord.reading.caveats import caveat_spans
from onrecord.reading.lexicon import lexicon
from onrecord.reading.own.clauses import clauses_of, merged, units_of
from onrecord.reading.own.evidence import Evidence, weight_of
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.factuality import clause_factuality
from onrecord.reading.stance.wording import main_head
from onrecord.reading.steps import Attribution, Mentioned, Own


def find_own(
    parsed: Parsed,
    attributions: tuple[Attribution, ...],
    times: tuple[Time, ...],
    mentioned: Mentioned,
    figures: tuple[Figure, ...],
) -> tuple[Own, ...]:
    """The author's own checkable statements, in order; none overlaps an attributed content by half or more.

    A sentence, or the clause of it that no attribution and no caveat takes, counts when its evidence reaches
    the least weight of the table ``own``: an event or control in its main clause and one sign more that a
    particular time, place, party or number is meant. Questions, by-lines, notices and judgements do not.
    """
    credited = [s for a in attributions for s in (*a.content, *a.source, *a.cue)]
    taken = merged([*credited, *caveat_spans(parsed)])
    return tuple(_own(parsed, taken, Evidence.of(times, mentioned, figures)))


def _own(parsed: Parsed, taken: Sequence[Span], evidence: Evidence) -> Iterator[Own]:
    least = lexicon("own")["weights"]["least"]
    for unit in units_of(parsed):
        for clause in clauses_of(parsed, unit, taken):
            tokens = tuple(parsed.doc[clause[0] : clause[1]])
            head = main_head(tokens)
            if head is None or weight_of(parsed, clause, head, evidence) < least:
                continue
            span = Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            yield Own((span,), clause_factuality(head, frozenset(range(*clause))))
