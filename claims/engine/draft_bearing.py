"""Which claims of the reports bear a line of a draft out: those from which it differs in nothing.

An all-clear that is wrong is the worst that a check can say, so all that can be told apart must be
alike: every word that carries meaning, every number, figure, day and hour, whose word it is, what
an answer says, and how sure it is. Whatever is in doubt bears nothing out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from claims.engine import actors, dates, draft_compared, draft_statements, speakers, terms
from claims.engine.affinity import same_responder
from claims.engine.date_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from claims.engine.draft_findings import Line, ids
from claims.engine.draft_ground import SURE, View
from claims.engine.numerals import numeral_at
from claims.engine.readings import (
    CERTAINTY_CLASS,
    Claim,
    DateRange,
    Document,
    Link,
    Quantity,
    Span,
    holder,
)
from claims.engine.rules import wording
from claims.engine.tokens import Token, tokenize, tokens_in

# Words that tell no two statements apart; "about 40", "40 per cent" and "5 p.m." are compared as
# figures and hours.
_SMALL = frozenset(
    "a an the this that these those i we you he she it they him her them his hers its our their who"
    " whom whose which there here is are was were be been being am has have had having do does did"
    " of as in on at for with and also 's say says said saying tell tells told according about"
    " around some percent per cent am pm a.m. p.m.".split()
)
# Words by which a statement is no plain one: a line that lacks the report's says more than it.
_OPEN = frozenset(
    "may might could would will shall should can if unless whether until till except allegedly"
    " reportedly apparently possibly probably perhaps likely almost nearly only partly else had"
    " previously formerly".split()
)
_HOUR = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?(?:\s?([ap])\.?m\b|(?<=[:h]\d\d)\b)", re.I)
# The words of days and times beside the names of months and weekdays.
_TIMES = frozenset(
    "today yesterday tomorrow tonight noon midday midnight dawn dusk morning afternoon evening "
    "night day weekend week fortnight month quarter year decade century spring summer autumn "
    "winter easter christmas ago last next earlier later since until am pm".split()
)
_CAPITALS = frozenset("may march mar sun sat wed".split())  # other words without their capital
_TELLING = re.compile(r"\b(?:said|says|say|told|tells|according|reported|reports)\b", re.I)


def settle(lines: Iterable[Line], view: View) -> tuple[Line, ...]:
    """The lines, those without a finding with only the claims that bear them out."""
    lines = tuple(lines)
    claims = {claim.id: claim for claim in view.ground.claims}
    marked = [line.claim for line in lines if line.findings]
    return tuple(
        line
        if line.findings
        else _settled(line, [claims[name] for name in line.told], marked, view)
        for line in lines
    )


def _settled(line: Line, told: Sequence[Claim], marked: Sequence[Claim], view: View) -> Line:
    """A line of which nothing is found; words of which something is found are borne out by none."""
    mine = line.claim
    if any(other.meets(mine) for other in marked):
        told = []
    kept = [claim for claim in told if bears_out(mine, claim, view)]
    if kept and _is_contested(mine, view):
        kept = []
    return replace(line, told=ids(kept), origins=view.origins_of(kept))


def _is_contested(line: Claim, view: View) -> bool:
    """Whether the reports say otherwise as well; of a line with its source, whether that source."""
    if line.reading.quantities:
        figures = draft_compared.compare(line, view)
        near = {claim.id for claim in view.partners[line.id].near}
        others = [claim for claim in figures.present(figures.apart) if claim.id in near]
    else:
        others = [claim for claim, _ in draft_statements.compare(line, view).other]
    if not speakers.is_attributed(line):
        return bool(others)
    return any(
        view.context_with(line, one).speaker(line) == view.context.speaker(one) for one in others
    )


def bears_out(line: Claim, claim: Claim, view: View) -> bool:
    """Whether a report says what the line says, and nothing that can be told apart differs."""
    here, there = view.document, view.ground.documents.get(claim.report)
    if there is None:
        return False
    mine, theirs = holder(line, here.sentences), holder(claim, there.sentences)
    return (
        _as_sure(line, claim)
        and _same_answer(line, claim)
        and _same_speaker(line, claim, mine, view)
        and _same_words(line, claim, theirs.of(there.text))
        and _same_figures(line, claim, (mine, theirs), view)
        and _same_days((mine, here), (theirs, there))
    )


def _as_sure(line: Claim, claim: Claim) -> bool:
    """Whether the line is no firmer, and speaks of what lies ahead only as the report does."""
    mine, theirs = line.reading.certainty, claim.reading.certainty
    if CERTAINTY_CLASS[mine] != CERTAINTY_CLASS[theirs]:
        return False
    return mine == theirs or (mine in SURE and theirs in SURE and SURE[mine] <= SURE[theirs])


def _same_answer(line: Claim, claim: Claim) -> bool:
    mine, theirs = line.reading.response, claim.reading.response
    if mine is None or theirs is None:
        return mine is theirs
    return mine.act == theirs.act and same_responder(mine, theirs)


def _same_speaker(line: Claim, claim: Claim, sentence: Span, view: View) -> bool:
    """Whether both are the word of one speaker, each one that the line names in the report too.

    What a report gives as somebody's word is borne out by it only with that somebody.
    """
    source = view.ground.reports[claim.report].source
    mine = [link for link in line.reading.attribution if link.kind != "outlet"]
    theirs = {_name(link) for link in claim.reading.attribution}
    if not mine:
        around = view.text[sentence.start : line.start] + view.text[line.end : sentence.end]
        flat = not speakers.is_attributed(claim) or _subject_is_speaker(line, claim)
        return flat and not _TELLING.search(around)
    if not all(_name(link) in {*theirs, _folded(source)} for link in mine):
        return False
    spoken = view.context_with(line, claim).speaker(line)
    return not spoken or spoken == view.context.speaker(claim)


def _subject_is_speaker(line: Claim, claim: Claim) -> bool:
    """Whether the line names the report's speaker without a word of saying: "the union wants"."""
    mine = set(actors.fold(line.exact).split())
    names = [set(actors.fold(link.name.partition(" (")[0]).split()) for link in _named(claim)]
    return bool(names) and all(name - _SMALL <= mine for name in names)


