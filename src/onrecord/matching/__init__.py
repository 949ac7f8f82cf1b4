"""From statements to claims: which are one, where they came from, what changed on the way. Pure."""

from onrecord.matching.matcher import MATCHER, Matching, match

__all__ = ["MATCHER", "Matching", "match"]
