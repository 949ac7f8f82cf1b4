"""Which language a text is in, where that can be told."""

from __future__ import annotations

import pytest

from onrecord.documents.languages import language_name, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry said on Monday that 40 soldiers were killed and that the fighting near the town went on.", "en"),
        ("Армія повідомила про втрати у понеділок, сказав речник військового командування в Києві.", "uk"),
        ("Die Armee teilte am Montag mit, dass bei den Kämpfen um die Stadt vierzig Soldaten getötet wurden.", "de"),
        ("L’armée a déclaré lundi que quarante soldats avaient été tués dans les combats autour de la ville.", "fr"),
        ("Kyiv, 7 March", None),
        ("Zelenskyy", None),
        ("12 " * 500, None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_language_without_a_name_is_shown_by_its_code() -> None:
    assert language_name("xh") == "“xh”"
