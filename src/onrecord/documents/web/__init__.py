"""Pages and feeds over the network, for those who allow it: asked politely, guarded against what hosts may try."""

from onrecord.documents.web.fetching import Fetched, Limits, Web
from onrecord.documents.web.urls import is_url, plain_url

__all__ = ["Fetched", "Limits", "Web", "is_url", "plain_url"]
