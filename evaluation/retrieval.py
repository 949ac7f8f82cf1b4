"""Verified claims for tweets (CLEF 2020 CheckThat!, task 2): the retrieval of matching beside plain BM25.

usage: python -m evaluation retrieval

MAP@5 as the task defines it, by ir-measures, on the development half; the test half is not read. Both search the claim
and its title. The baseline is Lucene's BM25 (bm25s) over words in small letters. The collection holds some claims
twice; of equal scores the first in the collection stands first, for both.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

import bm25s
import ir_measures
import numpy as np
from ir_measures import AP

from evaluation import SHARED
from evaluation.scores import Scores
from onrecord.matching import Retriever

ARCHIVE = SHARED / "matching" / "clef2020_verified_claims" / "v3.zip"
FIRST = 5
Search = Callable[[str], Sequence[int]]
"""The places of the claims found, the best first."""


def evaluated() -> Iterator[tuple[str, Scores]]:
    """(table, figures): MAP@5 of both, in per cent."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        claims = _rows(archive, "verified_claims.docs.tsv")
        queries = dict(_rows(archive, "dev/tweets.queries.tsv"))
        told = _rows(archive, "dev/tweet-vclaim-pairs.qrels", header=False)
    right = [ir_measures.Qrel(query, claim, int(relevant)) for query, _, claim, relevant in told]
    texts = [f"{claim} {title}" for _, claim, title in claims]
    found = {}
    for name, search in (("MAP@5", ours(texts)), ("MAP@5, BM25", baseline(texts))):
        run = [
            ir_measures.ScoredDoc(query, claims[at][0], -rank)
            for query, text in queries.items()
            for rank, at in enumerate(search(text))
        ]
        found[name] = 100 * ir_measures.calc_aggregate([AP @ FIRST], right, run)[AP @ FIRST]
    yield "retrieval", found


def ours(texts: Sequence[str]) -> Search:
    """The retrieval of matching."""
    retriever = Retriever(texts)
    return lambda query: [at for at, _ in retriever.best(query, FIRST)]


def baseline(texts: Sequence[str]) -> Search:
    """BM25 over words, as it comes."""
    index = bm25s.BM25(method="lucene")
    index.index([_words(text) for text in texts], show_progress=False)

    def search(query: str) -> list[int]:
        scores = index.get_scores(_words(query))
        return [int(at) for at in np.argsort(-scores, kind="stable")[:FIRST]]

    return search


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _rows(archive: zipfile.ZipFile, name: str, *, header: bool = True) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(archive.read(f"v3.0/{name}").decode("utf-8")), delimiter="\t"))
    return rows[1:] if header else rows
