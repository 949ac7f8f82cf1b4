"""The pages of the desk, one module each; a module's ``router`` holds its addresses."""

from onrecord.web.pages import (
    accounts,
    claims,
    decisions,
    documents,
    entering,
    findings,
    home,
    maps,
    names,
    quality,
    review,
    series,
    statement,
    statements,
    timelines,
    views,
)

PAGES = (
    home.router,
    entering.router,
    claims.router,
    findings.router,
    accounts.router,
    series.router,
    review.router,
    documents.router,
    statements.router,
    statement.router,
    names.router,
    decisions.router,
    maps.router,
    timelines.router,
    views.router,
    quality.router,
)
"""The routers of all pages."""

__all__ = ["PAGES"]