def _named(claim: Claim) -> list[Link]:
    return [link for link in claim.reading.attribution if link.kind != "outlet"]


def _name(link: Link) -> str:
    """One speaker's name as the engine compares them; one without a name by the report's words."""
    return actors.canonical(link.name) or _folded(link.name.partition(" (")[0])


def _folded(name: str) -> str:
    return actors.fold(name).removeprefix("the ")


def _same_words(line: Claim, claim: Claim, sentence: str) -> bool:
    """Whether every word of the line that carries meaning stands in the report's sentence.

    What is done must stand in the claim itself, and what it leaves open in the line too.
    """
    mine, theirs = _stems(line.exact), _stems(claim.exact)
    p, q = line.reading.frame, claim.reading.frame
    if (p.negated if p else False) != (q.negated if q else False):
        return False
    if wording.negations(line.exact) != wording.negations(claim.exact):
        return False
    if wording.runs(claim.exact) & _OPEN - wording.runs(line.exact):
        return False
    if p and q and p.subjects and q.subjects and not {*p.subjects} & {*q.subjects}:
        return False
    if not p or not p.verb or not q or p.verb != q.verb:
        return mine <= theirs
    return mine <= theirs | _stems(sentence)


def _stems(text: str) -> frozenset[str]:
    """The stems of the words that tell statements apart; numbers are compared as numbers."""
    tokens = tokenize(text)
    counted = {at for begin, end, _ in _numerals(tokens) for at in range(begin, end)}
    return frozenset(
        terms.stem(token.text)
        for at, token in enumerate(tokens)
        if token.kind == "word" and token.lower not in _SMALL and at not in counted
    )


def _numerals(tokens: Sequence[Token]) -> list[tuple[int, int, tuple[Decimal, Decimal]]]:
    """The numbers in digits or words: first token, the one behind, and the lowest and highest."""
    found, at = [], 0
    while at < len(tokens):
        number = numeral_at(tokens, at)
        if number is not None and tokens[at].lower not in ("a", "an", "no", "nobody"):
            found.append((at, number.end, (number.low, number.high)))
        at = number.end if number is not None else at + 1
    return found


def _same_figures(line: Claim, claim: Claim, spans: tuple[Span, Span], view: View) -> bool:
    """Whether every figure of the line's sentence stands in the report's, with what it counts."""
    mine, theirs = spans
    near = [one for one in view.ground.claims if one.report == claim.report and theirs.covers(one)]
    known = {_figure(one) for other in (claim, *near) for one in other.reading.quantities}
    own = (other for other in view.lines if mine.covers(other))
    figures = {_figure(one) for other in (line, *own) for one in other.reading.quantities}
    if line.reading.quantities and (
        not claim.reading.quantities
        or _figure(line.reading.quantities[0]) != _figure(claim.reading.quantities[0])
    ):
        return False
    return figures <= known


def _figure(one: Quantity) -> tuple[object, ...]:
    """What must be alike of two figures: value, unit, and of what sort it is."""
    bounds = (one.low, one.high, one.low_open, one.vague)
    return (*bounds, one.unit, one.state, one.role, one.change, one.former)


def _same_days(one: tuple[Span, Document], other: tuple[Span, Document]) -> bool:
    """Whether every number, hour, day, month and year of the first sentence is in the second.

    The words must be there, and mean the same days: "on Tuesday" may be another Tuesday.
    """
    (mine, here), (theirs, there) = one, other
    if not _times(mine.of(here.text)) <= _times(theirs.of(there.text)):
        return False
    first, second = (
        {number for *_, number in _numerals(tokens_in(document.text, span))}
        for span, document in (one, other)
    )
    if not first <= second:
        return False
    told = {(found.first, found.last) for found in _days(theirs, there)}
    return all(
        (found.first, found.last) in told
        for found in _days(mine, here)
        if not _HOUR.search(found.of(here.text))
    )


def _days(sentence: Span, document: Document) -> Iterable[DateRange]:
    return (found for found in dates.read(document) if sentence.covers(found))


def _times(text: str) -> frozenset[str]:
    """The words of days, months and hours of a sentence, each in one form."""
    hours = {
        f"{int(hour)}:{minute or '00'}{half.lower()}"
        for hour, minute, half in (found.groups(default="") for found in _HOUR.finditer(text))
    }
    return frozenset(hours | {name for token in tokenize(text) if (name := _time(token))})


def _time(token: Token) -> str:
    """The month, weekday or word of time that a token is; empty for another one."""
    word = token.lower.replace(".", "")
    if word in _CAPITALS and not token.capital:
        return ""
    if month := MONTHS.get(word) or (token.capital and SHORT_MONTHS.get(word)):
        return f"month {month}"
    one = word.removesuffix("s")
    return one if one in _TIMES or one in WEEKDAYS else ""
