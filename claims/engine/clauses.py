"""Cuts a sentence into clauses with one predicate each: the scope of negation, certainty and dates.

Conservative: a cut needs a conjunction, a mark or a reporting verb, and a finite verb on each side.
Without a parser some clauses stay together; that only makes a scope wider.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.engine.readings import Clause, Sentence
from claims.engine.speech_tails import RELATIVES, is_occasion, speech_tail
from claims.engine.tables import words
from claims.engine.tokens import Token, tokens_in

# Not "nor": "neither confirmed nor denied" is one answer.
_COORDINATORS = frozenset("and but or yet so".split())
_LINKING = _COORDINATORS | RELATIVES | words("verbs", "subordinators")
_BEFORE_TIME = frozenset("half almost nearly about around some over under".split())
_BEFORE_LINKS = frozenset("even only just not especially particularly".split())
_BEFORE_YET = frozenset("not n't has have had is are was were as".split())
_DASHES = frozenset("—–")
_IN_EED = frozenset("agreed freed guaranteed decreed refereed".split())
_BLANK_EDGE = " \t\n\u00a0,;:—–"
_NEAR = 7
_MOST_EDGES = 3
_BARE_SUBJECT = 4


def split(text: str, sentence: Sentence, *, first: int = 0) -> list[Clause]:
    """The clauses of a sentence in order; together they hold every word of it.

    `first` is the index that the first clause gets. Spans leave out blanks and separating marks.
    """
    tokens = tokens_in(text, sentence)
    finite = [_is_finite(tokens, at) for at in range(len(tokens))]
    edges = [sentence.start, *_cuts(tokens, finite), sentence.end]
    found: list[Clause] = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(_BLANK_EDGE))
        size = len(piece.strip(_BLANK_EDGE))
        if size:
            found.append(
                Clause(
                    start=start + left,
                    end=start + left + size,
                    index=first + len(found),
                    sentence=sentence.index,
                )
            )
    return found


def _cuts(tokens: Sequence[Token], finite: Sequence[bool]) -> Iterator[int]:
    """The places where a new clause begins, in order."""
    edges = [at for at in range(1, len(tokens)) if _may_begin(tokens, finite, at)]
    left = 0
    for number, edge in enumerate(edges):
        # "after the bus, which carried pupils, hit a wall": the verb may stand behind a relative.
        later = edges[number + 1 :][:_MOST_EDGES]
        timed = _measures_time(tokens, edge)
        if timed or tokens[edge].lower in words("verbs", "subordinators"):
            later = [place for place in later if tokens[place].lower not in RELATIVES]
        elif tokens[edge - 1].text == ",":
            verb = speech_tail(tokens, finite, edge) or edge
            later = [place for place in later if place > verb]
        stop = later[0] if later else len(tokens)
        adds = tokens[edge - 1].text == "," and _adds_to_tail(tokens, finite, edge)
        if any(finite[left:edge]) and (adds or any(finite[edge:stop])):
            yield tokens[edge].start
            left = edge


def _may_begin(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether a clause may begin at this token, if both sides have a predicate."""
    before, token = tokens[at - 1], tokens[at]
    if before.text == ";" or before.text in _DASHES:
        return True
    if _is_closing_quote(tokens, at):
        return False
    if (
        before.text == ","
        or at > 1
        and tokens[at - 2].text == ","
        and _is_closing_quote(tokens, at - 1)
    ):
        return _after_comma(tokens, finite, at)
    if token.lower == "yet" and before.lower in _BEFORE_YET:
        return False  # "has not yet replied"
    if token.lower in _COORDINATORS:
        return _begins_predicate(tokens, finite, at + 1)
    if token.lower in _BEFORE_LINKS and _links(tokens, at + 1):
        return True
    if _measures_time(tokens, at):
        return True
    if token.lower in words("verbs", "subordinators") and token.lower not in ("as", "since"):
        return not _in_list(tokens, at) and before.lower not in words("verbs", "time_units")
    return _content_begins(tokens, finite, at)


