"""From a page's data to its answer: HTML, JSON, CSV or GeoJSON, the same data in each."""

from __future__ import annotations

import csv
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from io import StringIO
from typing import Any
from urllib.parse import unquote

import msgspec
from fastapi import APIRouter, Request
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import Response, StreamingResponse

from onrecord.exports.visible import visible
from onrecord.web.desk import desk_of
from onrecord.web.safety.forms import form_token
from onrecord.web.showing import FILTERS

Row = Mapping[str, Any]
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}
_LONGEST = 8000  # characters that a template writes of one value: addresses of ours are shorter
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows. ``data`` is the whole of it as plain values (its ``.json``); ``rows`` are for its ``.csv``,
    ``features`` for its ``.geojson``; ``extra`` is what only the template needs. ``status`` is 202 where it is still
    being worked out.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    rows: Iterable[Row] | None = None
    features: Iterable[Row] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def offered(router: APIRouter, path: str, *formats: str) -> Callable[[Callable[..., Page]], Callable[..., Page]]:
    """Registers a view, which makes a ``Page``, at ``path`` as HTML and at ``path.json``, ``path.csv`` … as ``formats``
    say. Its parameters are those of the address, as FastAPI reads them."""

    def register(view: Callable[..., Page]) -> Callable[..., Page]:
        for format_ in (*formats, "html"):  # what ends in .json first: a name in the path would take it in
            suffix = "" if format_ == "html" else f".{format_}"
            router.add_api_route(
                path + suffix,
                _answering(view, format_),
                methods=["GET"],
                name=f"{view.__name__}{suffix}",
                summary=(view.__doc__ or "").split("\n")[0],
                include_in_schema=format_ == "json",
                response_model=None,
            )
        return view

    return register


def _answering(view: Callable[..., Page], format_: str) -> Callable[..., Response]:
    signature = inspect.signature(view, eval_str=True)
    takes_request = "request" in signature.parameters

    @wraps(view)
    def answer(request: Request, **values: Any) -> Response:
        page = view(request=request, **values) if takes_request else view(**values)
        return answered(request, page, format_)

    parameters = [p for name, p in signature.parameters.items() if name != "request"]
    asked = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    answer.__signature__ = inspect.Signature([*keyword, asked])  # type: ignore[attr-defined]
    return answer


def answered(request: Request, page: Page, format_: str) -> Response:
    """The page in a format."""
    match format_:
        case "json":
            return Response(msgspec.json.encode(page.data), page.status, media_type=_TYPES["json"])
        case "csv":
            return StreamingResponse(_csv(page.rows or ()), page.status, media_type=_TYPES["csv"])
        case "geojson":
            collection = {"type": "FeatureCollection", "features": list(page.features or ())}
            return Response(msgspec.json.encode(collection), media_type=_TYPES["geojson"])
        case _:
            return rendered(request, page.template, {"title": page.title, "data": page.data, **page.extra}, page.status)


def rendered(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A template as an answer. Every page knows the desk, the address it stands at, who reviews, and the form token."""
    known = {
        "desk": desk_of(request),
        "path": request.url.path,
        "query": request.url.query,
        "reviewer": reviewer_of(request),
        "theme": _theme(request),
        "form_token": form_token(request),
        "formats": (),
    }
    text = templates().get_template(template).render({**known, **values})
    return Response(text, status, media_type="text/html")


def reviewer_of(request: Request) -> str:
    """The name a person gave to decide under; empty where none was given."""
    return unquote(request.cookies.get("reviewer", ""))[:200]


def _theme(request: Request) -> str:
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in ("light", "dark") else ""


@cache
def templates() -> Environment:
    """The templates; whatever a document says only ever becomes text in them."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("onrecord.web"), PackageLoader("onrecord.exports")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_told,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _told(value: Any) -> Any:
    """What would hide or turn text is made visible wherever a template writes some, and no field of a document makes a
    page long; ``exact`` and ``whole`` pass over this."""
    if type(value) is not str:
        return value
    return visible(value if len(value) <= _LONGEST else value[:_LONGEST] + "…")


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    """Rows for a spreadsheet; text that one would take for a formula has an apostrophe before it."""
    for n, row in enumerate(rows):
        if n == 0:
            yield _line(list(row))
        yield _line([_cell(value) for value in row.values()])


def _line(cells: list[Any]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
