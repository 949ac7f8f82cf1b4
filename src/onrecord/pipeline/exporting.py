"""From the ledger to an export: statements as they stand after review, as they may be shown."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from onrecord.contract import statement_from
from onrecord.model import Judgement, Party, ReaderInfo

if TYPE_CHECKING:
    from onrecord.exports import Row
    from onrecord.exports.guarding import Guarded
    from onrecord.exports.privacy import Privacy
    from onrecord.ledger import Found, Ledger, Reviewed, Where

_AT_ONCE = 300  # statements, and so documents, in memory at a time


def export(
    ledger: Ledger,
    format: str,
    out: IO[Any],
    where: Where | None = None,
    *,
    with_private: bool = False,
    today: date | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Writes the statements in ``ledger`` that meet ``where`` to ``out``, in any export format that is installed.

    Private persons go by pseudonyms and their names are blotted out, unless ``with_private``; positions in texts that
    are younger than 14 days ``today`` have no coordinates. ``step`` hears of every statement.

    Raises OutputError for a format that is not there or fails, LedgerError where the ledger does.
    """
    from onrecord.exports import export as written

    written(format, _told(rows(ledger, where, with_private=with_private, today=today), step), out)


def rows(
    ledger: Ledger, where: Where | None = None, *, with_private: bool = False, today: date | None = None
) -> Iterator[Row]:
    """The rows an exporter is given, in the order the statements were added; those whose words were taken out are not
    among them."""
    from onrecord.exports.privacy import Privacy

    privacy = None if with_private else Privacy(secrets.token_bytes(16), _is_known)
    shelf = _Shelf(ledger, privacy, today or datetime.now(UTC).date(), _corrected(ledger))
    same = ledger.clusters("party")
    coming = (found for found in ledger.statements(where) if found.value)
    while some := list(islice(coming, _AT_ONCE)):
        documents = shelf.documents(found.document for found in some)
        decided = [found.value["id"] for found in some if found.state != "open"]
        reviewed = ledger.reviewed(decided) if decided else {}
        for found in some:
            if document := documents.get(found.document):
                yield _row(found, document, reviewed.get(found.value["id"]), same)


@dataclass(slots=True)
class _Shelf:
    """Documents as an export shows them, those of the statements at hand."""

    ledger: Ledger
    privacy: Privacy | None
    today: date
    corrected: Mapping[str, Sequence[Party]]
    at_hand: dict[str, Guarded] = field(default_factory=dict)

    def documents(self, ids: Iterable[str]) -> Mapping[str, Guarded]:
        """The documents of these ids; those that were at hand before stay the same."""
        from onrecord.exports.guarding import guarded

        wanted = set(ids)
        self.at_hand = {id_: one for id_, one in self.at_hand.items() if id_ in wanted}
        for kept in self.ledger.kept(wanted - self.at_hand.keys()).values():
            self.at_hand[kept.id] = guarded(kept, self.privacy, self.today, self.corrected.get(kept.id, ()))
        return self.at_hand


def _row(found: Found, document: Guarded, reviewed: Reviewed | None, same: Mapping[str, str]) -> Row:
    """A statement as it stands after review, and as it may be shown."""
    from onrecord.exports import Row

    statement = document.statement(found.value)
    return Row(
        statement,
        document.document,
        ReaderInfo(found.reader, found.version),
        review=found.state,
        corrected=_changed(reviewed) if reviewed else (),
        found=found.found,
        withheld=document.withholds(statement),
        same=same,
    )


def _told(rows: Iterable[Row], step: Callable[[], None]) -> Iterator[Row]:
    for row in rows:
        yield row
        step()


def _changed(reviewed: Reviewed) -> tuple[str, ...]:
    """The fields that people corrected: what they accepted as it was read is the reader's."""
    held = {d.field for d in reviewed.state.decisions if d.judgement is Judgement.CORRECT and d.field}
    return tuple(field for field in reviewed.state.fields if field in held)


def _corrected(ledger: Ledger) -> dict[str, list[Party]]:
    """By document, the claimants whom people corrected, as they have them."""
    corrections = (d for d in ledger.decisions("statement") if d.judgement is Judgement.CORRECT)
    changed = list(dict.fromkeys(d.target for d in corrections if (d.field or "").startswith("claimant")))
    found: dict[str, list[Party]] = defaultdict(list)
    for reviewed in ledger.reviewed(changed).values():
        if reviewed.value:
            found[reviewed.document].extend(statement_from(reviewed.value).claimant)
    return found


def _is_known(party: Party) -> bool:
    """Whether the reader's data knows a person by this name: a holder of an office, or a party the desk added."""
    return _is_name_known(party.name)


@lru_cache(maxsize=10_000)
def _is_name_known(name: str) -> bool:
    from onrecord.reading.parties.holders import holder_of
    from onrecord.reading.parties.known import known_among, plain_words

    words = plain_words(name)
    added = any(found.start == 0 and found.end == len(words) for found in known_among(words))
    return added or holder_of([tuple(name.split())], None) is not None
