"""What the wheel weighs: all of it, its weights and gazetteer, and the rest, of which there may be 12 MB.

usage: python -m benchmarks.wheel [WHEEL]

Without WHEEL it is built first, as pip builds it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

MOST = 12_000_000  # bytes of all but weights and gazetteer


def main() -> None:
    """Prints the sizes; exits with 1 where there is too much of the rest."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else built(Path(folder))
        sizes = weighed(wheel)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
    for part, size in sizes.most_common():
        print(f"  {part:<12}{size / 1e6:>6.1f} MB")
    sys.exit(sizes["the rest"] > MOST)


def built(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), "."], check=True)
    return next(folder.glob("*.whl"))


def weighed(wheel: Path) -> Counter[str]:
    """Bytes of each part of a wheel, as packed."""
    sizes: Counter[str] = Counter()
    with ZipFile(wheel) as archive:
        for file in archive.infolist():
            sizes[part_of(file.filename)] += file.compress_size
    return sizes


def part_of(name: str) -> str:
    """Which part a file belongs to.

    >>> part_of("onrecord/reading/data/en/attribution/encoder.onnx"), part_of("onrecord/cli/faults.py")
    ('weights', 'the rest')
    """
    return {".onnx": "weights", ".gaz": "gazetteer"}.get(Path(name).suffix, "the rest")


if __name__ == "__main__":
    main()
