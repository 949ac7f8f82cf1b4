"""``python -m onrecord.cli``, the same as ``onrecord``."""

from onrecord.cli import main

main(prog_name="onrecord")
