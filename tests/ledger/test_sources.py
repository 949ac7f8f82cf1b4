"""Where texts came from: copies found as they come in, revisions of what stood at a URL, snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import pytest
from sqlalchemy import select

from onrecord.ledger import Entry, Ledger
from onrecord.ledger import tables as t
from onrecord.model import Document, Snapshot
from tests.ledger.conftest import Count, redact

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)

URL = "https://example.org/story"
STORY = (
    "The mayor of the river town said that the old bridge had been hit twice before dawn and that a clinic on the far "
    "bank lost its roof while nurses carried eleven patients down to the cellar where they waited for boats to come"
)
WORDS = STORY.split()


def text(*changed: int) -> str:
    """The story, with the words at these places replaced."""
    return " ".join(f"altered{n}" if n in changed else word for n, word in enumerate(WORDS))


def add(ledger: Ledger, *documents: Document, snapshots: Sequence[Snapshot] = ()) -> None:
    ledger.add([Entry(document) for document in documents], snapshots)


def snapshot(document: Document | None, at: str, **other: object) -> Snapshot:
    body = (document.text if document else "").encode()
    said: dict[str, object] = {
        "url": URL, "final": URL, "at": at, "status": 200, "sha256": sha256(body).hexdigest(), "body": body,
        "document": document.id if document else None,
    }  # fmt: skip
    return Snapshot(**(said | other))  # type: ignore[arg-type]


def revisions(ledger: Ledger) -> set[tuple[str, str]]:
    with ledger.store.reads() as connection:
        return {(row.document, row.former) for row in connection.execute(select(t.revisions))}


# --- copies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one by one"])
def test_exact_and_near_copies_are_found_on_the_way_in(at_once: bool, ledger: Ledger) -> None:
    first = Document(text())
    exact = Document(text().upper() + "!")
    near = Document(text(3))
    other = Document("Grain prices rose in the northern ports after the harvest was brought in early this year.")
    for some in [[first, exact, near, other]] if at_once else [[first], [exact], [near], [other]]:
        add(ledger, *some)
    found = ledger.copies(first.id)
    assert [(copy.document, copy.kind) for copy in found] == [(exact.id, "exact"), (near.id, "near")]
    assert found[0].likeness == 1
    assert 0.6 < found[1].likeness < 1
    assert {copy.document for copy in ledger.copies(near.id)} == {first.id, exact.id}
    assert ledger.copies(other.id) == ledger.copies("nothing") == []
    assert ledger.verify().faults == 0


def test_adding_copies_again_finds_nothing_new(ledger: Ledger, count: Count) -> None:
    for _ in range(2):
        add(ledger, Document(text()), Document(text(3)))
        assert (count("copies"), count("documents")) == (1, 2)


def test_a_text_copied_many_times_is_kept_small(ledger: Ledger, count: Count) -> None:
    for n in range(3):
        add(ledger, *(Document(text(1) + "." * (20 * n + k)) for k in range(1, 21)))
    assert count("bands") == 8 * 24
    assert count("copies") <= 60 * 20
    assert len(ledger.copies(Document(text(1) + "." * 50).id)) == 59


def test_texts_without_words_are_copies_of_none(ledger: Ledger, count: Count) -> None:
    add(ledger, Document("…"), Document("—"), Document("?!"))
    assert count("copies") == count("bands") == 0


# --- revisions ---------------------------------------------------------------------------------------------------


def test_another_text_at_a_url_is_a_revision_of_the_one_before(ledger: Ledger) -> None:
    first, second = Document(text(), url=URL), Document(text(1, 2), url=URL)
    elsewhere = Document(text(8), url=URL + "2")
    for document in (first, second, elsewhere, first):
        add(ledger, document)
    assert revisions(ledger) == {(second.id, first.id)}


def test_texts_of_one_batch_follow_one_another(ledger: Ledger) -> None:
    texts = [Document(text(n), url=URL) for n in range(4)]
    add(ledger, *texts)
    ids = [document.id for document in texts]
    assert revisions(ledger) == {(later, former) for former, later in pairwise(ids)}


def test_revisions_follow_when_they_were_seen_not_when_they_were_added(ledger: Ledger) -> None:
    texts = [Document(text(n), url=URL) for n in range(4)]
    days = [f"2023-03-0{n + 1}T12:00:00.000+00:00" for n in range(4)]
    for n in (2, 0, 3, 1):
        add(ledger, texts[n], snapshots=[snapshot(texts[n], days[n])])
    one, two, three, four = (document.id for document in texts)
    in_order = {(two, one), (three, two), (four, three)}
    assert in_order <= revisions(ledger)
    assert revisions(ledger) - in_order == {(three, one)}  # held while the one between them was not known


def test_a_text_that_comes_back_is_a_revision_of_what_stood_between(ledger: Ledger) -> None:
    first, second = Document(text(), url=URL), Document(text(1), url=URL)
    for n, document in enumerate((first, second, first, first)):
        add(ledger, document, snapshots=[snapshot(document, f"2023-03-0{n + 1}T00:00:00.000+00:00")])
    assert revisions(ledger) == {(second.id, first.id), (first.id, second.id)}


def test_the_excerpt_of_a_feed_is_no_revision(ledger: Ledger) -> None:
    excerpt, whole = Document(" ".join(WORDS[:12]), url=URL), Document(text(), url=URL)
    add(ledger, excerpt)
    add(ledger, whole, snapshots=[snapshot(whole, "2023-03-01T00:00:00.000+00:00")])
    assert revisions(ledger) == set()


def test_what_is_no_address_of_the_web_has_no_revisions(ledger: Ledger) -> None:
    add(ledger, Document(text(), url="u"))
    add(ledger, Document(text(1), url="u"))
    assert revisions(ledger) == set()


# --- snapshots ---------------------------------------------------------------------------------------------------


def test_a_snapshot_is_kept_once_and_given_back(ledger: Ledger, count: Count) -> None:
    document = Document(text(), url=URL)
    kept = snapshot(document, "2023-03-01T00:00:00.000+00:00", etag='"1"', body=bytes(range(256)))
    for _ in range(2):
        add(ledger, document, snapshots=[kept, snapshot(None, "2023-03-02T00:00:00.000+00:00", status=404)])
    assert count("snapshots") == 2
    assert ledger.snapshot(URL) == kept
    assert ledger.snapshot(URL + "2") is None
    assert ledger.verify().faults == 0


def test_a_snapshot_of_a_text_that_was_not_added_is_about_none(ledger: Ledger) -> None:
    add(ledger, snapshots=[snapshot(Document("Kept out."), "2023-03-01T00:00:00.000+00:00")])
    found = ledger.snapshot(URL)
    assert found is not None
    assert found.document is None


def test_what_was_taken_out_of_the_record_does_not_come_back_by_a_snapshot(ledger: Ledger) -> None:
    document = Document(text(), url=URL)
    add(ledger, document)
    with ledger.store.writes() as connection:
        redact(connection, document.id)
    feed = snapshot(None, "2023-03-01T00:00:00.000+00:00", body=document.text.encode())
    add(ledger, document, snapshots=[snapshot(document, "2023-03-01T00:00:00.000+00:00"), feed])
    with ledger.store.reads() as connection:
        kept = connection.execute(select(t.snapshots.c.document, t.snapshots.c.body)).all()
    assert {tuple(row) for row in kept} == {(document.id, None), (None, None)}
