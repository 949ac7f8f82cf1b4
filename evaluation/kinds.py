"""Attribution by kind: of the gold, how much is found, with the right source and the very words; of the read, how much
is right.

usage: python -m evaluation.kinds GOLD.jsonl [rules|learned|both ...] [--write]

Kinds: cue of speech or another, quoted or plain, source a pronoun, a name, a noun or none. Matching, words and the list
of speech words are those of the shared scorer. ``--write`` puts all steps side by side into docs/quality.md, and the
joint F1 of each.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from evaluation import SHARED, page
from evaluation.robustness import as_rows, shared_scorer
from evaluation.steps import STEPS
from evaluation.variants import Row
from onrecord.model import Document
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse

Counts = Counter[tuple[str, str]]
_PRONOUNS = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "who", "which", "that", "this", "her", "his", "him")
)
_BEFORE = frozenset(("a", "an", "the", "these", "those", "some", "many", "most", "several", "other", "others", "both"))
# What is counted of a kind, and what it is a share of.
SHARES = {
    "found": "gold",
    "right": "gold",
    "precision": "read",
    "source": "found",
    "cue exact": "found",
    "source exact": "found",
    "content exact": "found",
}
KINDS = (
    "all",
    "cue of speech",
    "other cue",
    "quoted",
    "plain",
    "source a pronoun",
    "source with a name",
    "source a noun",
    "no source",
)


def speech_words() -> frozenset[str]:
    """The speech words of the shared scorer, which can only be read, not imported."""
    source = (SHARED / "score/score_attribution_cues.py").read_text(encoding="utf-8")
    found = re.search(r'SPEECH = set\("""(.*?)"""', source, re.DOTALL)
    return frozenset(found[1].split() if found else ())


def kinds_of(attribution: Row, text: str, quoted: bool, speech: frozenset[str]) -> Iterator[str]:
    """The kinds one attribution is of.

    >>> said = {"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 15]]}
    >>> list(kinds_of(said, "He said it rains", False, frozenset(["said"])))
    ['all', 'cue of speech', 'plain', 'source a pronoun']
    """
    yield "all"
    cue = " ".join(text[start:end] for start, end in attribution["cue"]).lower()
    yield "cue of speech" if speech & set(re.findall(r"\w+", cue)) else "other cue"
    yield "quoted" if quoted else "plain"
    source = " ".join(text[start:end] for start, end in attribution["source"])
    if not source:
        yield "no source"
    elif source.lower() in _PRONOUNS:
        yield "source a pronoun"
    else:
        yield "source with a name" if named(source, text) else "source a noun"


def named(source: str, text: str) -> bool:
    """Whether a word of ``source`` is a name: capitals, but for a first word that a sentence may have given them.

    >>> named("The mayor", "The mayor said"), named("Officials", "Officials and officials"), named("the EU", "")
    (False, False, True)
    """
    first, *rest = source.split()
    if any(word[:1].isupper() for word in rest):
        return True
    return (
        first[:1].isupper() and first.lower() not in _BEFORE and not re.search(rf"\b{re.escape(first.lower())}\b", text)
    )


def counts(row: Row, read: list[Row], scorer: ModuleType, speech: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(kind, what is counted) for every attribution of one text, of the gold and of what was read."""
    text = row["text"]
    bounds = [m.span() for m in scorer.WORD.finditer(text)]
    starts, ends = [b[0] for b in bounds], [b[1] for b in bounds]
    given, read = (
        [a for a in some if scorer.words_in(a["content"], starts, ends)] for some in (row["attributions"], read)
    )
    gold, found = scorer.prepare(given, text, starts, ends), scorer.prepare(read, text, starts, ends)
    same: dict[int, set[str]] = {}
    right: set[int] = set()
    for i, j, _ in scorer.match(gold, found):
        same[i] = set(likenesses(gold[i], found[j], scorer))
        right |= {j} if "right" in same[i] else set()
    for i, attribution in enumerate(given):
        for kind in kinds_of(attribution, text, gold[i]["quoted"], speech):
            yield kind, "gold"
            yield from ((kind, what) for what in same.get(i, ()))
    for j, attribution in enumerate(read):
        for kind in kinds_of(attribution, text, found[j]["quoted"], speech):
            yield kind, "read"
            yield from ((kind, "precision") for _ in {j} & right)


def likenesses(gold: Row, read: Row, scorer: ModuleType) -> Iterator[str]:
    """In what a read attribution is like the gold one it was paired with."""
    yield "found"
    if not (gold["source"] or read["source"]) or scorer.jaccard(gold["source"], read["source"]) >= scorer.MIN:
        yield from ("right", "source")
    yield from (f"{role} exact" for role in ("cue", "source", "content") if gold[role] == read[role])


def counted(corpus: Path, steps: Sequence[str]) -> dict[str, Counts]:
    """What each step finds in ``corpus``, counted by kind; a text is parsed once for all."""
    scorer, speech = shared_scorer(), speech_words()
    attributes = {step: STEPS[step]() for step in steps}
    totals: dict[str, Counts] = {step: Counter() for step in steps}
    with corpus.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            parsed = parse(Document(row["text"]), language_model())
            for step, attribute in attributes.items():
                totals[step].update(counts(row, as_rows(attribute(parsed)), scorer, speech))
    return totals


def share(total: Counts, kind: str, what: str) -> float:
    """Per cent of ``what`` for one kind."""
    return 100 * total[kind, what] / max(total[kind, SHARES[what]], 1)


def joint(total: Counts) -> float:
    """Joint F1 of all kinds, per cent: content and source right together."""
    recall, precision = share(total, "all", "right"), share(total, "all", "precision")
    return 2 * recall * precision / max(recall + precision, 1)


def show(step: str, total: Counts) -> None:
    """Prints one line a kind."""
    print(f"{step:<20}{'gold':>6}{'read':>6}" + "".join(f"{what:>15}" for what in SHARES))
    for kind in KINDS:
        shares = "".join(f"{share(total, kind, what):>15.1f}" for what in SHARES)
        print(f"{kind:<20}{total[kind, 'gold']:>6}{total[kind, 'read']:>6}{shares}")


def beside(totals: dict[str, Counts]) -> str:
    """All steps side by side: right of the gold for each, then all that is counted of the last."""
    last = list(totals)[-1]
    others = [what for what in SHARES if what not in ("right", "source")]
    columns = ("kind", "gold", *(f"right: {step}" for step in totals), *(f"{what}: {last}" for what in others))
    rows = []
    for kind in KINDS:
        shares = [share(total, kind, "right") for total in totals.values()]
        shares += [share(totals[last], kind, what) for what in others]
        rows.append([kind, str(totals[last][kind, "gold"]), *(f"{figure:.1f}" for figure in shares)])
    return page.table(columns, rows)


def main(arguments: Sequence[str]) -> None:
    """Prints, and where asked writes, the kinds of one corpus."""
    corpus = next(Path(a) for a in arguments if a.endswith(".jsonl"))
    steps = [a for a in arguments if a in STEPS] or list(STEPS)
    totals = counted(corpus, steps)
    for step, total in totals.items():
        show(step, total)
    if "--write" in arguments:
        page.put(f"kinds: {corpus.stem}", beside(totals))
        page.put(f"joint: {corpus.stem}", page.table(("step", *totals), [("joint F1", *map(joint, totals.values()))]))


if __name__ == "__main__":
    main(sys.argv[1:])
