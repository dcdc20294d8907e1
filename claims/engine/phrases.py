"""Noun phrases of a tagged sentence, as stretches of word indices."""

from collections.abc import Sequence

from claims.engine import tables
from claims.engine.lexicon import verb_forms, words
from claims.engine.parts import Word

_QUOTES = frozenset("\"“”‘’'")
DASHES = frozenset({"—", "–", "-"})
_LINKS = frozenset({"of", "and", "to"})
_LOCAL_LINKS = frozenset(
    {"for", "at", "in", "from", "across", "with", "on", "near", "outside", "between", "among"}
)
# Behind a source "with" and "on" rather tell of the occasion: "said Ann Lee on Monday".
_AFTER_LINKS = frozenset({"for", "at", "in", "from"})
_LINKING = frozenset({"prep", "conj", "to"})
NAME_PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "la",
        "le",
        "du",
    }
)
# "a source close to the deal", "people familiar with the talks"
_DESCRIBING = frozenset({"close", "familiar", "privy", "briefed"})
_PHRASE_LIMIT = 30
_BRACKET_REACH = 6


def before(sentence: Sequence[Word], verb: int, floor: int = 0) -> tuple[int, int] | None:
    """The noun phrase that ends before a verb, with its appositions; None if there is none."""
    end = verb
    while end > floor and (
        sentence[end - 1].tag in ("adv", "not")
        or sentence[end - 1].text in _QUOTES
        or sentence[end - 1].lower in ("neither", "either", "both", "all")
        or _is_place_word(sentence, end - 1, floor)
    ):
        end -= 1
    end = _before_bracket(sentence, _before_time(sentence, end, floor), floor)
    limit = max(floor, end - _PHRASE_LIMIT)
    if end > limit and sentence[end - 1].text == ",":
        opening = _opening_comma(sentence, end - 1, limit)
        if opening is None:
            return None
        start = _left(sentence, opening, limit)
        if opening - start == 1 and sentence[start].tag == "number" and start > limit + 1:
            start = _left(sentence, start - 1, limit)  # "Olaf Dahl, 54, a baker, saw"
    elif end > limit and sentence[end - 1].text in DASHES:
        end = _opening_dash(sentence, end, limit)
        start = _left(sentence, end, limit)
    else:
        start = _left(sentence, end, limit)
        start, end = _before_participle(sentence, start, end, limit)
        start = _with_name(sentence, start, end, limit)
    return (start, end) if start < end else None


def _is_place_word(sentence: Sequence[Word], at: int, floor: int) -> bool:
    """Whether the word only tells where its noun is: "an official there said"."""
    behind = at > floor and sentence[at - 1].tag in ("noun", "name")
    return sentence[at].lower in ("there", "here") and behind


def _opening_dash(sentence: Sequence[Word], end: int, limit: int) -> int:
    """Where the aside in dashes that ends here begins; `end` itself if it has no beginning."""
    at = end
    while at > limit and sentence[at - 1].text in DASHES:
        at -= 1
    while at > limit and sentence[at - 1].text not in DASHES:
        at -= 1
    while at > limit and sentence[at - 1].text in DASHES:
        at -= 1
    return at if at > limit else end


def _with_name(sentence: Sequence[Word], start: int, end: int, limit: int) -> int:
    """The start of "Ann Lee, an analyst at the bank said", where the second comma is missing."""
    if start - 2 < limit or sentence[start - 1].text != "," or sentence[start - 2].tag != "name":
        return start
    titles = words("titles") | words("representatives")
    titled = any(word.lower in titles for word in sentence[start:end])
    name = _left(sentence, start - 1, limit)
    whole = all(word.tag == "name" and not is_time(word) for word in sentence[name : start - 1])
    return name if titled and whole and name == 0 else start


def _before_bracket(sentence: Sequence[Word], end: int, floor: int) -> int:
    """The end of the phrase without a short name in brackets: "the Farm Workers Union (FWU)"."""
    if end <= floor or sentence[end - 1].text != ")":
        return end
    for at in range(end - 2, max(floor, end - _BRACKET_REACH), -1):
        if sentence[at].text == "(":
            return at
    return end


def _before_time(sentence: Sequence[Word], end: int, floor: int) -> int:
    """The end of the phrase without a day behind it: "the bank on Tuesday raised"."""
    at = end
    while at > floor and is_time(sentence[at - 1]):
        at -= 1
    if at < end and at > floor + 1 and sentence[at - 1].lower in ("on", "in", "late", "early"):
        return at - 1
    return end


def is_time(word: Word) -> bool:
    """Whether the word is a weekday, a month or a number of a date."""
    bare = word.lower.rstrip(".")
    return bare.endswith("day") or bare in words("months") or word.tag == "number"


def _before_participle(
    sentence: Sequence[Word], start: int, end: int, limit: int
) -> tuple[int, int]:
    """The real subject of "the men held in Leeds fled": what stands before the participle."""
    at = start - 2
    if at <= limit or sentence[start - 1].tag not in ("prep", "to"):
        return start, end
    if sentence[at].tag == "noun" and sentence[at - 1].tag == "prep":
        at -= 2  # "officials speaking on condition of anonymity"
    describes = sentence[at].tag in ("participle", "gerund") or sentence[at].lower in _DESCRIBING
    if not describes or sentence[at - 1].tag not in ("noun", "name"):
        return start, end
    return _left(sentence, at, limit), at


def _opening_comma(sentence: Sequence[Word], closing: int, limit: int) -> int | None:
    """The comma that opens the apposition which ends at `closing`."""
    for at in range(closing - 1, limit - 1, -1):
        word = sentence[at]
        if word.text == ",":
            inside = sentence[at + 1 : closing]
            relative = bool(inside) and inside[0].tag == "wh"
            return at if inside and (relative or not _has_own_verb(inside)) else None
        if word.tag == "mark" and word.text not in _QUOTES and word.text not in "()&.":
            return None
    return None


