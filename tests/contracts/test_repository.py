"""What no commit may hold: addresses of registries, paths of a machine, texts that are not ours."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# spelled in pieces, so that this file is none of those it looks for
HOSTS = tuple(
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
)
LARGEST = 30_000_000


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_addresses_of_registries_and_no_paths_of_machines(tracked: list[Path]) -> None:
    wrong = re.compile("|".join([*map(re.escape, HOSTS), r"/(?:root|home/\w+)/", r"/work/(?:main|shared)"]))
    found = []
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__) and wrong.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_weights_and_data_stay_small(tracked: list[Path]) -> None:
    assert sum(path.stat().st_size for path in tracked if path.stat().st_size > 1_000_000) < LARGEST


def test_no_sentence_of_the_shared_texts_is_shipped(tracked: list[Path]) -> None:
    """Runs of nine words that a shipped text has in common with a shared story: facts may be alike, sentences not."""
    from evaluation import SHARED

    stories = SHARED / "stories" / "stories.jsonl"
    if not stories.exists():
        pytest.skip(f"the shared stories are not at {SHARED}")
    theirs = _runs(stories.read_text(encoding="utf-8"))
    ours = [p for p in tracked if p.suffix in (".txt", ".html", ".toml", ".md", ".py") and p != Path(__file__)]
    assert {p.name: both for p in ours if (both := _runs(p.read_text(encoding="utf-8")) & theirs)} == {}


def _runs(text: str, length: int = 9) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_the_wheel_stays_small_without_weights_and_gazetteer(tracked: list[Path]) -> None:
    """As far as what is tracked goes: ``python -m benchmarks.wheel`` weighs the wheel itself."""
    packed = [path for path in tracked if path.is_relative_to(ROOT / "src" / "onrecord") or "samples" in path.parts]
    rest = [path for path in packed if path.suffix not in (".onnx", ".gaz")]
    assert sum(len(zlib.compress(path.read_bytes(), 1)) for path in rest) < 12_000_000
