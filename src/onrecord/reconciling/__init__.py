"""From claims and series to findings: what cannot all hold, what follows, what does not fit. Pure."""

from onrecord.reconciling.accounts import account
from onrecord.reconciling.drifting import drift_findings
from onrecord.reconciling.findings import findings
from onrecord.reconciling.series import series_findings

__all__ = ["account", "drift_findings", "findings", "series_findings"]
