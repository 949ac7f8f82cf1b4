"""Whether two parties are read alike: their names are swapped in real reports, and the readings of both held together.

usage: python -m evaluation.symmetry [rules|learned|both ...] [--write]

Swapped are the names of two states, their demonyms and capitals, with the article before them; names of organisations
that only contain one are left (`KEPT`). A statement swaps when it is read from the same words, and every field is that
of the first with the names swapped. Coordinates of the swapped names move, and are left out; those of all others stay.
``--write`` puts the figures into docs/quality.md.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from evaluation import SHARED, page
from evaluation.steps import STEPS
from evaluation.variants import Edit, Row, edited
from onrecord.contract import contract
from onrecord.model import Document
from onrecord.reading.reader import Reader

CORPORA = ("corpora/war/ukraine.jsonl", "corpora/war/other.jsonl")
KEPT = ("Syrian Observatory", "Syrian Democratic Forces", "Syrian Network", "Syrian National", "Free Syrian Army")
NO_REPORTS = ("encyclopedia", "methodology-note")
PARTIES = ("first", "second")
SIDED = ("claimant", "figures")
APART = frozenset(("id", "spans", "geonameid", "uncertainty_m"))
COORDINATES = frozenset(("lat", "lon"))
SAME = 0.5  # the overlap from which two contents are one, as in the shared scorers
SAME_WORDS = ("content", "cue", "source")
STANCE = ("channel", "act", "quotation", "factuality", "said")
FIELDS = ("claimant", "relays", *STANCE, "caveats", "figures", "places")


@dataclass(frozen=True, slots=True)
class Swap:
    """Two parties: ``words`` and ``codes`` of each for those of the other; ``firsts`` are the words of the first."""

    words: dict[str, str]
    codes: dict[str, str]
    firsts: frozenset[str]

    def edits(self, text: str) -> Iterator[Edit]:
        """Where ``text`` names one party, with the name of the other and the article that goes with it."""
        for found in self.found(text):
            other = self.words[found[3]]
            article = f"{found[2]}{'n' if other[0] in 'AEIO' else ''} " if found[2] else ""
            yield *found.span(), article + other

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where ``text`` names a party: with the letter of its article and the name as groups 2 and 3."""
        names = "|".join(sorted(map(re.escape, self.words), key=len, reverse=True))
        pattern = rf"\b(?:({'|'.join(KEPT)})|(?:([Aa])n? )?({names}))(?=s?\b)"
        return (found for found in re.finditer(pattern, text) if found[3])

    def which(self, text: str) -> str | None:
        """Which party ``text`` names, None where it names both or neither."""
        named = {"first" if found[3] in self.firsts else "second" for found in self.found(text)}
        return named.pop() if len(named) == 1 else None

    def text(self, text: str) -> str:
        """The same text of the other party.

        >>> swap(("Israel", "Palestine"), ("Israeli", "Palestinian")).text("an Israeli of Palestine")
        'a Palestinian of Israel'
        """
        return str(edited({"text": text, "attributions": []}, self.edits(text))["text"])

    def value(self, value: Any) -> Any:
        """Any value of the contract with the parties swapped, in words and in codes."""
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if isinstance(value, str):
            return self.codes.get(value) or self.lower(self.text(value))
        return value

    def lower(self, words: str) -> str:
        """``words`` with the parties swapped where they stand in small letters, as nouns and measures do."""
        small = {one.lower(): other.lower() for one, other in self.words.items()}
        return re.sub(rf"\b({'|'.join(small)})(?=s?\b)", lambda found: small[found[1]], words)

    def names(self, words: str) -> bool:
        """Whether ``words`` name one of the parties."""
        return any(self.found(words))


def swap(*pairs: tuple[str, str], codes: tuple[str, str] = ("", "")) -> Swap:
    """Each word of a pair for the other, both ways; of several words for one, the first is the one that comes back."""
    words: dict[str, str] = {}
    for one, other in pairs:
        words.setdefault(one, other)
        words.setdefault(other, one)
    return Swap(words, {codes[0]: codes[1], codes[1]: codes[0]}, frozenset(one for one, _ in pairs))


SWAPS = {
    "ukraine-2022": swap(
        *(("Ukraine", "Russia"), ("Ukrainian", "Russian"), ("Kyiv", "Moscow"), ("Kiev", "Moscow")), codes=("UA", "RU")
    ),
    "syria": swap(
        *(("Syria", "Turkey"), ("Syrian", "Turkish"), ("Syrians", "Turks"), ("Damascus", "Ankara")), codes=("SY", "TR")
    ),
    "nagorno-karabakh": swap(
        *(("Armenia", "Azerbaijan"), ("Armenian", "Azerbaijani"), ("Armenian", "Azeri"), ("Yerevan", "Baku")),
        codes=("AM", "AZ"),
    ),
    "gaza-2023": swap(
        *(("Israel", "Palestine"), ("Israeli", "Palestinian"), ("Tel Aviv", "Ramallah")), codes=("IL", "PS")
    ),
}


def plain(value: Any, parties: Swap, apart: frozenset[str]) -> Any:
    """A value without its fields ``apart`` and without the coordinates of what is called by a party's name."""
    if isinstance(value, list):
        return [plain(one, parties, apart) for one in value]
    if not isinstance(value, dict):
        return value
    moves = apart | (COORDINATES if parties.names(str(value.get("name"))) else frozenset())
    return {key: plain(one, parties, apart) for key, one in value.items() if key not in moves}


