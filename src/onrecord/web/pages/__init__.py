"""The pages of the desk, one module each; a module's ``router`` holds its addresses."""

from onrecord.web.pages import claims, entering, findings, home

PAGES = (home.router, entering.router, claims.router, findings.router)
"""The routers of all pages."""

__all__ = ["PAGES"]
