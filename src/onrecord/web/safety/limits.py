"""How often one address may ask: a bucket that fills again with time (token bucket)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

_MOST = 10_000  # addresses that are remembered


@dataclass(slots=True)
class Limit:
    """``each_second`` requests in the long run, ``at_once`` in one go."""

    each_second: float
    at_once: float
    now: Callable[[], float] = monotonic
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, who: str) -> bool:
        """Whether another request of ``who`` is within the limit; if so it is counted.

        >>> limit = Limit(1, 2, now=lambda: 0.0)
        >>> [limit.allows("a") for _ in range(3)]
        [True, True, False]
        """
        at = self.now()
        there, seen = self.left.pop(who, (self.at_once, at))
        there = min(self.at_once, there + (at - seen) * self.each_second)
        allowed = there >= 1
        self.left[who] = (there - allowed, at)
        if len(self.left) > _MOST:
            self.left.popitem(last=False)
        return allowed
