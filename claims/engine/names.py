"""Numbers that count nothing: names, years, ages, scores, times of day, addresses, versions."""

from collections.abc import Sequence

from claims.engine.date_names import year_at
from claims.engine.figures import Figure
from claims.engine.nouns import Noun, is_person, is_plural, is_time, singular
from claims.engine.numerals import numeral_at, touches, word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_NAMES = table("units")["names"]
_LABELS = frozenset(_NAMES["labels"].split())
_INDEXES = frozenset(_NAMES["indexes"].split())
_STREETS = frozenset(_NAMES["streets"].split())
_CLOCK = frozenset(_NAMES["clock"].split())
_TIED_BEFORE = "#@/_:.-–"
_PRONOUN_ONE = frozenset(
    "no any this that the every each another which some another's first last".split()
)
_AFTER_ONE = frozenset("another day thing time way reason more such side hand".split())
_VOTES = frozenset("vote votes voted voting ballot".split())
_VOTE_REACH = 4
_TIMES_WHAT = frozenset("as its the their his her that this those what more less".split())
_AGED = frozenset("over under above below".split())
_OLDEST = 110
_NOT_NAMES = frozenset(_NAMES["no_names"].split())


def counts_nothing(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """Whether the figure is no quantity: part of a name, a year, an age, a score, a time."""
    if figure.unit is not None:
        return False
    # "2.5 times", "a five-storey house"
    strong = word_at(tokens, figure.end + 1) == "strong"
    bare = noun.compound and noun.head is None and not strong
    if _multiplies(tokens, figure) or (bare and not is_split_vote(tokens, figure)):
        return True
    return (
        _is_tied(tokens, figure)
        or _is_score(tokens, figure, noun)
        or _is_age(tokens, figure, noun)
        or _is_time(tokens, figure, noun)
        or _is_address(tokens, figure)
        or _is_pronoun(tokens, figure, noun)
        or _is_year(tokens, figure, noun)
        or _is_name(tokens, figure, noun)
    )


def _multiplies(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "2.5 times as many", "four times its price", "threefold"; not "was tested 38 times"."""
    if word_at(tokens, figure.end) != "times":
        return word_at(tokens, figure.end) == "fold"
    after = word_at(tokens, figure.end + 1)
    more = after in _TIMES_WHAT or after.endswith("er") or word_at(tokens, figure.end + 2) == "than"
    return more or figure.low != figure.low.to_integral_value() if figure.low else more


def _is_tied(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "F-16", "#12", "G20", "3.2.1", "24/7", "192.168.0.1", "10:30", "40s"."""
    core = figure.core
    if core == 0 and word_at(tokens, figure.end) in (".", ")"):
        # The number of a list item.
        return len(tokens) > figure.end + 1
    if touches(tokens, core) and core:
        before = tokens[core - 1]
        if before.text in "'’":
            return True
        if before.kind == "word" or before.text in _TIED_BEFORE and _joined(tokens, core - 1):
            return True
    if not touches(tokens, figure.end):
        return False
    after = tokens[figure.end]
    if after.text in ":/_" or after.text in ".,":
        return touches(tokens, figure.end + 1) and tokens[figure.end + 1].kind != "mark"
    if after.lower in ("st", "nd", "rd", "th", "s", "am", "pm", "x"):
        return True
    return after.kind == "word" and not noun_fits(after)


def noun_fits(token: Token) -> bool:
    """Whether letters written close to digits are a measure ("40km"), not a name ("747s")."""
    return token.lower in table("units")["measures"]["abbreviations"]


def _joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark at this token clings to a word or number before it."""
    if tokens[at].text in "#@_/":
        return True
    return at > 0 and touches(tokens, at) and tokens[at - 1].kind != "mark"


def votes_near(tokens: Sequence[Token], at: int) -> bool:
    """Whether a vote is spoken of right before or behind: "voted 61-38", "a 61-38 vote"."""
    near = {word_at(tokens, at + step) for step in range(-_VOTE_REACH, _VOTE_REACH + 1)}
    return bool(near & _VOTES)


def is_split_vote(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it is the first side of "voted 61-38", which is a count and no score."""
    after = tokens[figure.end : figure.end + 2]
    split = len(after) == 2 and after[0].text in "-–—" and after[1].kind == "number"
    return split and votes_near(tokens, figure.core)


def _is_score(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """ "a 3-1 win", "won 52-48": numbers with a hyphen and nothing counted."""
    if figure.hyphenated and noun.head is None:
        return True
    after, before = word_at(tokens, figure.end), word_at(tokens, figure.core - 1)
    if after in ("-", "–", "—") and touches(tokens, figure.end):
        following = figure.end + 1
        scored = following < len(tokens) and tokens[following].kind == "number"
        return scored and not is_split_vote(tokens, figure)
    if before in ("-", "–", "—") and touches(tokens, figure.core - 1):
        return figure.core > 1 and tokens[figure.core - 2].kind == "number"
    return False


def _is_age(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """ "Smith, 45,", "aged 45", "a 25-year-old", "45 years old", "in his 40s"."""
    before = word_at(tokens, figure.begin - 1)
    after = [word_at(tokens, figure.end + step) for step in range(4)]
    if before in ("aged", "age", "ages", "turn", "turns", "turned", "turning"):
        return noun.head is None
    if before == "of" and noun.head is None and word_at(tokens, figure.begin - 2) in _PEOPLE:
        # "a man of 34"
        return True
    if noun.head is None and _AGED.intersection(figure.cues) and figure.value <= _OLDEST:
        # "patients over 75"
        return before in ("those", "anyone", "everyone") or is_person(singular(before))
    if after[0] == "or" and after[1] in ("older", "younger", "over", "under"):
        return noun.head is None
    if noun.head in ("year", "month", "day", "week") and "old" in after:
        return True
    bare = noun.head is None and figure.high is not None and figure.high < 120
    ends = after[0] in (",", ".", ";", ")", "")
    if bare and ends and before in ("is", "was", "are", "were"):
        return word_at(tokens, figure.begin - 2) in ("who", "he", "she")  # "who is 58,"
    if not (bare and ends) or figure.begin < 2 or before != ",":
        return False
    return tokens[figure.begin - 2].capital or tokens[figure.begin - 2].lower in _PEOPLE


_PEOPLE = frozenset(table("units")["persons"]["nouns"].split()) | {
    "son",
    "daughter",
    "wife",
    "husband",
}


def _is_time(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """ "at 10 a.m.", "5 o'clock"."""
    after, before = word_at(tokens, figure.end), word_at(tokens, figure.begin - 1)
    if after == "hours" and tokens[figure.core].text.isdecimal():
        # "at 1400 hours"
        return len(tokens[figure.core].text) == _CLOCK_DIGITS and before in ("at", "by", "until")
    if after in _CLOCK or (after == "o" and word_at(tokens, figure.end + 1) in ("'", "’")):
        return True
    if _is_dotted(tokens, figure) and noun.head is None and before in _CLOCK_BEFORE:
        return True
    if _is_to_the_hour(tokens, figure) and before in _CLOCK_BEFORE:
        return True
    if figure.high is None or figure.high > _HOURS or noun.head is not None:
        return False
    # "ten past eight", "before ten", "back at two"
    if before in ("past", "half-past") or after in ("past", "sharp"):
        return True
    near = {word_at(tokens, figure.begin - step) for step in range(2, 7)}
    return before in ("at", "before", "until", "till", "after") and not near & _LEVELS


_HOURS = 12
_CLOCK_DIGITS = 4
_CLOCK_BEFORE = frozenset("at by until till before after from since around about past".split())
_DAY, _HOUR = 24, 60
_LEVELS = frozenset(
    "stood stands stand put puts remained remains set toll figure number total count tally".split()
)


def _is_dotted(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the digits are those of a clock: 16.50, 9.05."""
    hours, point, minutes = tokens[figure.core].text.partition(".")
    if not point or len(minutes) != len("00") or not (hours + minutes).isdecimal():
        return False
    return int(hours) < _DAY and int(minutes) < _HOUR


def _is_to_the_hour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it is the 20 of "twenty to seven"."""
    following = figure.end + 1
    hour = numeral_at(tokens, following) if following < len(tokens) else None
    told = word_at(tokens, figure.end) in ("to", "past") and figure.spelt
    return told and hour is not None and hour.high <= _HOURS


def _is_address(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "10 Downing Street"."""
    following = tokens[figure.end : figure.end + 3]
    if not following or not following[0].capital:
        return False
    return any(token.capital and token.lower in _STREETS for token in following[1:])


def _is_pronoun(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """ "no one", "one of the largest", "one day", "the two": words that count nothing new."""
    word = tokens[figure.core].lower
    before = word_at(tokens, figure.core - 1)
    if figure.end - figure.core != 1:
        return False
    if word == "one" and word_at(tokens, figure.end) in ("in", "out", "for", "per"):
        return False
    if word == "one":
        lone = noun.head is None or noun.partitive or noun.head in _AFTER_ONE
        return lone or before in _PRONOUN_ONE or word_at(tokens, figure.end) in ("-", "of")
    if before in ("the", "these", "those", "their", "its", "all", "our", "his", "her"):
        if is_time(noun.head) and noun.compound:
            # "the two-day strike"
            return False
        return figure.spelt and figure.high is not None and figure.high <= 3
    # "few" and "several" alone say nothing to compare.
    return word in ("few", "couple") and noun.head is None


def _is_year(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    if (
        figure.modifier not in ("exact", "between")
        or figure.scaled
        or "," in tokens[figure.core].text
    ):
        return False
    year = year_at(tokens, figure.core)
    if year is None or not 1900 <= year <= 2100:
        return False
    return noun.head != "person" or figure.end - figure.core > 1


def _is_name(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """ "Boeing 737", "Article 5", "phase 2", "World War Two", "No. 10"."""
    if figure.begin != figure.core or figure.scaled or figure.core == 0:
        return False
    place = figure.core - 1
    spelt = figure.spelt and tokens[figure.core].capital and tokens[place].capital
    if spelt and tokens[place].kind == "word" and tokens[place].lower not in _NOT_NAMES:
        # "Velda One"
        return True
    following = tokens[figure.end] if figure.end < len(tokens) else None
    named = following is not None and following.capital and tokens[figure.core].capital
    if figure.spelt and named and tokens[place].text not in "\"'“‘:":
        # "the Five Lakes race"
        return True
    if tokens[place].text == "." and word_at(tokens, place - 1) in (
        "no",
        "nos",
        "art",
        "sec",
        "p",
        "pp",
    ):
        return True
    before = tokens[place]
    if before.capital and before.lower in _INDEXES:
        return True
    counted = noun.head is not None and not noun.compound
    plural = before.lower not in _LABELS and before.lower != "numbers"
    if plural and singular(before.lower) in _LABELS and not counted:
        # "lines 4 and 7"
        return True
    if before.lower in _LABELS and before.kind == "word":
        return not counted or before.capital and place > 0
    if _is_next_name(tokens, figure) and not counted:
        return True
    if before.kind != "word" or not before.capital or before.lower in _NOT_NAMES or counted:
        return False
    # The first word of a sentence has a capital anyway.
    return place > 0 and not is_plural(word_at(tokens, figure.end))


def _is_next_name(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it goes on with a row of names: the 7 of "lines 4 and 7", "Articles 3, 5 and 8"."""
    at = figure.core - 1
    while at > 0 and (
        tokens[at].kind == "number" or tokens[at].lower in (",", "and", "or", "to", "-")
    ):
        at -= 1
    return at < figure.core - 2 and singular(tokens[at].lower) in _LABELS
