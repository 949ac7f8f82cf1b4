"""Names the step of attribution, so that readings by different ones count as different readers' readings."""

from __future__ import annotations

from onrecord.reading.attribution import rules
from onrecord.reading.steps import Attribute


def name_of(step: Attribute) -> str:
    """``rules``, what the step calls itself by its ``name``, or where it is defined: module and qualified name.

    >>> name_of(rules.attribute)
    'rules'
    """
    if step is rules.attribute:
        return "rules"
    name = getattr(step, "name", None)
    if isinstance(name, str):
        return name
    defined = step if hasattr(step, "__qualname__") else type(step)
    return f"{defined.__module__}.{defined.__qualname__}"
