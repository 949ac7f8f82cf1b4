"""Work that would hold up the desk's pages, done in a process of its own, which ends when the desk does."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

from onrecord.errors import OnrecordError

Tell = Callable[[str], None]
Given = ParamSpec("Given")
Result = TypeVar("Result")
_POLITE = 10  # the desk goes first on a busy machine


class BrokeOffError(OnrecordError):
    """What was done elsewhere is not done: why, in one line."""


def elsewhere(
    work: Callable[Concatenate[Tell, Given], Result], hear: Tell, *given: Given.args, **named: Given.kwargs
) -> Result:
    """What ``work`` gives in another process; ``hear`` hears the lines that it tells on the way.

    Work and what it is given are what can be pickled. Raises BrokeOffError for an OnrecordError of the work, too little
    memory, and a process that ends before.
    """
    process = get_context("spawn")
    hears, tells = process.Pipe(duplex=False)
    child = process.Process(target=_work, args=(tells, work, given, named), daemon=True)
    with closing(hears):
        child.start()
        tells.close()  # so that the end of the child is heard
        try:
            while True:
                what, told = hears.recv()
                if what == "done":
                    found: Result = told
                    return found
                if what == "fault":
                    raise BrokeOffError(told)
                hear(told)
        except EOFError:
            child.join()
            raise BrokeOffError(
                f"it ended before it was done (code {child.exitcode}); there may be too little memory for it"
            ) from None
        finally:
            child.join()


def _work(tells: Connection, work: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the desk stops this by its end
    Thread(target=_end_with_the_desk, daemon=True).start()
    gc.disable()  # all that is read stays until the end: to go through it for cycles again and again takes longer
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    try:
        found = work(lambda line: tells.send(("doing", line)), *given, **named)
        tells.send(("done", found))
    except OnrecordError as error:
        tells.send(("fault", str(error)))
    except MemoryError:
        tells.send(("fault", "there is too little memory for it"))


def _end_with_the_desk() -> None:
    desk = parent_process()
    if desk is not None:
        desk.join()
        os._exit(1)
