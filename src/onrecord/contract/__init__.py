"""The JSON contract of DESIGN.md: readings and statements as plain values, and back."""

from onrecord.contract.decoding import reading_from, statement_from
from onrecord.contract.encoding import Json, contract, line, statement_values

__all__ = ["Json", "contract", "line", "reading_from", "statement_from", "statement_values"]
