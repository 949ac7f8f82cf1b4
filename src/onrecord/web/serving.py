"""Serves the desk until it is stopped."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn

from onrecord.errors import OutputError
from onrecord.web.application import application
from onrecord.web.desk import Desk

_COLLECTED = 10_000, 20, 10  # new objects before the youngest are gone through, and how often before older ones are


def serve(desk: Desk, host: str, port: int, ready: Callable[[str], None] = lambda address: None) -> None:
    """Serves on ``host`` and ``port`` (0 takes a free one); ``ready`` hears the address once it listens.

    Raises OutputError where the port cannot be had.
    """
    app = application(desk)
    with closing(listening(host, port)) as door, collected_rarely():
        name = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
        )
        ready(f"http://{name}:{door.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[door])


@contextmanager
def collected_rarely() -> Iterator[None]:
    """What is loaded by now is never gone through for cycles again, and what comes after less often: a page in twenty
    waited 80 ms for that, as long as it took to make."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(
        family, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # asyncio sends at once on what it knows as TCP
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(128)
    except (OSError, OverflowError) as error:
        door.close()
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise OutputError(f"{host}:{port}: the desk cannot listen there: {why}; choose another with --port") from None
    return door
