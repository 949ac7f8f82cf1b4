"""Findings of what changed in a retelling, so that people can judge them: updates and mere scope are none."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Appearance, Drift, DriftClass, Finding, FindingKind, digest

_QUOTED = 160
_SAYS = {
    DriftClass.CHANGE: "says otherwise what {source} said",
    DriftClass.INHERITED: "passes on a change that was made before it, against {source}",
}


def drift_findings(drifts: Iterable[Drift], appearances: Iterable[Appearance]) -> tuple[Finding, ...]:
    """A finding for each pair of a telling and its retelling with changed fields, whatever order they come in."""
    by_id = {appearance.statement.id: appearance for appearance in appearances}
    pairs: dict[tuple[str, str], list[Drift]] = {}
    for drift in sorted(drifts, key=lambda d: (d.from_, d.to, d.field, d.to_spans, str(d.to_value))):
        if drift.class_ in _SAYS and drift.from_ in by_id and drift.to in by_id:
            pairs.setdefault((drift.from_, drift.to), []).append(drift)
    return tuple(_finding(by_id[one], by_id[other], changed) for (one, other), changed in sorted(pairs.items()))


def _finding(told: Appearance, retold: Appearance, changed: list[Drift]) -> Finding:
    says = _SAYS[changed[0].class_].format(source=_where(told))
    fields = "; ".join(
        f"{drift.field}: {_value(drift.from_value)} became {_value(drift.to_value)}" for drift in changed
    )
    return Finding(
        id=digest(f"drift|{told.statement.id}|{retold.statement.id}")[:16],
        kind=FindingKind.DRIFT,
        statements=(told.statement.id, retold.statement.id),
        assumptions=("the two are tellings of one statement, as they were matched",),
        arithmetic=fields,
        text=f"{_where(retold)} {says}: {_quoted(told)} there, {_quoted(retold)} here ({fields}).",
        hedges=tuple(dict.fromkeys((*told.hedged, *retold.hedged))),
    )


def _value(value: str | None) -> str:
    return f"“{value}”" if value else "nothing"


def _where(appearance: Appearance) -> str:
    return appearance.publisher or appearance.key or f"document {appearance.document[:8]}"


def _quoted(appearance: Appearance) -> str:
    words = " ".join(appearance.statement.content.text.split()).strip('“”" ')
    return f"“{words if len(words) <= _QUOTED else words[: words.rfind(' ', 0, _QUOTED)] + ' …'}”"
