"""From the bytes of a text or page to its document."""

from __future__ import annotations

from dataclasses import replace

from onrecord.documents.days import stated_day
from onrecord.documents.decoding import decoded
from onrecord.documents.given import Ask, Given, of_fit_length
from onrecord.documents.kinds import PAGES, TEXTS
from onrecord.documents.pages import looks_like_page, page
from onrecord.documents.streams import Named
from onrecord.errors import DocumentError
from onrecord.model import Document


def document(data: bytes, named: Named, ask: Ask) -> Given:
    """The document in ``data``: a page's article, or the text as it is. Raises DocumentError when there is none."""
    where = named.where
    text, remark = decoded(data, where, ask.encoding, named.charset)
    remarks = (remark,) if remark else ()
    is_page = named.suffix in PAGES or (named.suffix not in TEXTS and looks_like_page(text))
    if text.strip() and is_page:
        return _of_page(text, named.key, where, ask, remarks)
    if text.strip() and named.suffix == ".xml":
        raise DocumentError(f"not a text: {where}: its XML is neither a feed nor a page; give its text as .txt")
    text = of_fit_length(text, where, ask)
    stated = None if ask.published else stated_day(text)
    notes = (f"published {stated.day}: as the text says, “{stated.words}”",) if stated else ()
    return Given(Document(text, named.key, ask.published or (stated and stated.day)), notes, remarks)


def _of_page(markup: str, key: str, where: str, ask: Ask, remarks: tuple[str, ...]) -> Given:
    found, remark = page(markup, where, ask)
    of_fit_length(found.text, where, ask)
    published = ask.published or found.published
    says = published and not ask.published
    return Given(
        replace(found, key=key, published=published),
        (f"published {published}: as the page says",) if says else (),
        (*remarks, remark) if remark else remarks,
    )
