"""Accounts: what follows from the word of those one believes, beside the word of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.model import Account, Appearance, Series


def account(
    appearances: Iterable[Appearance],
    series: Iterable[Series] = (),
    *,
    believe: Collection[str] = (),
    doubt: Collection[str] = (),
) -> Account:
    """What the figures of the believed say and imply, quantity by quantity, beside those of the doubted.

    Names are those of claimants, relays set aside, matched without regard to case and accents; the publisher of a
    series counts as its claimant. With no ``doubt`` all others are doubted, with no ``believe`` all others believed.
    """
    raise NotImplementedError
