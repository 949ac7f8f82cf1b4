"""A host on loopback for the tests of the network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.documents.hosts import Host, Net, serving


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as one:
        yield one


@pytest.fixture
def net(host: Host) -> Net:
    return Net(host)
