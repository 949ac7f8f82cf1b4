"""The corpus as arrays: every article's words, and what its annotators credited to whom."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation import variants
from onrecord.model import Document
from onrecord.reading.attribution.learned.pieces import Pieces
from onrecord.reading.attribution.learned.words import Ints, Words, words_of
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse

OTHER, SOURCE, CUE, CONTENT = range(4)
DRESSED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One article in one dress: ``anchors[i]`` is the word that stands for the i-th cue, ``roles[i]`` the part every
    word has in that attribution."""

    key: str
    words: Words
    anchors: Ints
    roles: tuple[Ints, ...]


def prepared(rows: Sequence[variants.Row], pieces: Pieces) -> Iterator[Example]:
    """The examples of corpus rows, parsed as at run time."""
    model = language_model()
    for row in rows:
        words = words_of(parse(Document(row["text"]), model), pieces)
        anchors, roles = [], []
        for attribution in row["attributions"]:
            role = np.zeros(len(words), np.int8)
            for number, name in ((CONTENT, "content"), (CUE, "cue"), (SOURCE, "source")):
                for start, end in attribution[name]:
                    role[_covered(words, start, end)] = number
            anchor = _anchor(words, np.flatnonzero(role == CUE))
            if anchor is not None and anchor not in anchors:
                anchors.append(anchor)
                roles.append(role)
        yield Example(row["id"], words, np.array(anchors, np.int64), tuple(roles))


def _covered(words: Words, start: int, end: int) -> slice:
    first = int(np.searchsorted(words.ends, start, side="right"))
    return slice(first, max(int(np.searchsorted(words.starts, end)), first))


def _anchor(words: Words, cue: Ints) -> int | None:
    """The cue's head: its word that hangs on one outside it, that with the widest subtree if there are several."""
    if not len(cue):
        return None
    inside = set(cue.tolist())
    tops = [i for i in inside if int(words.heads[i]) not in inside or int(words.heads[i]) == i]
    return max(tops or inside, key=lambda i: (int(words.rights[i] - words.lefts[i]), -i))


def read_rows(path: Path) -> list[variants.Row]:
    """The rows of a corpus file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def dressed(row: variants.Row, chance: random.Random) -> variants.Row:
    """The row in a dress of several chance variants, one at least."""
    likely = {
        variants.straightened: 0.2,
        variants.unquoted: 0.3,
        variants.stripped: 0.35,
        variants.upper: 0.12,
        variants.single_paragraph: 0.35,
        variants.sentence_lines: 0.25,
        variants.headlined: 0.2,
    }
    taken = [change for change, how in likely.items() if chance.random() < how]
    for change in taken or [variants.single_paragraph]:
        row = change(row)
    return row


def load(corpus: Path, cache: Path, pieces: Pieces, seed: int) -> tuple[list[Example], list[Example]]:
    """The examples of a corpus file as printed, and those of about ``DRESSED`` of them in another dress; kept in
    ``cache``, from which a later run takes them."""
    if cache.exists():
        found: tuple[list[Example], list[Example]] = pickle.loads(cache.read_bytes())  # noqa: S301 - written by us
        return found
    rows, chance = read_rows(corpus), random.Random(seed)  # noqa: S311 - no secret
    plain = list(prepared(rows, pieces))
    other = list(prepared([dressed(row, chance) for row in rows if chance.random() < DRESSED], pieces))
    cache.write_bytes(pickle.dumps((plain, other)))
    return plain, other