def _is_closing_quote(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token clings to the one before it: a closing mark, the "'s" of "that's"."""
    return tokens[at].text[0] in "\"”’'‘" and tokens[at].start == tokens[at - 1].end


def _measures_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether "two days after", "a week before" begins here: it opens the clause as a whole."""
    counts = tokens[at].kind == "number" or tokens[at].lower in words("verbs", "few")
    half = tokens[at].lower == "half"  # "half an hour after"
    behind = [token.lower for token in tokens[at + 1 + half : at + 3 + half]]
    timed = behind[1:] in (["after"], ["before"]) and behind[0] in words("verbs", "time_units")
    no_start = words("verbs", "no_subject") | _BEFORE_TIME
    return (counts or half) and timed and tokens[at - 1].lower not in no_start


def _adds_to_tail(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether a statement goes on behind its source: ", police said, bringing the toll to 16".

    A day or an occasion may stand between: ", police said on Friday, correcting a figure of 40".
    """
    verb = at - 2
    while verb > 0 and not finite[verb] and is_occasion(tokens[verb : at - 1]):
        verb -= 1
    spoken = verb > 0 and finite[verb] and tokens[verb].lower in words("verbs", "reporting")
    return spoken and tokens[at].lower.endswith("ing")


def _links(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].lower in words("verbs", "subordinators")


def _in_list(tokens: Sequence[Token], at: int) -> bool:
    """ "even after", "only if", "and when": the connecting word is not the first of its clause."""
    return tokens[at - 1].lower in _COORDINATORS or tokens[at - 1].lower in _BEFORE_LINKS


def _after_comma(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    token = tokens[at]
    if _measures_time(tokens, at) or _adds_to_tail(tokens, finite, at):
        return True
    if token.lower in _COORDINATORS and any(near.text == "," for near in tokens[at - 5 : at - 1]):
        # "prices of energy, lumber, and wheat remain high"
        return _begins_predicate(tokens, finite, at + 1)
    if token.lower in _LINKING:
        return True
    if speech_tail(tokens, finite, at) is not None:
        return True
    # ", some of whom", ", 12 of which"
    if any(near.lower in ("whom", "which") for near in tokens[at : at + 5]):
        return True
    # "If they do, they become ...": the first comma after an opening subordinator.
    opened = tokens[0].lower in words("verbs", "subordinators")
    return opened and not any(near.text == "," for near in tokens[: at - 1])


def _begins_predicate(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether a verb, or a plain subject with its verb, follows the conjunction."""
    if at < len(tokens) and _pair_of_verbs(tokens, at):
        # "killed or wounded", "arrested and charged": one predicate in two words
        return False
    while at < len(tokens) and tokens[at].lower.endswith("ly"):
        at += 1
    if at >= len(tokens):
        return False
    if finite[at]:
        return True
    token = tokens[at]
    if _speaker_begins(tokens, finite, at):
        return True
    opens = token.kind == "number" or token.lower in words("verbs", "subject_openers")
    if not opens and token.lower not in words("verbs", "subordinators"):
        return False
    for place in range(at, min(at + _NEAR, len(tokens))):
        if tokens[place].kind == "mark" and tokens[place].text not in "-’'\"“”":
            return False
        if finite[place]:
            return True
    return False


def _speaker_begins(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether a bare subject of a verb of saying follows: "and hospitals said"."""
    for place in range(at + 1, min(at + _BARE_SUBJECT, len(tokens))):
        if finite[place]:
            return tokens[place].lower in words("verbs", "reporting")
        if tokens[place].kind == "mark":
            return False
    return False


def _pair_of_verbs(tokens: Sequence[Token], at: int) -> bool:
    """Whether past forms stand on both sides of a conjunction; "died but said" is no pair."""
    first, second = tokens[at - 2].lower, tokens[at].lower
    reporting = words("verbs", "reporting")
    says_only = second in reporting and first not in reporting
    return _is_past(first) and _is_past(second) and not says_only


def _content_begins(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether what is said begins here: after "said that", "said" or "said on Monday"."""
    before = tokens[at - 1]
    if before.lower == "that":
        near = range(max(0, at - 9), at - 1)
        return any(tokens[place].lower in words("verbs", "reporting") for place in near)
    verb = _reporting_verb_before(tokens, finite, at)
    if verb is None:
        return False
    token = tokens[at]
    if token.kind == "mark":
        return token.text in '"“‘'
    opens = token.lower in words("verbs", "subject_openers") or token.kind == "number"
    return (
        opens or token.capital or verb == at - 1 and token.lower not in words("verbs", "not_verbs")
    )


def _reporting_verb_before(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> int | None:
    """The reporting verb whose content may begin here; a day or an occasion may stand between."""
    reporting = words("verbs", "bare_reporting")
    if tokens[at - 1].lower in reporting and finite[at - 1]:
        if at > 1 and tokens[at - 2].kind == "mark":
            # "..., said the minister": the speaker follows, not the content
            return None
        return None if tokens[at].lower in ("that", "on", "in", "at", "to", "of", "by") else at - 1
    for place in range(at - 2, max(-1, at - 6), -1):
        if tokens[place].lower in reporting and finite[place]:
            between = tokens[place + 1 : at]
            return place if is_occasion(between) else None
        if tokens[place].kind == "mark":
            return None
    return None


def _is_finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is, very likely, a finite verb."""
    word = tokens[at].lower
    if tokens[at].kind != "word":
        return False
    if word in words("verbs", "auxiliaries"):
        # "The May figure", "Will Smith": capitals tell the nouns and names.
        names = word in ("may", "can", "will", "might", "must") and tokens[at].capital
        return not names or at == 0
    if word in words("verbs", "past_only"):
        return True
    previous = tokens[at - 1].lower if at else ""
    if word == "'s":
        return previous in ("it", "he", "she", "that", "there", "who", "what", "here")
    return _is_plain_verb(tokens, at, previous)


def _is_plain_verb(tokens: Sequence[Token], at: int, previous: str) -> bool:
    """The same for verbs that may also be nouns or participles: a subject must stand before."""
    word = tokens[at].lower
    if previous in words("verbs", "pronoun_subjects"):
        return word not in words("verbs", "not_verbs") and not word.endswith("ly")
    if tokens[at].capital:
        return False
    if word in words("verbs", "base_forms"):
        # "Officials claim", but "state media", "a report"
        return previous.endswith("s") and _has_subject(tokens, at)
    if word in words("verbs", "present") or word in words("verbs", "reporting"):
        return _has_subject(tokens, at)
    if word in words("verbs", "past_or_participle") or _is_regular_past(word):
        return _has_subject(tokens, at) and tokens[min(at + 1, len(tokens) - 1)].lower != "by"
    return False


def _is_past(word: str) -> bool:
    return word in words("verbs", "past_or_participle") or _is_regular_past(word)


def _is_regular_past(word: str) -> bool:
    if not word.endswith("ed") or len(word) < 4 or word in words("verbs", "not_past"):
        return False
    return not word.endswith("eed") or word in _IN_EED


def _has_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before can be a subject: no article, preposition or auxiliary."""
    place = at - 1
    while place >= 0 and (
        tokens[place].lower.endswith("ly") or tokens[place].lower in ("also", "then")
    ):
        place -= 1
    if place < 0:
        return False
    before = tokens[place]
    if before.lower in ("and", "or", "but", "who", "which", "that"):
        return True
    if before.kind == "mark":
        return before.text in ',"”’)—–'
    if before.lower in words("verbs", "noun_openers"):
        return False
    return not any(before.lower in words("verbs", kind) for kind in ("no_subject", "auxiliaries"))
