"""What a host's robots.txt allows us (RFC 9309), in time that does not depend on how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MOST_BYTES = 500 * 1024
"""What is read of a robots.txt; RFC 9309 asks for as much at least."""

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#\r\n]*)")
_LONGEST_PATTERN = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for us: pattern and whether it allows; seconds between requests, where it asks for some."""

    patterns: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allow(self, url: str) -> bool:
        """The longest pattern that matches decides, allowing where two are as long; without one, all is allowed.

        >>> rules = rules_for("User-agent: *\\nDisallow: /private\\nAllow: /private/press$", "onrecord")
        >>> rules.allow("https://example.org/private/press"), rules.allow("https://example.org/private/")
        (True, False)
        """
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        found = [(len(pattern), allows) for pattern, allows in self.patterns if matches(pattern, path)]
        return max(found)[1] if found else True


NOTHING = Rules((("/", False),))
"""What holds where a host cannot say what it allows."""


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    patterns: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None
    open: bool = True


def rules_for(text: str, agent: str) -> Rules:
    """The rules for ``agent``: of all groups that name it, else of those for ``*``."""
    groups = _groups(text)
    ours = [g for g in groups if agent in g.agents] or [g for g in groups if "*" in g.agents]
    delays = [g.delay for g in ours if g.delay is not None]
    return Rules(tuple(pattern for g in ours for pattern in g.patterns), max(delays, default=None))


def _groups(text: str) -> list[_Group]:
    groups = [_Group(open=False)]
    for line in text.lstrip("\ufeff").splitlines():
        if not (found := _LINE.match(line)):
            continue
        name, value = found[1].lower(), found[2].strip()
        if name == "user-agent":
            if not groups[-1].open:
                groups.append(_Group())
            groups[-1].agents.append(value.lower().split("/")[0])
        elif name in ("allow", "disallow"):
            groups[-1].open = False
            if value and len(value) <= _LONGEST_PATTERN:
                groups[-1].patterns.append((_normal(value), name == "allow"))
        elif name == "crawl-delay":
            groups[-1].open = False
            groups[-1].delay = _seconds(value)
    return groups[1:]


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value) else None


def _normal(path: str) -> str:
    """Percent signs in one form: what needs none is decoded, the rest in capitals."""

    def one(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if re.fullmatch(r"[A-Za-z0-9._~-]", character) else found[0].upper()

    plain = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in path)
    return re.sub(r"%([0-9A-Fa-f]{2})", one, plain)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches the beginning of a path, ``*`` any run of characters, a last ``$`` its end.

    Parts between stars are looked for from left to right, so that no pattern takes longer than both are long.
    """
    ends = pattern.endswith("$")
    first, *others = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not ends or path == first
    at = len(first)
    for part in others[:-1] if ends else others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or (path.endswith(others[-1]) and len(path) - len(others[-1]) >= at)
