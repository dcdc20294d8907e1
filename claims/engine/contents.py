"""Where what is said begins behind a verb of saying: a clause, a quotation or a figure."""

from collections.abc import Sequence

from claims.engine import phrases, tables
from claims.engine.deeds import Deed
from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.mentions import closes_speech
from claims.engine.parts import Word

_QUOTE_MARKS = frozenset('"“”')
# Verbs that name a source with a figure only: "puts the toll at 40", "speak of 40".
OTHER_CUES = frozenset({"put", "speak", "talk", "quote", "cite", "arrive"})
_FIGURE_LINKS = {"put": "at", "speak": "of", "talk": "of", "arrive": "at"}
_PROMISING = frozenset({"tell", "vow", "pledge", "promise", "threaten"})
_OCCASIONS = frozenset({"prep", "to", "adv", "sub"})
_TIMES = frozenset({"early", "late", "earlier", "later", "last", "this"})
_LOOK = 16


def _speech(name: str) -> frozenset[str]:
    return tables.words("speech", name)


def begins(sentence: Sequence[Word], done: Sequence[Deed], number: int) -> int | None:
    """The index where what is said begins after the verb; None if nothing does."""
    group = done[number].group
    following = done[number + 1].group if number + 1 < len(done) else None
    stop = min(len(sentence), group.end + _LOOK)
    aside = False
    for at in range(group.end, stop):
        word = sentence[at]
        if word.tag == "that":
            return at if _clause_follows(done, at) else group.end
        if word.tag == "wh" or word.text in _QUOTE_MARKS or word.text == ":":
            return at
        quoted = at + 1 < len(sentence) and sentence[at + 1].text in _QUOTE_MARKS
        if word.text == "," and quoted:
            return at + 1
        if word.text == "," and (resumed := _after_aside(sentence, at, stop)):
            return resumed
        if _closes(sentence, at, stop):
            return _plain_content(sentence, group, at)
        aside = aside or word.tag == "sub"
        if following is not None and at == following.start:
            if aside:
                return _plain_content(sentence, group, at)
            bare = not following.finite and group.stem not in _PROMISING
            if bare or _only_describes(sentence, at):
                continue
            joined = sentence[at - 1].tag in ("conj", "wh")
            return None if joined or at == group.end else group.end
    return _plain_content(sentence, group, stop)


def _only_describes(sentence: Sequence[Word], at: int) -> bool:
    """Whether the verb tells of a document: "said in a statement | published on Monday"."""
    released = sentence[at].stem in _speech("publishing") and sentence[at - 1].tag == "noun"
    return released and sentence[at - 1].lower in words("documents")


def _closes(sentence: Sequence[Word], at: int, stop: int) -> bool:
    """Whether a mark ends the phrase here; the dot of "Example.com" does not."""
    inside = at + 1 < stop and sentence[at + 1].start == sentence[at].end
    return sentence[at].text in (",", ";") or (sentence[at].text == "." and not inside)


def _after_aside(sentence: Sequence[Word], comma: int, stop: int) -> int | None:
    """Where the content goes on behind an aside: "reported, citing the police, that ..."."""
    for at in range(comma + 1, stop):
        if sentence[at].text == ",":
            that = at + 1 < len(sentence) and sentence[at + 1].tag == "that"
            return at + 1 if that else None
    return None


def _plain_content(sentence: Sequence[Word], group: Group, stop: int) -> int | None:
    """Where the content begins if it is no clause: a figure, or a few words after "said"."""
    rest = sentence[group.end : stop]
    if group.stem in _speech("gives_object") | OTHER_CUES | {"say"}:
        link = _FIGURE_LINKS.get(group.stem)
        from_link = next((at for at, word in enumerate(rest) if word.lower == link), None)
        told = rest if link is None else rest[from_link:] if from_link is not None else ()
        counts_on = rest and rest[0].lower in ("on", "in", "for", "with", "to") and link is None
        if not counts_on and any(word.tag == "number" for word in told):
            return group.end
    silent = _speech("only_with_clause") | _speech("gives_object") | OTHER_CUES
    if group.stem in silent:
        return None
    occasion = bool(rest) and (
        rest[0].tag in ("prep", "to", "adv", "sub")
        or phrases.is_time(rest[0])
        or rest[0].lower in _TIMES
    )
    return None if occasion or len(rest) < 3 else group.end


def _clause_follows(done: Sequence[Deed], at: int) -> bool:
    return bool(done) and done[-1].group.start > at


def only_listens(sentence: Sequence[Word], done: Sequence[Deed], number: int) -> bool:
    """Whether only the listener stands behind: "..., the mayor told a rally in Leeds"."""
    group = done[number].group
    if group.stem != "tell" or any(each.group.finite for each in done[number + 1 :]):
        return False
    behind = sentence[group.end :]
    said = any(word.tag in ("that", "wh", "to") or word.text in ':"“' for word in behind)
    return not said and closes_speech(sentence, _first_word(done[number]))


def said(sentence: Sequence[Word], done: Sequence[Deed], number: int) -> int | None:
    """As `begins`, but None where the words behind the verb are only a listener or a reason."""
    if done[number].inverted or _is_told_behind(sentence, done, number):
        return None
    return begins(sentence, done, number)


def _is_told_behind(sentence: Sequence[Word], done: Sequence[Deed], number: int) -> bool:
    if only_listens(sentence, done, number):
        return True
    deed = done[number]
    if deed.group.stem != "tell" or not closes_speech(sentence, _first_word(deed)):
        return False
    # "..., the mayor told our station, because the bridge had failed"
    for word in sentence[deed.group.end : deed.group.end + _LOOK]:
        if word.text == ",":
            return True
        if word.tag in ("that", "wh", "to") or word.text in _QUOTE_MARKS or word.text == ":":
            return False
    return False


def _first_word(deed: Deed) -> int:
    return min(deed.subject[0], deed.group.start) if deed.subject else deed.group.start


def own_end(sentence: Sequence[Word], group: Group, last: int, content: int | None) -> int:
    """The end of the source's own words: the listener and the occasion are no statement."""
    if content is not None and content > last and sentence[content].tag == "that":
        return sentence[content - 1].end
    told = phrases.after(sentence, group.end) if group.stem == "tell" and not content else None
    return sentence[(max(told[1], last) if told else last) - 1].end
