"""Figures of quality: corpora read, scored, and held against floors."""

import os
from pathlib import Path

# Where the corpora, the gold and the scorers are; none of it is part of the repository.
SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
