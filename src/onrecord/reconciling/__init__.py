"""From claims and series to findings: what cannot all hold, what follows, what does not fit. Pure."""

from onrecord.reconciling.accounts import account
from onrecord.reconciling.findings import findings

__all__ = ["account", "findings"]
