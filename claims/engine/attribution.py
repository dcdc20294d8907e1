"""The chain of sources behind each clause, outermost first: agency, institution, person or
document.

A saying answers for the clauses in its scope. Quoted sentences that name no speaker belong to
the one who spoke last in the same run of quotation or paragraph. A missing link is `unknown`,
never agreement.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import saying, sayings
from claims.engine.grammar import tagged
from claims.engine.parts import Word
from claims.engine.readings import Clause, Document, Link, Span
from claims.engine.remembered import remembered
from claims.engine.saying import Saying

_MOSTLY = 0.5
# Where a clause holds the source too, asides take their part of the rest.
_PARTLY = 0.3


def read(document: Document) -> list[tuple[Link, ...]]:
    """The chain of each clause, aligned with `document.clauses`; empty where the outlet speaks."""
    return [_chain(_over(document, clause)) for clause in document.clauses]


@remembered
def found(document: Document) -> tuple[tuple[Saying, ...], ...]:
    """The sayings that hold in each sentence, those carried into quoted sentences included."""
    own = [tuple(sayings.read(document, number)) for number in range(len(document.sentences))]
    return tuple(_said_behind(document, _carried(document, own)))


def _over(document: Document, clause: Clause) -> list[Saying]:
    """The sayings that answer for a clause, outermost first."""
    holding = [each for each in found(document)[clause.sentence] if _holds(each, clause)]
    return sorted(holding, key=lambda each: (each.rank == saying.INNER, each.rank, each.own.start))


def _holds(one: Saying, clause: Span) -> bool:
    """Whether most of the clause, the source's own words left out, is what the source says."""
    own = _overlap(one.own, clause)
    rest = clause.end - clause.start - own
    share = _MOSTLY if own == 0 else _PARTLY
    return rest > 0 and _overlap(one.scope, clause) - _both(one, clause) >= rest * share


def _both(one: Saying, clause: Span) -> int:
    start = max(one.own.start, one.scope.start)
    end = min(one.own.end, one.scope.end)
    return _overlap(Span(start=start, end=end), clause) if start < end else 0


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _chain(holding: Sequence[Saying]) -> tuple[Link, ...]:
    links: list[Link] = []
    for each in holding:
        again = any(link.name == each.named.name for link in links)
        if again or each.named.kind == "outlet":
            continue
        links.append(
            Link(
                start=each.at.start,
                end=each.at.end,
                name=each.named.name,
                kind=each.named.kind,
                cue=each.cue,
            )
        )
    return tuple(links)


def _carried(document: Document, own: Sequence[tuple[Saying, ...]]) -> list[tuple[Saying, ...]]:
    """Give quoted sentences without a speaker the one of the same quotation or paragraph."""
    words = tagged(document)
    inside = _quoted(document, words)
    result = list(own)
    last: Saying | None = None
    for at, sentence in enumerate(document.sentences):
        if own[at]:
            mains = [each for each in own[at] if each.rank == saying.MAIN]
            last = mains[-1] if mains else last
            continue
        if not inside[at] or not words[at]:
            continue
        ahead = _speaker_ahead(document, own, inside, at)
        source = ahead or last
        if source is not None:
            whole = Span(start=sentence.start, end=sentence.end)
            carried = Saying(
                source.named, source.at, source.cue, source.at, whole, saying.MAIN, source.stem
            )
            result[at] = (carried,)
    return result


def _said_behind(document: Document, known: list[tuple[Saying, ...]]) -> list[tuple[Saying, ...]]:
    """Give a sentence the source that the next one names: "That is what the chief says"."""
    for at in range(1, len(known)):
        here, before = document.sentences[at], document.sentences[at - 1]
        if known[at - 1] or here.block != before.block:
            continue
        for one in known[at]:
            if one.own.start == here.start == one.scope.start:
                whole = Span(start=before.start, end=before.end)
                known[at - 1] = (replace(one, scope=whole, own=one.at),)
    return known


def _speaker_ahead(
    document: Document, own: Sequence[tuple[Saying, ...]], inside: Sequence[bool], at: int
) -> Saying | None:
    """The speaker named in the next sentence, where a paragraph opens with the quotation."""
    here = document.sentences[at]
    opens = at == 0 or document.sentences[at - 1].block != here.block
    follows = at + 1 < len(own) and document.sentences[at + 1].block == here.block
    if opens and follows and inside[at + 1]:
        return next((each for each in own[at + 1] if each.rank == saying.MAIN), None)
    return None


def _quoted(document: Document, words: Sequence[Sequence[Word]]) -> list[bool]:
    """Whether most of each sentence stands inside quotation marks; a paragraph closes them."""
    result: list[bool] = []
    open_mark, block = False, -1
    for sentence, inner in zip(document.sentences, words, strict=True):
        if sentence.block != block:
            open_mark, block = False, sentence.block
        covered, since = 0, sentence.start
        for word in inner:
            if word.text not in ('"', "“", "”"):
                continue
            if open_mark:
                covered += word.start - since
            open_mark = not open_mark if word.text == '"' else word.text == "“"
            since = word.end
        if open_mark:
            covered += sentence.end - since
        result.append(covered * 2 > sentence.end - sentence.start)
    return result
