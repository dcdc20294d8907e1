"""A desk's own draft held against the reports of its story: which lines say more than they do.

Pure like the rest. A draft is read as a report is, matched as a report's claims are, and judged by
the same rules; it never counts as one. Nothing here says who is right: a finding tells what the
draft says, what the reports say, and how the two differ. Where it is unsure it says nothing.
"""

import re
from dataclasses import replace

from claims.engine import (
    actors,
    documents,
    draft_bearing,
    draft_compared,
    draft_figure_rules,
    draft_statements,
    draft_voices,
    single,
    speakers,
)
from claims.engine.draft_findings import KINDS, Finding, Line, ids
from claims.engine.draft_ground import Ground, View, view_of
from claims.engine.draft_unsupported import unsupported
from claims.engine.gazetteer import using
from claims.engine.readings import Block, Claim, Report, Span
from claims.engine.settings import DEFAULT, Settings
from claims.engine.vectors import Encoder

# "Plant to close": what a headline says of the time ahead.
_AHEAD = re.compile(r"\bto [a-z]")


def hold(
    draft: Report,
    ground: Ground,
    *,
    encoder: Encoder | None = None,
    settings: Settings = DEFAULT,
) -> tuple[Line, ...]:
    """Read a draft and hold each of its claims against the story, in the order of the text.

    A heading at its head is its headline and read like a sentence; other headings are not read.
    `draft.published` is the day on which it was written. `settings` are the desk's, as for a
    comparison; its judge is not asked. The order of the reports changes nothing.
    """
    with using(actors.extended(settings.aliases)):
        headline = _headline(draft)
        read = single.read(_as_read(draft))
        claims = [_as_headline(one, headline) for one in read.claims]
        documents = [*ground.documents.values(), read.document]
        cast = speakers.cast(documents, [*ground.claims, *claims])
        lines = speakers.affiliate(claims, cast)
        ground = ground.told()
        if not lines:
            return ()
        view = view_of(lines, read.document, ground, encoder, settings)
        held = [_held(line, view) for line in view.lines if not view.is_of_answer(line)]
        held.sort(key=lambda one: (one.claim.start, one.claim.end, one.claim.id))
        return draft_bearing.settle(_each_once(held), view)


def sentences(draft: Report) -> tuple[Span, ...]:
    """The sentences of a draft that `hold` reads, its headline among them, in their order."""
    return tuple(
        one for one in documents.parse(_as_read(draft)).sentences if one.kind == "sentence"
    )


def _headline(draft: Report) -> Block | None:
    return next((one for one in draft.blocks[:1] if one.kind == "heading"), None)


def _as_read(draft: Report) -> Report:
    """The draft with its headline as a line of the text."""
    headline = _headline(draft)
    if headline is None:
        return draft
    return replace(draft, blocks=(replace(headline, kind="list_item"), *draft.blocks[1:]))


def _each_once(lines: list[Line]) -> tuple[Line, ...]:
    """The lines with what is said of the same words once, though they hold several figures."""
    said: set[tuple[int, int, str, str]] = set()
    known = {(one.claim.start, one.claim.end) for one in lines if one.told}
    kept = []
    for line in lines:
        at = (line.claim.start, line.claim.end)
        own = [
            one
            for one in line.findings
            if (*at, one.rule, one.arithmetic) not in said
            and not (one.kind == "unsupported" and at in known)
        ]
        said |= {(*at, one.rule, one.arithmetic) for one in own}
        kept.append(replace(line, findings=tuple(own)))
    return tuple(kept)


def _as_headline(claim: Claim, headline: Block | None) -> Claim:
    """A headline's claim as surely said as it is meant: "to" with a verb is what is planned."""
    if headline is None or not headline.covers(claim) or claim.reading.certainty != "asserted":
        return claim
    if not _AHEAD.search(claim.exact):
        return claim
    return replace(claim, reading=replace(claim.reading, certainty="predicted"))


def _held(line: Claim, view: View) -> Line:
    """One line: as a figure or as a statement, then how sure it is and whose word."""
    if line.reading.quantities:
        figures = draft_compared.compare(line, view)
        found = draft_figure_rules.judge(line, figures, view)
        same, known = list(figures.same), figures.any
        told = figures.present(same) or figures.present((*figures.finer, *figures.coarser))
    else:
        statements = draft_statements.compare(line, view)
        found = draft_statements.judge(line, statements, view)
        told, known = list(statements.same), bool(statements.same or statements.other)
        same = [] if line.reading.response else told
    if not any(one.kind in ("differs", "older") for one in found):
        found = [*found, *draft_voices.judge(line, same, view)]
    if not found and not known:
        found = unsupported(line, view)
    return Line(
        claim=line,
        point=view.partners[line.id].point,
        findings=_ranked(found),
        told=ids(told),
        origins=view.origins_of(told),
    )


def _ranked(found: list[Finding]) -> tuple[Finding, ...]:
    """The gravest first; of one kind only the first, for they say much the same."""
    kinds = {one.kind: one for one in reversed(found)}
    return tuple(sorted(kinds.values(), key=lambda one: KINDS.index(one.kind)))


__all__ = ["Finding", "Ground", "Line", "hold", "sentences"]
