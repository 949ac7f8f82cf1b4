"""How the time of reading grows with the text: four times the text should take about four times as long, not sixteen.

usage: python -m benchmarks.growth

Each row is one hostile or long text; the figure is the time for four times the text over that for the text, each the
least of three runs beyond the parse. Printed, never a test: timings differ from machine to machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from onrecord.exports.html import page
from onrecord.exports.table import table
from onrecord.model import Document
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.parties import credit
from onrecord.reading.places import find_places
from onrecord.reading.reader import Reader
from onrecord.reading.stance import stances
from onrecord.reading.times import find_times

STORY = (
    "Minister Ana Reyes told Reuters that 40 shells fell near Orikhiv on Monday. “It rained,” she said.\n"
    "The agency, citing officials, said at least two dozen people were killed. The claim could not be verified.\n"
)
TEXTS = {
    "a story over and over": STORY,
    "quotation marks": "“" * 40,
    "numbers": "two hundred thousand and 1/2, ",
    "dates": "on Monday, last week, May-",
    "names": "Kyiv, Al-Bab and the city of ",
    "said": "he said she said ",
}
COPIES = 60
GROWN = 4


def steps(parsed: Parsed) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each step beyond the parse, with what it needs made before."""
    times, mentioned, found = find_times(parsed), find_places(parsed), attribute(parsed)
    yield "times", lambda: find_times(parsed)
    yield "places", lambda: find_places(parsed)
    yield "figures", lambda: find_figures(parsed, times, mentioned)
    yield "attribution", lambda: attribute(parsed)
    yield "credit", lambda: credit(parsed, found)
    yield "stance", lambda: stances(parsed, found, times)


def spent(work: Callable[[], object]) -> float:
    """The least CPU time of three runs, in seconds; at least a millisecond, below which there is only noise."""
    took = []
    for _ in range(3):
        before = time.process_time()
        work()
        took.append(time.process_time() - before)
    return max(min(took), 0.001)


def main() -> None:
    """Prints one row a text, one column a step."""
    model = language_model()
    for name, text in TEXTS.items():
        small, large = (dict(steps(parse(Document(text * n), model))) for n in (COPIES, GROWN * COPIES))
        grown = {step: spent(large[step]) / spent(work) for step, work in small.items()}
        print(f"{name:<24}" + "".join(f"{step:>13} {growth:4.1f}" for step, growth in grown.items()), flush=True)
    reader = Reader(model=model)
    less, more = (reader(Document(STORY * n)) for n in (COPIES, GROWN * COPIES))
    print(f"table     {spent(lambda: table(more, 120)) / spent(lambda: table(less, 120)):4.1f}")
    print(f"html page {spent(lambda: page([more])) / spent(lambda: page([less])):4.1f}")


if __name__ == "__main__":
    main()
