"""A reader's version tells its step of attribution, so that a ledger keeps readings by each beside the others'."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version

import pytest
from spacy.language import Language

from onrecord.reading.attribution.learned import LearnedAttribution
from onrecord.reading.attribution.learned.with_rules import Agreement, LearnedWithRules
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.parsing import Parsed
from onrecord.reading.reader import Reader
from onrecord.reading.steps import Attribute, Attribution

BARE = version("onrecord")


def nobody(parsed: Parsed) -> tuple[Attribution, ...]:
    return ()


@dataclass(frozen=True)
class Counted:
    """A step that is an object."""

    at_most: int = 1

    def __call__(self, parsed: Parsed) -> tuple[Attribution, ...]:
        return ()


@pytest.mark.parametrize(
    ("step", "name"),
    [
        (attribute, "rules"),
        (nobody, f"{__name__}.nobody"),
        (Counted(), f"{__name__}.Counted"),
    ],
)
def test_the_step_is_named(step: Attribute, name: str, model: Language) -> None:
    info = Reader(attribute=step, model=model).info
    assert (info.name, info.version) == ("onrecord", f"{BARE}+{name}")


def test_the_network_is_named_with_a_digest_of_its_weights_and_settings() -> None:
    both = LearnedWithRules()
    kind, digest = both.name.split(".")
    assert (kind, len(digest)) == ("learned-with-rules", 8)
    assert both.name == LearnedWithRules().name
    learned = LearnedAttribution()
    others = {
        both.name,
        learned.name,
        replace(learned, decoding=replace(learned.decoding, keep=0.9)).name,
        LearnedWithRules(agreement=Agreement(bonus=0.9)).name,
        LearnedWithRules(rules=nobody).name,
    }
    assert len(others) == 5


def test_every_reading_carries_it(reader: Reader) -> None:
    from onrecord.model import Document

    assert reader(Document("It rained.")).reader == reader.info
    assert reader.info.version.startswith(f"{BARE}+learned-with-rules.")
