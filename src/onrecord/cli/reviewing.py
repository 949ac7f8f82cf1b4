"""``onrecord review``: the queue in a terminal, one key per decision, each kept at once."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import click

from onrecord.cli import cards, keys
from onrecord.cli.correcting import correction
from onrecord.cli.faults import INTERRUPTED, say
from onrecord.errors import DecisionError, LedgerError
from onrecord.ledger import Ledger, Queued, Where, open_ledger
from onrecord.model import Decision, Judgement

HELP = """  a  accept it as it is shown          A  and say why
  c  correct a field                   m  comment on it
  r  reject: nobody says this          R  and say why
  u  unsure: others are asked          U  and say why
  z  undo your last decision           s  skip it for now (space)
  q  quit: everything is kept          ?  this help"""
_KEYS = {"a": Judgement.ACCEPT, "r": Judgement.REJECT, "u": Judgement.UNSURE}
_AT_ONCE = 20
_HEAD = "[a]ccept [c]orrect [r]eject [u]nsure co[m]ment [z] undo [s]kip [q]uit [?] "


def run(place: str, by: str, where: dict[str, Any]) -> None:
    """Reviews until the queue is done or the reviewer leaves; exits with 130 when interrupted."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DecisionError("a review asks in a terminal; decisions in a file are kept by: onrecord decide LEDGER FILE")
    with closing(open_ledger(place)) as ledger:
        session = Session(ledger, by.strip(), Where(**where))
        try:
            with keys.key_by_key():
                done = session.run()
        except (KeyboardInterrupt, EOFError):
            click.echo()
            say(f"interrupted: {session.told()}; all of them are kept")
            sys.exit(INTERRUPTED)
        click.echo()
        say(f"{'nothing is left to review: ' if done else ''}{session.told()}")


@dataclass(slots=True)
class Session:
    """One reviewer at work: what is to come, what was decided (the newest last), and what was passed over."""

    ledger: Ledger
    by: str
    where: Where
    agenda: list[Queued] = field(default_factory=list)
    made: list[tuple[Queued, str]] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    kept: int = 0

    def run(self) -> bool:
        """Whether the queue came to its end."""
        while self.agenda or self._more():
            queued = self.agenda.pop(0)
            now = self._fresh(queued)
            if now.statement.state == queued.statement.state and not self._review(now):
                return False
        return True

    def told(self) -> str:
        """How many decisions were made."""
        return f"{self.kept:,} decision{'' if self.kept == 1 else 's'} made"

    def _more(self) -> bool:
        """Takes up the next of the queue, as it is by now."""
        with closing(self.ledger.queue(self.where, self.by)) as queue:
            self.agenda += islice((one for one in queue if one.statement.id not in self.passed), _AT_ONCE)
        return bool(self.agenda)

    def _review(self, queued: Queued) -> bool:
        """Asks about a statement until it is decided or passed over; False where the reviewer leaves."""
        self.passed.add(queued.statement.id)
        self._show(queued)
        while (key := _key()) != "q":
            if key in ("s", " ") or (key == "z" and self._undo(queued)):
                return True
            if key == "?":
                click.echo(HELP)
            elif (d := self._decision(key, queued)) and self._keep(queued, d):
                if d.judgement not in (Judgement.CORRECT, Judgement.COMMENT):
                    return True
                queued = self._fresh(queued)
                self._show(queued)
        return False

    def _decision(self, key: str, queued: Queued) -> Decision | None:
        """What a key decides, with what the reviewer types where it asks for something."""
        d = Decision(Judgement.COMMENT, "statement", queued.statement.id, self.by)
        if key.lower() in _KEYS:
            why = keys.line("why: ") if key.isupper() else None
            return None if why == "" else replace(d, judgement=_KEYS[key.lower()], why=why)
        if key == "m":
            why = keys.line("comment: ")
            return replace(d, why=why) if why else None
        if key == "c":
            corrected = correction(queued.statement.state, keys.line)
            return corrected and replace(d, judgement=Judgement.CORRECT, field=corrected[0], value=corrected[1])
        return None

    def _keep(self, queued: Queued, d: Decision) -> bool:
        """Keeps a decision in a batch of its own; whether it is kept. What is wrong is told, and asked again."""
        try:
            decided = self.ledger.decide([d])
        except (DecisionError, LedgerError) as error:
            say(f"not kept: {error}")
            return False
        self.kept += decided.added
        self.made += [(queued, new.id) for new in decided.decisions]
        click.echo(click.style(f"  {d.judgement}{f' {d.field}' if d.field else ''}: kept", dim=True))
        return True

    def _undo(self, at: Queued) -> bool:
        """Takes back the newest decision of this session, and goes back to what it was on, then on with ``at``."""
        if not self.made:
            say("nothing to undo in this session; onrecord undo takes back any decision by its id")
            return False
        queued, id_ = self.made[-1]
        try:
            self.ledger.undo(id_, self.by)
        except (DecisionError, LedgerError) as error:
            say(f"not undone: {error}")
            return False
        self.made.pop()
        self.kept += 1
        again = {one.statement.id: self._fresh(one) for one in (queued, at)}
        self.agenda = [*again.values(), *self.agenda]
        return True

    def _fresh(self, queued: Queued) -> Queued:
        """The statement as it stands now."""
        return replace(queued, statement=self.ledger.reviewed([queued.statement.id])[queued.statement.id])

    def _show(self, queued: Queued) -> None:
        one = queued.statement
        about = self.ledger.states("document", [one.document])[one.document].value or {}
        hedges = self.ledger.states("caveat", one.value.get("caveats") or ())
        caveats = [held.value for held in hedges.values() if held.value]
        width = min(shutil.get_terminal_size().columns, 100)
        for line in cards.lines(cards.Card(queued, self.ledger.text(one.document), about, caveats), width):
            click.echo(line)


def _key() -> str:
    click.echo(_HEAD, nl=False)
    key = keys.key()
    click.echo(key if key.isprintable() else "")
    return key
