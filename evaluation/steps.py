"""The attribution steps that are compared, by name."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.reading.attribution.learned import LearnedAttribution
from onrecord.reading.attribution.learned.with_rules import LearnedWithRules
from onrecord.reading.attribution.rules import attribute as by_rules
from onrecord.reading.steps import Attribute

STEPS: dict[str, Callable[[], Attribute]] = {
    "rules": lambda: by_rules,
    "learned": LearnedAttribution,
    "both": LearnedWithRules,
}
