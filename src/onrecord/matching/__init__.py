"""From statements to claims: which are one, where they came from, what changed on the way. Pure."""

from onrecord.matching.matcher import MATCHER, Matching, match
from onrecord.matching.retrieval import Retriever, retrieve

__all__ = ["MATCHER", "Matching", "Retriever", "match", "retrieve"]
