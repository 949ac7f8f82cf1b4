"""The rules: patterns over classes of words, each with the function that reads its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.reading.times import readings as read
from onrecord.reading.times.context import Context
from onrecord.reading.times.meaning import Meaning
from onrecord.reading.times.words import rule


class Part(NamedTuple):
    """Words ``[first, last)`` with their meaning; ``explicit`` where the text itself prints the year."""

    first: int
    last: int
    meaning: Meaning
    explicit: bool = False


Read = Callable[[Context, re.Match[str]], Meaning | None]


class Rule(NamedTuple):
    """A pattern and what its words mean; ``trim`` is the group that is the expression where not all of it is."""

    name: str
    pattern: re.Pattern[str]
    read: Read


_HEDGE = "(?:<nearly>|<at><least>|<no>?<more><than>|<up><to>|<as><much><as>)"
_CARD = (
    "(?:<n12|n31|n99|int|number|year><multiplier>?(?:<pair_slash>)?|<cardword>(?:<hyphen>?<cardword>|<and><cardinal>)*)"
)
_SPAN = f"{_CARD}(?:(?:<to|or|hyphen|ndash>){_CARD})?"
_COUNT = f"(?:{_SPAN}(?:<and><a><half>)?|<a>?<quantity><of>?|<a><multiplier>)"
_MONTH = "(?:<month>|<month_short><dot>?)"
_DAY = "(?:<n12|n31|ordinal_digits>|<the>?<ordinal_word>(?:<hyphen><ordinal_word>)?)"
_WEEKDAY = "(?:<weekday>|<weekday_short><dot>?)"
_PHASE = "(?:(?:<the>?<phaser><hyphen>?)|(?:<the>?<edge|mid><of>))"
_ZONE = "(?:<zone>|<eastern>{1,2}<time>|<local>(?:<time>)?)"
_CLOCK = "(?:<n12>(?:<am|pm>|<oclock>)|<clock|pair_dot><am|pm>)"

# The longest reading at a place wins; of two as long, the one that stands first here.
_RULES: tuple[tuple[str, str, Read], ...] = (
    # --- days, months and years ---
    ("iso", "<iso>", read.iso),
    ("slashed", "<slashed|dotted>", read.numeric),
    ("pair", "(?<=<from|to|since|by|on|hyphen|ndash|of|open|and>)(?P<n><pair_dot|pair_slash>)(?!<am|pm|number_word|zone>)", read.pair),
    (
        "month_day",
        f"(?:{_WEEKDAY}<comma>?)?{_PHASE}?(?P<month>{_MONTH})(?P<day>{_DAY})(?!<am|pm|clock|slash>)"
        "(?:<comma>?(?P<year><year>)(?!<am|pm>))?",
        read.month_day,
    ),
    (
        "day_month",
        f"(?:{_WEEKDAY}<comma>?)?(?:<the>)?(?P<day>{_DAY})<of>?(?P<month>{_MONTH})(?:<comma|of>?(?P<year><year>))?",
        read.month_day,
    ),
    (
        "month_day_rel",
        f"(?:(?P<month>{_MONTH})(?P<day>{_DAY})|(?P<day2>{_DAY})<of>?(?P<month2>{_MONTH}))<of>?"
        "(?P<which><last|this|next|that>)(?P<unit><unit>)",
        read.month_day_of,
    ),
    ("week_of", f"<the>?<unit><of>(?P<month>{_MONTH})(?P<day>{_DAY})(?:<comma>?(?P<year><year>))?", read.week_of),
    ("day_range", f"(?P<month>{_MONTH})<day>(?:<hyphen|ndash|to|and>)(?P<day><day>)(?!<am|pm|clock|hyphen|units|multiplier>)(?:<comma>?(?P<year><year>))?", read.day_range),
    ("range_day", f"(?P<day><day>)(?:<hyphen|ndash|to|and>)<day>(?P<month>{_MONTH})(?:(?P<year><year>))?", read.range_day),
    (
        "month",
        f"{_PHASE}?(?P<month>{_MONTH})(?:<comma|of>?(?P<year><year>)(?!<am|pm|hyphen>))?(?!<n12|n31|ordinal_digits>)",
        read.month,
    ),
    (
        "month_rel",
        f"{_PHASE}?(?P<month>{_MONTH})<of>?(?P<which><last|this|next|that|previous|following>|<the><previous|following|same>)(?P<unit><unit>)",
        read.month_of,
    ),
    ("which_month", f"{_PHASE}?(?:<this>?(?P<which><last|past|this|next|coming|previous|following>))(?P<month>{_MONTH})(?P<day>{_DAY})?(?!<n12|n31>)", read.which_month),
    ("year", f"{_PHASE}?(?P<year><year>)(?:<or><later>)?", read.year),
    ("year_of", "(?:<the>)<unit>(?P<year><year|cardword>(?:<cardword>|<and>)*)", read.named_year),
    ("spoken_year", "(?P<century><cardinal>)(?P<rest><cardinal>(?:<hyphen>?<cardinal>)?)", read.spoken_year),
    ("month_spoken", f"(?P<month>{_MONTH})(?P<century><cardinal>)(?P<rest><cardinal>(?:<hyphen>?<cardinal>)?)", read.spoken_month),
    ("fiscal", "(?P<kind><fiscal|calendar>)(?P<year><year>)", read.year),
    ("decade", f"{_PHASE}?<the>?(?:<phaser>(?:<hyphen>|<to><hyphen>?<phaser><hyphen>?)?)?(?P<decade><decade>)", read.decade),
    ("decade_named", f"{_PHASE}?<the>(?:<phaser><hyphen>?)?(?P<decade><decade_named>)", read.decade),
    ("century", "(?:<the>)?(?:<phaser|mid><hyphen>?)?(?P<nth><ordinal>(?:<hyphen><ordinal_word>)?|<cardinal><hyphen><ordinal_word>)(?:<hyphen>)?(?P<unit><unit>)(?P<bc><bc|ad>)?", read.century),
    ("bc", "(?P<year><year|int|n99|n31|n12>)<bc>", read.before_christ),
    # --- weekdays and parts of days ---
    ("weekday", f"(?:<the>?<phaser><hyphen>?<on>?)?(?P<weekday>{_WEEKDAY})", read.weekday),
    ("weekday_part", f"(?:<phaser><on>?)?(?P<weekday>{_WEEKDAY})(?:<apostrophe_s>)?<phaser>?(?P<part><daypart>)", read.weekday),
    ("which_weekday", f"(?:<phaser>)?(?:<this>|<the>)?(?P<which><last|past|this|next|coming|previous|following|that>)(?P<weekday>{_WEEKDAY})(?P<part><daypart>)?", read.which_weekday),
    ("weekday_week", f"(?P<weekday>{_WEEKDAY})(?P<part><daypart>)?<of>?(?P<which><last|this|next|that>)<unit>", read.weekday_of_week),
    ("weekdays", f"(?P<weekday><weekday>)(?P<part><dayparts>)", read.weekdays),
    ("deictic", f"(?:<phaser|deictic_day>)?(?P<day><deictic_day>)(?P<part><daypart>)?", read.deictic),
    ("before_yesterday", "<the>?<unit>(?P<side><before|after>)(?P<day><deictic_day>)", read.day_beside),
    ("before_weekday", f"<the>?<unit>(?P<side><before|after>)(?P<which><last|next>)?(?P<weekday>{_WEEKDAY})", read.day_beside_weekday),
    ("this_part", "(?:<phaser>)?(?P<which><this|last|that|the|following|previous|next>|<the><same|next|following|previous>)<phaser>?(?P<part><daypart>)", read.which_part),
    ("tonight", "(?:<phaser>)?(?P<word><tonight|overnight>)", read.night),
    ("early_hours", f"<the>(?:<early|late><units>)(?:<of>(?:(?P<day><deictic_day>)|(?P<weekday><weekday>))(?P<part><daypart>)?)", read.early_hours),
    (
        "part_of",
        f"(?:<the>)?<phaser>?(?:(?P<part><daypart>)|<early|late>(?P<hours><units>))<of>(?:<the>)?(?:{_WEEKDAY}<comma>?)?"
        f"(?:(?P<month>{_MONTH})(?P<dom>{_DAY})(?:<comma>?(?P<year><year>))?|(?P<dom2>{_DAY})<of>?(?P<month2>{_MONTH})(?P<year2><year>)?)",
        read.part_of,
    ),
    ("part_before", f"(?:<phaser|mid>(?P<hyphen><hyphen>)?)(?P<part><daypart>)(?:(?P<day><deictic_day>)|(?P<weekday><weekday>))?", read.part_before),
    # --- the clock ---
    (
        "clock",
        f"(?:<nearly>)?(?:(?P<clock>{_CLOCK})|(?P<named><hour_named>))(?:(?:<open>)?{_ZONE})?(?:<comma>?<on>?(?:<the>)?(?:(?P<day><deictic_day>)|(?P<weekday><weekday>)(?!<comma>?{_MONTH})"
        f"|(?:<weekday><comma>?)?(?P<month>{_MONTH})(?P<dom><day>)(?:<comma>?(?P<year><year>))?|(?P<dom2><day>)(?P<month2>{_MONTH})(?P<year2><year>)?))?",
        read.clock,
    ),
    ("clock24", f"(?<=<at|by|from|to|since|nearly|on|open|and|ndash|hyphen|iso|year|month|weekday|comma>)(?P<clock><clock>)(?:<units>)?(?:{_ZONE})?", read.clock24),
    ("clock_zone", f"(?P<clock><clock|pair_dot|hhmm|year|int>){_ZONE}(?:<on>?(?:(?P<day><deictic_day>)|(?P<weekday><weekday>)))?", read.clock24),
    ("clock_part", f"(?P<clock><n12|cardinal|clock>)(?:<oclock>)?<in><the>(?P<part><daypart>)", read.clock_part),
    # --- units: which one ---
    (
        "which_unit",
        "(?:<phaser>(?:<in>(?=<the>))?)?(?:<the>)?(?P<which><last|past|this|next|coming|previous|following|current|that|same|latest>|<this><past|coming|last>|<the><same>|<that><same>|<the><very><next>)"
        "(?P<kind><fiscal|calendar>)?(?P<unit><unit1|weekend|season>)(?!<hyphen>)",
        read.which_unit,
    ),
    ("edge_unit", "(?:<the>)?(?P<edge><edge|mid>)<of>(?:<the>)?(?P<which><last|past|this|next|coming|previous|following|current|that|same|the>)?(?P<kind><fiscal|calendar>)?(?P<unit><unit|weekend|season|quarter>)", read.edge_unit),
    ("edge_year", "(?:<the>)?(?P<edge><edge|mid>)<of>(?P<kind><fiscal>)?(?P<year><year>)", read.year),
    ("year_end", "(?:<nearly>)?<the>?(?P<unit><unit>)(?:<apostrophe_s>|<hyphen>)?(?P<edge><edge>)", read.year_end),
    ("the_unit", "(?:<the>)(?P<kind><calendar|fiscal>)?(?P<unit><unit|weekend|period|quarter>)(?!<hyphen>)", read.the_unit),
    ("quarter", "(?:<the>|<phaser>)?(?:(?P<year0><year>))?(?:<fiscal><hyphen>?)?(?P<nth><ordinal>)(?:<hyphen>|<fiscal>)?(?P<quarter><quarter>)(?!<of><a>)(?:(?:<of>|<in>)?(?P<year><year>))?", read.quarter),
    ("quarter_rel", "(?:<the>)?(?:<fiscal>)?(?P<nth><ordinal>)(?P<quarter><quarter>)<of>?(?P<which><last|this|next>|<the><same|previous|following>)(?P<unit><unit>)", read.quarter_of),
    ("rel_quarter", "(?P<which><last|this|next>)<unit><apostrophe_s>?(?:<fiscal>)?(?P<nth><ordinal>)?(?P<quarter><quarter|period>)", read.quarter_of),
    ("half", "(?:<the>)?(?P<nth><ordinal|last>)<hyphen>?(?P<half><half>)(?:<of>(?:<fiscal>)?(?:(?P<year><year>)|(?:<the>)?(?P<which><last|this|next|the>)(?P<unit><unit>)))?", read.half),
("year_ago", "(?:<the>(?=<unit><hyphen><ago|earlier>(?:<ordinal>)?<quarter|period>))?<unit><hyphen>(?P<side><ago|earlier>)(?:(?P<nth><ordinal>)?(?P<quarter><quarter|period>))?", read.year_ago),
    ("year_quarter", "<the>(?P<year><year>)<quarter|period>", read.year_quarter),
    ("latest_period", "<the>(?:<latest|same|current>)<period>", read.latest_period),
    ("festival", "(?P<which><last|this|next>)?(?P<name><christmas|festival|festival_adjective>(?:<apostrophe_s>)?<unit|eve|weekday>?|<weekday_good><weekday>)(?:<comma>?(?P<year><year>))?", read.festival_day),
    ("season_year", f"{_PHASE}?<the>?(?:<phaser><hyphen>?)?(?P<season><season>)(?:<of>|<comma>)?(?:(?P<year><year>)|(?P<which><last|this|next|that>)(?P<unit><unit>)|(?P<century><cardinal>)(?P<rest><cardinal>(?:<hyphen>?<cardinal>)?))", read.season_year),
    ("which_season", f"{_PHASE}?(?P<which><last|past|this|next|coming|previous|following|that>|<this><past|coming>|<the><last|past|next|coming|previous|following>)<phaser>?(?P<season><season>)", read.which_season),
    ("the_season", "(?:<phaser>?<the>|(?<=<in|by|since|of>)|(?P<phase>(?:<the>)?<phaser><hyphen>?))(?:<phaser>)?(?P<season><season>)", read.the_season),
    # --- lengths ---
    ("ago", f"{_HEDGE}?(?P<n>{_COUNT}|<a>|<half><a>)?(?P<unit><unitx>)(?:<or><so|cardinal>)?(?P<side><ago>)", read.ago),
    ("chain", f"{_HEDGE}?(?P<n>{_COUNT}|<a>)?(?P<unit><unitx>)(?P<side><earlier|later>)", read.chain),
    ("chain_after", f"{_HEDGE}?(?P<n>{_COUNT}|<a>)(?P<unit><unitx>)(?P<side><after|before>)(?!<the|a|this|that>)(?=<dot|comma|break>)", read.chain),
    (
        "past_units",
        f"(?:<at><least>)?(?:<the|this>)?(?P<which><last|past|previous|latest|next|coming|following|recent>)(?P<n>{_COUNT})?(?:<additional>)?(?P<unit><units|seasons|quarter>)(?:<or><so>)?",
        read.past_units,
    ),
    ("past_unit", "(?:<the>)(?P<which><past|last|next|coming>)(?P<unit><unit|quarter>)(?:<or><so>)?", read.past_unit),
    ("past_n_unit", f"(?:<the|this>)?(?P<which><last|past|next>)(?P<n>{_COUNT})<hyphen>(?P<unit><unit>)(?:<period>)?", read.past_units),
    ("first_units", f"<the>?<ordinal>(?P<n>{_COUNT})(?P<unit><units>)", read.duration),
    ("the_units", f"<the>(?P<n>{_CARD})(?P<unit><units>)", read.duration),
    ("duration", f"{_HEDGE}?(?P<n>{_COUNT})(?:<more>|<additional>){{0,2}}(?P<unit><units|unit1>)(?!<hyphen><ago>)(?P<half><and><a><half>)?(?:<or><so>)?", read.duration),
    ("duration_hyphen", f"(?P<n>{_CARD}|<quantity>)<hyphen>(?P<unit><unit1>)(?!<hyphen><ago|earlier>)(?:<hyphen><old|long>)?", read.duration),
    ("a_unit", f"{_HEDGE}?(?P<n><a>)(?:<additional>|<calendar>)?(?P<unit><unit1>)(?!<hyphen>)(?P<half><and><a><half>)?(?:<or><so>)?", read.a_unit),
    ("half_unit", f"{_HEDGE}?(?P<n><half>)<hyphen>?<a><hyphen>?(?P<unit><unit|quarter>)", read.half_unit),
    ("unit_long", "(?P<unit><unit|units>)<hyphen><old|long>", read.bare_units),
    ("bare_units", "(?<=<for|since|by|in|of|more|after>)(?P<unit><units>)(?!<hyphen>)", read.bare_units),
    # --- again and again ---
    ("set", "(?P<set><set>)", read.set_word),
    ("every", f"(?:<nearly>)?(?P<every><every>)(?:(?P<n>{_CARD}|<ordinal>))?(?:(?P<unit><unitx>)|(?P<weekday><weekday>)|(?P<month>{_MONTH})|(?P<season><season>)|(?P<part><daypart>))", read.every),
    ("rate", "(?P<per><per>)(?P<unit><unit1>)", read.rate),
    ("once_a", f"(?P<times><once>|{_COUNT}<times>)(?P<per><a|every|per>)(?P<unit><unit1>)", read.rate),
    # --- counted days, vague times ---
    ("war_day", "(?:<the>)?(?:(?P<nth><ordinal_digits|ordinal_word>(?:<hyphen><ordinal_word>)?)(?P<unit><unit>)|(?P<unit2><unit>)(?P<n><n12|n31|n99|int|cardinal>))", read.counted_day),
    ("present", "(?:<right>)?(?P<word><present>)", read.vague),
    ("past", "(?:<more|very>)?(?P<word><past_word>)", read.vague),
    ("soon", "(?P<word><future_word>)", read.vague),
    ("these_days", "<these><units>", read.these_days),
    ("future", "<the>(?:<near>)?(?P<word><future>)", read.future),
    ("near_term", "<the><near><term>", read.future),
    ("past_time", "(?<=<in>)<the>(?P<word><past>)(?!<unitx|units|card|quantity|additional|weekday|month|season>)", read.the_past),
    ("current", "(?P<word><current>)", read.current),
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, compiled when first asked for."""
    return tuple(Rule(name, rule(pattern), function) for name, pattern, function in _RULES)


