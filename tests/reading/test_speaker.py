"""What only the speaker tells of a figure."""

from __future__ import annotations

from datetime import date

from onrecord import Document, Reader


def test_our_favour_is_the_speakers(reader: Reader) -> None:
    text = (
        "Ukraine’s army said Russian troops attacked Orlivka. "
        "Taras Bondar, the head of Ukraine’s Security Council, said that the death toll was seven to one in our favour."
    )
    reading = reader(Document(text, published=date(2023, 5, 2)))
    (ratio,) = [f for f in reading.figures if f.kind == "ratio"]
    assert (ratio.value, ratio.numerator, ratio.denominator) == (7, "RU", "UA")
    assert ratio in [f for s in reading.statements for f in s.figures]


def test_nobodys_favour_has_no_sides(reader: Reader) -> None:
    reading = reader(
        Document("A monitor said the death toll was seven to one in our favour.", published=date(2023, 5, 2))
    )
    assert [(f.numerator, f.denominator) for f in reading.figures] == [(None, None)]
