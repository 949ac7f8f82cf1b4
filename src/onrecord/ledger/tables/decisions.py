"""What people decided."""

from __future__ import annotations

from sqlalchemy import Index

from onrecord.ledger.tables.columns import key, record, string

decisions = record(
    "decisions",
    "A person's judgement on something on the record. Nothing is overwritten: the newest that is not undone holds.",
    key("Hash of what was decided, by whom, when and why."),
    string("judgement", "accept, correct, reject, unsure, comment, merge, split, confirm, dismiss, undo.", empty=False),
    string("of", "What is judged: statement, caveat, party, place, claim, finding, document, decision.", empty=False),
    string("target", "Its id.", empty=False),
    string("field", "The field that is corrected."),
    string("value", "Its new value: JSON, as in the contract."),
    string("other", "The other id of a merge or split."),
    string("by", "Who.", empty=False),
    string("at", "When, in UTC.", empty=False),
    string("why", "For what reason."),
    string("words", "The words it is attached to: JSON `[[start, end], …]`."),
    string("saw", "JSON: what the newest reading said of it when it was decided."),
    Index("ix_decisions_target", "of", "target"),
    Index("ix_decisions_other", "other"),
    Index("ix_decisions_judgement", "of", "judgement", "target"),
    Index("ix_decisions_by", "by", "at"),
    about="perhaps a document",
)