@cache
def openers() -> re.Pattern[str]:
    """Where a rule may begin: at a word of any class that stands first in a rule."""
    return rule(
        "<iso|slashed|dotted|pair_slash|pair_dot|clock|decade|ordinal_digits|n12|n31|n99|year|hhmm|int|number|the|a|"
        "month|month_short|weekday|weekday_short|cardinal|multiplier|ordinal_word|unit|units|season|daypart|quarter|"
        "hour_named|deictic_day|set|quantity|present|past_word|future_word|last|past|previous|next|coming|following|"
        "current|recent|latest|future|this|these|that|same|early|late|mid|earlier|later|edge|half|fiscal|calendar|"
        "second|every|per|christmas|festival|festival_adjective|weekday_good|once|overnight|tonight|nearly|more|at|up|no|as|right|very>"
    )


def parts(context: Context) -> Iterator[Part]:
    """The expressions of a document from the left to the right: at each place the longest rule that has a meaning."""
    classes, position = context.words.classes, 0
    opener = openers()
    while (opened := opener.search(classes, position)) is not None:
        part = _longest(context, opened.start())
        if part is None:
            position = opened.start() + 1
            continue
        yield part
        position = part.last


def _longest(context: Context, position: int) -> Part | None:
    classes = context.words.classes
    matches = [(found, one) for one in rules() if (found := one.pattern.match(classes, position)) is not None]
    matches.sort(key=lambda pair: -pair[0].end())
    for found, one in matches:
        meaning = one.read(context, found) if found.end() > found.start() else None
        if meaning is not None:
            explicit = "year" in found.groupdict() and found["year"] is not None or one.name in ("iso", "slashed")
            return Part(found.start(), found.end(), meaning, bool(explicit))
    return None
