"""From files, folders, corpora, pages and standard input to documents."""

from onrecord.documents.days import day, stated_day
from onrecord.documents.given import LONGEST, Ask, Given, Tell
from onrecord.documents.places import documents, file, is_folder

__all__ = ["LONGEST", "Ask", "Given", "Tell", "day", "documents", "file", "is_folder", "stated_day"]
