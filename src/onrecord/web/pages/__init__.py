"""The pages of the desk, one module each; a module's ``router`` holds its addresses."""

from onrecord.web.pages import (
    accounts,
    claims,
    documents,
    entering,
    findings,
    home,
    maps,
    quality,
    review,
    series,
    statements,
    timelines,
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
    maps.router,
    timelines.router,
    quality.router,
)
"""The routers of all pages."""

__all__ = ["PAGES"]
