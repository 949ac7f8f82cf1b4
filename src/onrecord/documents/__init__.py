"""From files, folders, corpora, feeds, archives, pages, URLs and standard input to documents."""

from onrecord.documents.days import day, stated_day
from onrecord.documents.given import LONGEST, Ask, Given, Tell
from onrecord.documents.places import documents, file, is_folder
from onrecord.documents.web import Web

__all__ = ["LONGEST", "Ask", "Given", "Tell", "Web", "day", "documents", "file", "is_folder", "stated_day"]