def _has_own_verb(inside: Sequence[Word]) -> bool:
    """Whether a verb stands here that no "who" takes and that is no ", he added,"."""
    for word in inside:
        if word.tag in ("wh", "that"):
            return False
        if word is inside[0] and _describes(word):
            continue  # "the mayor, asked three times, said"
        if word.tag == "verb":
            said = word is inside[-1] and word.stem in tables.words("speech", "trailing")
            return not said
    return False


def _describes(word: Word) -> bool:
    """Whether a past form may be a participle, and none that tells who speaks."""
    participle = any(form == "participle" for _, form in verb_forms().get(word.lower, ()))
    return participle and word.stem not in tables.words("speech", "trailing")


def _left(sentence: Sequence[Word], end: int, limit: int) -> int:
    """Where the noun phrase that ends at `end` begins."""
    at = end
    while at > limit:
        word = sentence[at - 1]
        nominal = word.tag in ("noun", "name", "number", "det", "pron", "participle")
        linking = (
            word.lower in _LINKS | _LOCAL_LINKS
            and at < end
            and at - 1 > limit
            and word.tag in _LINKING
        )
        particle = word.lower in NAME_PARTICLES or word.text == "&"
        if not nominal and not (linking and _joins(sentence, at - 1)) and not particle:
            break
        at -= 1
        if word.tag == "pron" or (word.tag == "det" and _ends_phrase(sentence, at - 1, limit)):
            break
    while at < end and sentence[at].tag in ("prep", "conj", "participle"):
        at += 1
    return _after_adjunct(sentence, at, end) if at and sentence[at - 1].tag == "prep" else at


def _after_adjunct(sentence: Sequence[Word], start: int, end: int) -> int:
    """Where the subject begins after an opening adjunct: "at the summit | President Smith"."""
    for at in range(end - 1, start, -1):
        word, before = sentence[at], sentence[at - 1]
        opens = word.tag == "det" or (word.tag == "name" and before.tag != "name")
        role = before.lower in words("titles") or before.lower in words("bodies")
        if opens and before.tag in ("noun", "name") and not before.possessive and not role:
            return at
    return start


def _ends_phrase(sentence: Sequence[Word], at: int, limit: int) -> bool:
    """Whether another phrase ends here: "told reporters | the men had left"."""
    if at < limit:
        return True
    return sentence[at].tag in ("noun", "name") and not sentence[at].possessive


def _joins(sentence: Sequence[Word], at: int) -> bool:
    """Whether the small word at this place joins two parts of one noun phrase."""
    left, right = sentence[at - 1], sentence[at + 1]
    if left.tag not in ("noun", "name", "number"):
        return False
    if sentence[at].lower == "and":
        if right.tag == "det" and at + 2 < len(sentence):
            right = sentence[at + 2]
            return left.tag == "name" and right.tag == "name"
        return right.tag in ("noun", "name") and left.tag == right.tag
    if sentence[at].tag == "to":
        return right.tag in ("name", "number")
    if sentence[at].lower in _LOCAL_LINKS:
        return right.tag in ("name", "det", "noun") and not is_time(right)
    return True


def after(
    sentence: Sequence[Word], start: int, ceiling: int | None = None
) -> tuple[int, int] | None:
    """The noun phrase that begins here, with its apposition; None if none does."""
    limit = min(len(sentence) if ceiling is None else ceiling, start + _PHRASE_LIMIT)
    end = _right(sentence, start, limit)
    if end == start:
        return None
    if end + 1 < limit and sentence[end].text == ",":
        tail = _right(sentence, end + 1, limit)
        role_first = _is_role(sentence[start:end]) and sentence[end + 1].tag == "name"
        named_first = sentence[end - 1].tag == "name" and _is_role(sentence[end + 1 : tail])
        acts = tail < limit and sentence[tail].tag in ("verb", "have", "be", "modal", "do")
        if tail > end + 1 and not acts and (role_first or named_first):
            end = tail
    return start, end


def _right(sentence: Sequence[Word], start: int, limit: int) -> int:
    at = start
    while at < limit:
        word = sentence[at]
        nominal = word.tag in ("noun", "name", "number", "det", "pron", "participle")
        particle = word.lower in NAME_PARTICLES or word.text == "&"
        linking = (
            at > start
            and at + 1 < limit
            and word.tag in _LINKING
            and word.lower in _LINKS | _AFTER_LINKS
        )
        if not nominal and not particle and not (linking and _joins(sentence, at)):
            break
        if word.tag == "det" and at > start and _ends_phrase(sentence, at - 1, start):
            break  # "according to the council | the board had agreed"
        at += 1
        if word.tag == "pron":
            break
    while at > start and sentence[at - 1].tag in ("prep", "conj", "to", "participle", "det"):
        at -= 1
    return at


def _is_role(phrase: Sequence[Word]) -> bool:
    listed = words("titles") | words("representatives") | words("bodies")
    return any(word.lower in listed for word in phrase)


def head(phrase: Sequence[Word]) -> int | None:
    """The index of the head noun: the last noun before the first "of", "for", "in" or comma."""
    found: int | None = None
    for at, word in enumerate(phrase):
        numbered = found is not None and phrase[found].lower in words("numbered")
        if word.tag == "number" and numbered:
            continue  # "Highway 12"
        if word.tag in ("noun", "name", "number", "gerund") and not word.possessive:
            found = at
        elif found is not None and (word.tag in ("prep", "wh", "that", "conj") or word.text == ","):
            if word.lower == "of" and phrase[found].lower in words("light_heads"):
                continue
            break
    return found
