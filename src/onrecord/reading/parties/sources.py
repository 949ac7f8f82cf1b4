"""Source words taken apart: the parties they join, and what each part says of its party."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading.countries import Country, by_demonym, by_name
from onrecord.reading.parties.scene import KnownAt, Scene, country_of, word_set
from onrecord.reading.steps import Spans

NOUNS = frozenset(("NOUN", "PROPN"))
_HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
_BREAKS = frozenset((",", "(", ")", "–", "—", "--", ";", ":"))
_ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True, slots=True)
class Part:
    """The words for one party in a source: half-open token indices without conjunction. ``before`` is an adjective
    shared out from a coordination ("American [and other Western] officials")."""

    start: int
    end: int
    head: int
    before: tuple[int, int] | None = None

    def tokens(self, doc: Doc) -> Iterator[Token]:
        if self.before:
            yield from doc[self.before[0] : self.before[1]]
        yield from doc[self.start : self.end]

    def text(self, doc: Doc) -> str:
        """The words as printed, parts joined by a space."""
        own = doc[self.start : self.end].text
        if not self.before:
            return own
        a, b = self.before
        return f"{doc[a:b].text} {own}"


class TokenMap:
    """Token indices by character offset, for spans in bulk."""

    __slots__ = ("_doc", "_starts")

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = [t.idx for t in doc]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that overlap ``[start, end)``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self._doc) and self._starts[first] + len(self._doc[first]) <= start:
            first += 1
        return first, max(first, bisect_left(self._starts, end))

    def whole(self, spans: Spans) -> tuple[int, int]:
        """From the first token of the first span to the last of the last; the longest span when they are far apart."""
        ranges = [self.range(*span) for span in spans]
        start, end = ranges[0][0], ranges[-1][1]
        if end - start > 60:
            start, end = max(ranges, key=lambda r: r[1] - r[0])
        return start, end


def parts(scene: Scene, start: int, end: int) -> list[Part]:
    """The parties that source words join, in order: "Ukrainian officials and experts" are two."""
    start, end = _trimmed(scene.doc, start, end)
    if start >= end:
        return []
    heads = _heads(scene, start, end)
    edges = [start, *(_edge(scene.doc, heads[k], heads[k + 1]) for k in range(len(heads) - 1)), end]
    found = []
    for k, head in enumerate(heads):
        a, b = _trimmed(scene.doc, edges[k], edges[k + 1])
        if a < b:
            found.append(Part(a, b, min(max(head, a), b - 1)))
    return [piece for part in found for piece in _shared_out(scene, part)]


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    if start < end and doc[start].lower_ == "both" and any(t.lower_ == "and" for t in doc[start:end]):
        start += 1
    while start < end and _is_edge(doc[start]):
        start += 1
    while end > start and (_is_edge(doc[end - 1]) and doc[end - 1].text != ")"):
        end -= 1
    if end - start > 1 and doc[end - 1].text in ("'s", "’s", "'", "’"):
        end -= 1
    return start, end


def _is_edge(token: Token) -> bool:
    return bool(token.is_space or token.is_punct or token.is_quote or token.pos_ == "CCONJ")


def _heads(scene: Scene, start: int, end: int) -> list[int]:
    """Token indices of the nouns that stand for a party each."""
    doc = scene.doc
    root = doc[start:end].root
    if root.pos_ not in _HEADS or root.is_punct:
        inside = [t for t in doc[start:end] if t.pos_ in _HEADS and not start <= t.head.i < end]
        root = next(iter(inside), None) or next((t for t in doc[start:end] if t.pos_ in NOUNS), doc[start])
    top = {root.i}
    for token in doc[start:end]:
        if token.i in top or token.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        outside = not start <= token.head.i < end
        joined = token.dep_ == "conj" and (outside or token.head.i in top)
        joined = joined or (outside and token.tag_ == root.tag_ == "NNS")
        listed = token.dep_ == "appos" and token.head.i in top and _is_list_item(token, end)
        listed = listed or _comma_item(scene, token, root)
        if (joined or listed or _broken_join(scene, token, root, start)) and not _one_name(scene, token, root):
            top.add(token.i)
    return sorted(top)


def _comma_item(scene: Scene, token: Token, root: Token) -> bool:
    """A bare plural after a comma, in a list of plurals: ", analysts and some soldiers"."""
    doc = scene.doc
    if token.tag_ != "NNS" or root.tag_ not in ("NNS", "NNPS") or token.i < root.i or token.i + 1 >= len(doc):
        return False
    start = token.i
    while start > 0 and doc[start - 1].pos_ in ("ADJ", "NOUN") and doc[start - 1].text != ",":
        start -= 1
    return doc[start - 1].text == "," and doc[token.i + 1].lower_ in ("and", "or", ",")


def _is_list_item(token: Token, end: int) -> bool:
    """An apposition that is rather one of a list: "officials, analysts and troops"."""
    return token.tag_ in ("NNS", "NNPS") and any(c.dep_ == "conj" and c.i < end for c in token.children)


def _broken_join(scene: Scene, token: Token, root: Token, start: int) -> bool:
    """ "Armenia and Azerbaijan" where the parse lost the conjunction."""
    before = scene.doc[token.i - 1] if token.i - 1 > start else None
    if before is None or before.lower_ not in ("and", "or") or token.dep_ == "conj":
        return False
    return country_of(token) is not None and country_of(scene.doc[before.i - 1]) is not None and before.i - 1 == start


def _one_name(scene: Scene, token: Token, root: Token) -> bool:
    """Whether a conjunct is inside one name: "Security and Defense Council"."""
    known = scene.known_at.get(token.i)
    if known is not None and known is scene.known_at.get(token.head.i):
        return True
    both = token.ent_iob_ == "I" and token.ent_type_ == "ORG" and token.head.ent_type_ == "ORG"
    return both and all(t.ent_iob_ == "I" for t in scene.doc[token.head.i + 1 : token.i + 1])


def _edge(doc: Doc, one: int, next_: int) -> int:
    """Where the words of the next head begin: after the last conjunction or comma before it."""
    for i in range(next_, one, -1):
        if doc[i].lower_ in ("and", "or", "&", ",", "but") and doc[i].head.i <= next_:
            return i
    return one + 1


def _shared_out(scene: Scene, part: Part) -> Iterator[Part]:
    """ "American and other Western officials" are two groups."""
    doc = scene.doc
    head = doc[part.head]
    cc = next((i for i in range(part.start + 1, part.head) if doc[i].lower_ == "and"), None)
    split = (
        cc is not None
        and (head.tag_ in ("NNS", "NNPS") or head.lower_ in ("media",))
        and _is_origin(doc[cc - 1])
        and any(_is_origin(t) for t in doc[cc + 1 : part.head])
        and not any(t.pos_ in ("ADP", "PUNCT") for t in doc[part.start : part.head])
    )
    if not split or cc is None:
        yield part
        return
    later = cc + 1
    while later < part.head and not _is_origin(doc[later]):
        later += 1
    yield Part(later + 1, part.end, part.head, before=(part.start, cc))
    yield Part(cc + 1, part.end, part.head)


def _is_origin(token: Token) -> bool:
    return country_of(token) is not None or token.ent_type_ == "NORP" or token.lower_ in word_set("regions")


# --- what a part says ------------------------------------------------------------------------------------------


def core(scene: Scene, part: Part) -> tuple[int, int]:
    """The part without what follows its noun: prepositions, relative clauses, appositions."""
    doc, i = scene.doc, part.start
    while i < part.end and doc[i].lower_ in _ARTICLES:
        i += 1
    first = i
    while i < part.end:
        known = scene.known_at.get(i)
        if known is not None and known.end <= part.end:
            i = max(known.end, i + 1)
            continue
        token = doc[i]
        if i > first and _ends_core(doc, token, first):
            break
        i += 1
    return first, i


def _ends_core(doc: Doc, token: Token, first: int) -> bool:
    if token.text in _BREAKS or (token.text == "-" and token.whitespace_ and doc[token.i - 1].whitespace_):
        return True
    if token.lower_ in _ARTICLES and doc[token.i - 1].pos_ in NOUNS:  # an apposition that lost its comma
        return True
    if token.pos_ in ("ADP", "SCONJ") and not (token.i and doc[token.i - 1].text == "-"):
        return True
    if token.tag_ in ("WDT", "WP", "WRB", "WP$"):
        return True
    return token.dep_ in ("acl", "relcl") and token.pos_ in ("VERB", "AUX") and token.i > first


def top_persons(scene: Scene, part: Part) -> list[int]:
    """Indices into the person mentions that the part may denote: not possessors, not inside "of …" or "who …"."""
    doc, found = scene.doc, []
    shut = False
    i = part.start
    while i < part.end:
        mention = scene.person_at.get(i)
        token = doc[i]
        if mention is not None and mention.start == i:
            after = doc[mention.end] if mention.end < len(doc) else None
            owns = after is not None and after.lower_ in ("'s", "’s", "'", "’") and mention.end < part.end
            beside = i > part.start and _closes_name(scene, i - 1)
            if not owns and (not shut or beside):
                found.append(i)
            i = mention.end
            continue
        if token.text in _BREAKS or (token.text == "-" and token.whitespace_):
            shut = False
        elif i > part.start and _ends_core(doc, token, part.start) and i not in scene.known_at:
            shut = not _title_of(doc, token)
        i += 1
    return found


def _title_of(doc: Doc, token: Token) -> bool:
    """The "of" of a title that goes on into a name: "Secretary of Defense Lloyd Austin"."""
    return (
        token.lower_ == "of"
        and token.i + 1 < len(doc)
        and doc[token.i + 1].text[:1].isupper()
        and doc[token.i + 1].lower_ in word_set("titles")
    )


def _closes_name(scene: Scene, i: int) -> bool:
    """Whether a name of something else ends at a token, so that what follows stands beside it, not inside it."""
    known: KnownAt | None = scene.known_at.get(i)
    if known is not None:
        return known.end == i + 1
    token = scene.doc[i]
    place = token.pos_ == "PROPN" and token.text[:1].isupper() and country_of(token) is None
    return place and token.text.rstrip(".").lower() not in word_set("titles") | word_set("roles")


def country_in(scene: Scene, start: int, end: int) -> tuple[Country, int] | None:
    """The first country named in a range, by name or adjective, and its token."""
    for i in range(start, end):
        if i in scene.known_at or (i + 1 < end and scene.doc[i + 1].text == "-"):
            continue
        country = country_of(scene.doc[i])
        if country is not None:
            return country, i
        if (country := _longer_name(scene.doc, i, end)) is not None:
            return country, i
    return None


def _longer_name(doc: Doc, i: int, end: int) -> Country | None:
    """The country whose name of two or three words begins at a token ("United States", "South Korean")."""
    for width in (3, 2):
        last = i + width - 1
        if last < end and doc[i].text[:1].isupper() and doc[last].text[:1].isupper():
            words = doc[i : last + 1].text
            if (country := by_name(words) or by_demonym(words)) is not None:
                return country
    return None