def compared(first: Row, second: Row, moved: list[Row], parties: Swap) -> Iterator[set[str]]:
    """For each statement of the first reading the fields that do not swap; ``{"statement"}`` when it is not read again.

    ``moved`` are the words of the first reading's statements at their places in the second text. A field whose sides
    alone do not swap has " (side)" behind its name.
    """
    for statement, words in zip(first["statements"], moved, strict=True):
        other = max(second["statements"], key=lambda s: overlap(spans(s, "content"), words["content"]), default=None)
        if other is None or overlap(spans(other, "content"), words["content"]) < SAME:
            yield {"statement"}
            continue
        wrong = {name for name in SAME_WORDS if spans(other, name) != words[name]}
        for name in FIELDS:
            one, again = parties.value(told(statement, name, first)), told(other, name, second)
            if plain(one, parties, APART | {"side"}) != plain(again, parties, APART | {"side"}):
                wrong.add(name)
            elif plain(one, parties, APART) != plain(again, parties, APART):
                wrong.add(f"{name} (side)")
        yield wrong


def told(statement: dict[str, Any], field: str, reading: dict[str, Any]) -> Any:
    """What a statement tells in a field; of caveats their words."""
    if field == "caveats":
        return sorted(c["text"] for c in reading["caveats"] if c["id"] in statement["caveats"])
    return statement[field]


def spans(statement: dict[str, Any], field: str) -> list[list[int]]:
    """Where the words of a field stand."""
    return statement[field]["spans"] if statement[field] else []


def overlap(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    """The Jaccard index of the characters of two lists of spans."""
    first, second = ({i for start, end in some for i in range(start, end)} for some in (one, other))
    return len(first & second) / max(len(first | second), 1)


@cache
def _reader(step: str) -> Reader:
    return Reader(attribute=STEPS[step]())


def counted(row: Row, step: str) -> Counter[str]:
    """What does not swap in one report, counted."""
    parties = SWAPS[row["conflict"]]
    first = reading(row, row["text"], step)
    words = [{name: spans(s, name) for name in SAME_WORDS} for s in first["statements"]]
    other = edited({"text": row["text"], "attributions": words}, parties.edits(row["text"]))
    second = reading(row, other["text"], step)
    count = Counter({"reports": 1})
    for statement, wrong in zip(
        first["statements"], compared(first, second, other["attributions"], parties), strict=True
    ):
        for kind in ("all", "named") if parties.names(statement["content"]["text"]) else ("all",):
            count[kind] += 1
            count[f"{kind} swap"] += not wrong
            count[f"{kind} swap but sides"] += all(name.endswith("(side)") for name in wrong)
        count.update(wrong)
    for one in first["statements"], second["statements"]:
        count.update(credited(one, parties))
    return count


def credited(statements: list[Row], parties: Swap) -> Iterator[str]:
    """Which of the two parties the source of a statement names, and whether it is told as certain."""
    for statement in statements:
        which = parties.which(statement["source"]["text"]) if statement["source"] else None
        if which:
            yield f"credited {which}"
            if statement["factuality"] == "certain":
                yield f"certain {which}"


def reading(row: Row, text: str, step: str) -> dict[str, Any]:
    """The reading of ``text`` in the contract, dated as the row."""
    told = re.match(r"\d{4}-\d\d-\d\d(?=$|T)", row.get("published") or "")
    published = date.fromisoformat(told[0]) if told else None
    return contract(_reader(step)(Document(text, row["id"], published)))


def reports() -> Iterator[Row]:
    """The shared reports that name a party of their conflict; encyclopedias and notes on method are no reports."""
    for corpus in CORPORA:
        for line in (SHARED / corpus).read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line.strip() else {}
            parties = SWAPS.get(row.get("conflict", ""))
            if parties and row["genre"] not in NO_REPORTS and any(parties.edits(row["text"])):
                yield row


def rows(total: Counter[str]) -> Iterator[tuple[str, str]]:
    """The figures of one step, in words; per cent unless they are counts."""

    def share(part: str, whole: int) -> str:
        return f"{100 * total[part] / max(whole, 1):.1f} %"

    again = total["all"] - total["statement"]
    yield "reports", str(total["reports"])
    yield "statements", str(total["all"])
    yield "**every field swaps**", share("all swap", total["all"])
    yield "… among those whose content names a party", share("named swap", total["named"])
    yield "… sides of persons and figures left aside", share("all swap but sides", total["all"])
    yield "not read again", share("statement", total["all"])
    for name in (*SAME_WORDS, *FIELDS):
        yield f"{name} differs", share(name, again)
        if name in SIDED:
            yield f"{name}: its side alone differs", share(f"{name} (side)", again)
    parties = [total[f"credited {which}"] for which in PARTIES]
    yield "statements whose source names the first / second party, in both texts", " / ".join(map(str, parties))
    certain = (share(f"certain {which}", of) for which, of in zip(PARTIES, parties, strict=True))
    yield "… of these as certain", " / ".join(certain)


def told_of(row: list[str]) -> bool:
    """Whether a row is worth a line on the page: it differs in two per cent with one of the steps, or is no share."""
    shares = [float(cell[:-2]) for cell in row[1:] if re.fullmatch(r"[\d.]+ %", cell)]
    return not shares or max(shares) >= 2


def main(arguments: list[str]) -> None:
    """Prints, and where asked writes, the figures of each step side by side."""
    steps = [a for a in arguments if a in STEPS] or ["rules", "both"]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [dict(rows(sum(pool.map(partial(counted, step=step), reports()), Counter()))) for step in steps]
    told = [[name, *(one[name] for one in found)] for name in found[0]]
    print(page.table(("figure", *steps), told))
    if "--write" in arguments:
        page.put("symmetry", page.table(("figure", *steps), [row for row in told if told_of(row)]))


if __name__ == "__main__":
    main(sys.argv[1:])
