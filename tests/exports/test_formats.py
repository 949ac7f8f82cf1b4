"""Every export format, read back by the format's own library where there is one."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from onrecord.errors import OutputError
from onrecord.exports import Accompanied, Row, export, exporter, offers
from onrecord.exports.formats.ftm import statement_key
from onrecord.exports.rows import COLUMNS
from tests.exports.kept import SECRET, kept, rows
from tests.exports.readings import DOCUMENT, RICH, everything
from tests.exports.texts import texts

OURS = ("csv", "datasette", "ftm", "geojson", "jsonl", "parquet", "prov-json", "web-annotation")
CONTEXT = json.loads(Path(__file__).with_name("anno.json").read_text(encoding="utf-8"))


def text(format_: str, given: Iterable[Row] | None = None) -> str:
    out = StringIO(newline="")
    export(format_, rows(RICH) if given is None else given, out)
    return out.getvalue()


def data(format_: str, given: Iterable[Row] | None = None) -> bytes:
    out = BytesIO()
    export(format_, rows(RICH) if given is None else given, out)
    return out.getvalue()


def test_csv_has_a_line_for_each_statement() -> None:
    lines = list(csv.DictReader(StringIO(text("csv"))))
    assert len(lines) == len(RICH.statements)
    assert set(lines[0]) == set(COLUMNS)
    ratio, displaced = lines[5], lines[7]
    assert (ratio["claimant"], ratio["claimant_side"], ratio["relays"]) == (
        "Russian Ministry of Defence",
        "RU",
        "Vostok-Inform?",
    )
    assert displaced["claimant"] == "unnamed: local officials; two aid workers"
    assert displaced["hedges"] == "The claims could not be independently verified"
    assert (lines[1]["said_from"], lines[1]["found"], lines[1]["review"]) == ("2023-03-05", "true", "open")


def test_jsonl_is_the_contract() -> None:
    from onrecord.contract import contract

    found = [json.loads(line) for line in text("jsonl").splitlines()]
    told = json.loads(json.dumps(contract(RICH)))["statements"]
    for value, one in zip(found, told, strict=True):
        assert {name: value[name] for name in one if name != "places"} == {
            name: of for name, of in one.items() if name != "places"
        }
    assert found[0]["document_id"] == DOCUMENT.id
    assert found[0]["places"][0]["uncertainty_m"] > told[0]["places"][0]["uncertainty_m"]


def test_geojson_is_valid_and_honest() -> None:
    import geojson

    collection = geojson.loads(text("geojson"))
    assert collection.is_valid
    located = [f for f in collection.features if f.geometry]
    assert {f.properties["place"] for f in located} == {"Velyka Rika", "Ukraine"}
    assert all(f.geometry.is_valid and f.properties["uncertainty_m"] >= 1_000 for f in located)
    assert {f.properties["id"] for f in collection.features} == {s.id for s in RICH.statements}
    (bridge,) = (f for f in collection.features if f.properties["place_kind"] == "facility")
    assert (bridge.geometry, bridge.properties["withheld"]) == (None, None)


def test_geojson_of_a_young_text_has_no_positions() -> None:
    import geojson

    features = geojson.loads(text("geojson", rows(RICH, today=date(2023, 3, 20)))).features
    by_place = {f.properties["place"]: f for f in features if f.properties["place"]}
    assert by_place["Velyka Rika"].geometry is None
    assert by_place["Velyka Rika"].properties["withheld"] == "the text is younger than 14 days"
    assert by_place["Ukraine"].geometry.coordinates == [32.0, 49.0]
    assert by_place["Ukraine"].properties["withheld"] is None


def test_parquet_has_typed_columns() -> None:
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(data("parquet")))
    assert table.num_rows == len(RICH.statements)
    assert table.column("published")[0].as_py() == date(2023, 3, 7)
    figures = table.column("quantities")[2].as_py()
    assert [(f["value"], f["low"], f["measure"]) for f in figures] == [(40, 39.5, "losses"), (11000, 10500, "losses")]
    assert figures[0]["period_from"] == date(2023, 2, 1)
    assert table.column("located")[0].as_py()[0]["latitude"] == 48.61
    assert table.schema.metadata[b"column.claimant"] == COLUMNS["claimant"].encode()


def test_parquet_of_nothing_has_its_columns() -> None:
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(data("parquet", [])))
    assert table.num_rows == 0
    assert set(COLUMNS) <= set(table.column_names)


def test_parquet_without_pyarrow_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'onrecord\[parquet\]'"):
        data("parquet")


def test_annotations_are_json_ld() -> None:
    from pyld import jsonld

    def load(url: str, options: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}

    told = json.loads(text("web-annotation"))
    (collection,) = jsonld.expand(told, {"documentLoader": load})
    oa = "http://www.w3.org/ns/oa#"
    assert _terms(told) == _count(collection)
    page = collection["http://www.w3.org/ns/activitystreams#first"][0]
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == len(RICH.statements) == told["total"]
    rise = items[2][oa + "hasBody"][1]
    assert rise["urn:onrecord:term:act"] == [{"@value": "estimate"}]
    assert {s["@type"][0] for s in items[2][oa + "hasTarget"][0][oa + "hasSelector"]} == {
        oa + "TextPositionSelector",
        oa + "TextQuoteSelector",
    }


def _terms(value: Any) -> int:
    """How many properties a JSON-LD document has, its contexts aside: each must mean something once expanded."""
    if isinstance(value, dict):
        return sum(1 + _terms(of) for key, of in value.items() if key != "@context")
    return sum(map(_terms, value)) if isinstance(value, list) else 0


def _count(value: Any) -> int:
    """The same of an expanded one."""
    if isinstance(value, dict):
        own = [key for key in value if key not in ("@value", "@list") and not (key == "@type" and "@value" in value)]
        inner = sum(_count(of) for of in value.values())
        lonely = value.keys() == {"@id"}  # a reference: a string before
        return inner + (0 if lonely else len(own))
    return sum(map(_count, value)) if isinstance(value, list) else 0


def test_annotations_find_their_words() -> None:
    for row, item in zip(rows(RICH), json.loads(text("web-annotation"))["first"]["items"], strict=True):
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        assert len(targets) == len(row.statement.content.spans)
        for target in targets:
            position, quote = target["selector"]
            whole = DOCUMENT.text
            assert whole[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in whole


def test_provenance_is_prov() -> None:
    from prov.model import ProvActivity, ProvAgent, ProvDerivation, ProvDocument, ProvEntity

    about = {"revises": ("former0",), "copies": ("other0",)}
    graph = ProvDocument.deserialize(content=text("prov-json", rows(RICH, about=about)), format="json")
    kinds = {kind: list(graph.get_records(kind)) for kind in (ProvEntity, ProvActivity, ProvAgent, ProvDerivation)}
    entities = {str(record.identifier) for record in kinds[ProvEntity]}
    assert {f"statement:{s.id}" for s in RICH.statements} <= entities
    assert len(kinds[ProvActivity]) == 1
    labels = {str(label) for record in kinds[ProvAgent] for label in record.get_attribute("prov:label")}
    assert {"Vostok-Inform", "Iryna Moroz", "The River Courier", "onrecord"} <= labels
    edges = {tuple(str(value) for _, value in record.formal_attributes[:2]) for record in kinds[ProvDerivation]}
    ratio = RICH.statements[5].id
    assert (f"telling:{ratio}-0", f"utterance:{ratio}") in edges
    assert (f"statement:{ratio}", f"telling:{ratio}-0") in edges
    assert (f"statement:{ratio}", f"document:{DOCUMENT.id}") in edges
    types = {str(type_) for record in kinds[ProvDerivation] for type_ in record.get_asserted_types()}
    assert {"prov:Quotation", "prov:Revision", "term:Copy"} == types


def test_ids_of_statements_are_followthemoneys() -> None:
    """The value is what ``Statement.make_key`` of followthemoney 4.11 gives."""
    assert statement_key("onrecord", "e1", "name", "Ann Other") == "2afa09dbb88617672c80f9c195fcc2ad068efd88"


def test_followthemoney_reads_its_statements() -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed (make ftm)")
    from followthemoney.statement.entity import StatementEntity
    from followthemoney.statement.serialize import JSON, read_statements

    same = {"p1": "merged"}
    given = (replace(row, same=same) for row in rows(RICH))
    found = list(read_statements(BytesIO(text("ftm", given).encode()), JSON))
    assert len({statement.id for statement in found}) == len(found)
    for statement in found:
        assert statement.generate_key() == statement.id
        if statement.prop != statement.BASE:
            prop = ftm.model.get(statement.schema).get(statement.prop)
            assert prop.type.clean(statement.value) == statement.value, (prop, statement.value)
    by_schema: dict[str, set[str]] = {}
    for statement in found:
        by_schema.setdefault(statement.schema, set()).add(statement.entity_id)
    assert {schema: len(ids) for schema, ids in by_schema.items()} == {
        "Article": 1, "Person": 1, "Organization": 1, "LegalEntity": 1, "Mention": 3, "Note": 9,
    }  # fmt: skip
    moroz = [statement for statement in found if statement.canonical_id == "onrecord-party-merged"]
    entity = StatementEntity.from_statements(ftm.dataset.Dataset({"name": "onrecord", "title": "onrecord"}), moroz)
    assert (entity.caption, entity.get("country"), entity.get("position")) == ("Iryna Moroz", ["ua"], ["colonel"])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    path.write_bytes(data("datasette"))
    return path


def test_the_database_is_flat_indexed_and_searchable(database: Path) -> None:
    import sqlite_utils

    store = sqlite_utils.Database(database)
    statements = store["statements"]
    assert isinstance(statements, sqlite_utils.db.Table)
    assert statements.count == len(RICH.statements)
    assert store["documents"].count == 1
    assert store["figures"].count == sum(len(s.figures) for s in RICH.statements)
    assert statements.detect_fts() == "statements_fts"
    assert [row["claimant"] for row in statements.search("tank")] == ["Russian Ministry of Defence"]
    assert statements.foreign_keys[0].other_table == "documents"
    assert set(statements.columns_dict) <= set(COLUMNS)
    (rise,) = store.query("SELECT * FROM figures_told WHERE comparator = 'up'")
    assert (rise["value"], rise["claimant"], rise["publisher"]) == (40, "Iryna Moroz", "The River Courier")
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    store.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_opens_it(database: Path) -> None:
    from datasette.app import Datasette

    datasette = exporter("datasette")
    assert isinstance(datasette, Accompanied)
    (metadata,) = datasette.beside("record").values()

    async def pages() -> tuple[Any, Any, Any]:
        app = Datasette([str(database)], metadata=json.loads(metadata))
        await app.invoke_startup()
        found = await app.client.get("/record/statements.json?_search=tanks&_shape=objects&_labels=on")
        page = await app.client.get("/record/statements")
        faceted = await app.client.get("/record/figures.json?_facet=measure")
        return found, page, faceted

    with ThreadPoolExecutor(1) as beside:  # the browser tests hold a loop open in the main thread
        found, page, faceted = beside.submit(lambda: asyncio.run(pages())).result()
    assert [row["claimant"] for row in found.json()["rows"]] == ["Russian Ministry of Defence"]
    assert found.json()["rows"][0]["document_id"]["label"] == "crossing.txt"
    assert page.status_code == 200
    assert COLUMNS["factuality"] in page.text
    assert faceted.status_code == 200


def test_all_of_ours_are_installed() -> None:
    assert {offer.name for offer in offers().values() if offer.package == "onrecord"} == set(OURS)
    for name in OURS:
        found = exporter(name)
        assert (found.name, found.suffix[0]) == (name, ".")
        assert found.description
        assert "/" in found.media_type


@pytest.mark.parametrize("name", OURS)
def test_nothing_at_all_is_written_well(name: str) -> None:
    assert data(name, []) if exporter(name).binary else text(name, []) is not None


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_hostile_texts_break_no_format(hostile: str) -> None:
    """What a ledger can hold: no null characters, no lone surrogates."""
    kept_text = hostile.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace") or "x"
    reading = everything(kept_text, published=date(2023, 3, 7))
    for privacy in (SECRET, None):
        given = list(rows(reading, privacy=privacy))[:1]  # both statements have one id
        assert len(list(csv.reader(StringIO(text("csv", given), newline="")))) == 2
        for format_ in ("jsonl", "geojson", "web-annotation", "prov-json"):
            assert json.loads(text(format_, given))
        assert all(json.loads(line) for line in text("ftm", given).split("\n") if line)
        assert data("parquet", given)
        assert data("datasette", given)


@pytest.mark.parametrize("name", ["csv", "jsonl", "geojson", "web-annotation", "ftm"])
def test_rows_are_written_as_they_come(name: str) -> None:
    out = StringIO(newline="")

    def coming() -> Iterator[Row]:
        before = -1
        for row in rows(RICH):
            assert len(out.getvalue()) > before
            before = len(out.getvalue())
            yield row

    export(name, coming(), out)


class Nowhere(BytesIO):
    """A stream of bytes or text that keeps nothing."""

    def write(self, piece: Any) -> int:
        return len(piece)

    def writelines(self, pieces: Iterable[Any]) -> None:
        for piece in pieces:
            self.write(piece)


@pytest.mark.parametrize("name", OURS)
def test_memory_is_flat(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.exports.formats.parquet._AT_ONCE", 50)

    def many(number: int) -> Iterator[Row]:
        (row,) = islice(rows(RICH), 2, 3)
        for n in range(number):
            document = replace(kept(RICH), id=f"{n:032x}")
            yield replace(row, document=document, statement=replace(row.statement, id=f"{n:016x}"))

    def peak(number: int) -> int:
        tracemalloc.start()
        export(name, many(number), Nowhere())
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(1_200) < peak(300) * 1.5


def test_sqlite_file_is_sound(database: Path) -> None:
    store = sqlite3.connect(database)
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()
