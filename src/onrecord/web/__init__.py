"""The desk: a local web page over a ledger, where people look, check and decide."""

from onrecord.web.application import application
from onrecord.web.desk import Desk

__all__ = ["Desk", "application"]
