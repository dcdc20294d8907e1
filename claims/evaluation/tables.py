"""Scorecards as text for a terminal, as Markdown for the quality page and as JSON."""

from collections.abc import Iterable, Sequence

from claims.engine.rules import Relation
from claims.evaluation.labels import Difference
from claims.evaluation.scoring import Result, Scorecard, added_up
from claims.evaluation.suites import SuiteResult
from claims.evaluation.tallies import Tally

Json = dict[str, object]
HEADS = ("stage", "right", "found", "wanted", "precision", "recall", "F1")
SUITE_HEADS = ("suite", "right", "of", "share", "right in scope", "of", "share")


def cards(results: Sequence[Result]) -> list[Scorecard]:
    """The stories one by one, then those of each half together."""
    halves = [
        added_up(results, "only scored, together", scored=True),
        added_up(results, "used for rules, together", scored=False),
    ]
    return [*(result.card for result in results), *(card for card in halves if card.stages)]


def as_json(results: Sequence[Result], suites: Sequence[SuiteResult]) -> Json:
    """All scorecards, with every count and share, and the suites."""
    return {
        "schema": 1,
        "cards": [_card_as_json(card) for card in cards(results)],
        "suites": [vars(suite) for suite in suites],
    }


def _card_as_json(card: Scorecard) -> Json:
    return {
        "name": card.name,
        "scored": card.scored,
        "stages": {
            stage: {
                "right": tally.right,
                "found": tally.found,
                "covered": tally.covered,
                "wanted": tally.wanted,
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
            }
            for stage, tally in card.stages.items()
        },
    }


def as_text(results: Sequence[Result], suites: Sequence[SuiteResult]) -> str:
    """One table for each card, then the suites."""
    tables = [
        _text_table(card.name, [HEADS, *(row(*stage) for stage in _told(card))])
        for card in cards(results)
    ]
    if suites:
        tables.append(_text_table("other people's suites", [SUITE_HEADS, *map(_suite, suites)]))
    return "\n".join(tables)


def _text_table(title: str, rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([title, *(f"  {line}" for line in lines), ""])


def as_markdown(results: Sequence[Result], suites: Sequence[SuiteResult]) -> str:
    """The halves as full tables, one line for each story, then the suites."""
    parts = []
    for card in cards(results)[len(results) :]:
        rows = [row(*stage) for stage in _told(card)]
        parts += [f"### {card.name.capitalize()}", _markdown(HEADS, rows)]
    parts += ["### Story by story (F1)", _by_story(results)]
    if suites:
        parts += ["### Other people's suites", _markdown(SUITE_HEADS, list(map(_suite, suites)))]
    return "\n\n".join(parts) + "\n"


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(map(_line, [heads, ["---"] * len(heads), *rows]))


def _suite(suite: SuiteResult) -> tuple[str, ...]:
    pairs = ((suite.right, suite.wanted), (suite.in_scope_right, suite.in_scope_wanted))
    cells = ((str(a), str(b), _share(a / b if b else None)) for a, b in pairs)
    return (suite.name, *(cell for pair in cells for cell in pair))


def _by_story(results: Sequence[Result]) -> str:
    stages = [stage for stage in results[0].card.stages if "," not in stage or "match" in stage]
    extra = ["flags, quiet", "flags, quiet, serious"]
    heads = ["story", *stages, "flags (right of shown)", "serious found"]
    rows = []
    for result in results:
        known = result.card.stages
        quiet, serious = (known[name] for name in extra)
        rows.append(
            [
                result.card.name + (" (scored)" if result.card.scored else ""),
                *(_share(known[stage].f1) for stage in stages),
                f"{quiet.right:g} of {quiet.found:g}",
                f"{serious.covered:g} of {serious.wanted:g}",
            ]
        )
    return _markdown(heads, rows)


def _told(card: Scorecard) -> Iterable[tuple[str, Tally]]:
    return ((stage, tally) for stage, tally in card.stages.items() if tally.found or tally.wanted)


def row(stage: str, tally: Tally) -> tuple[str, ...]:
    """A stage with its counts and its shares."""
    counts = (f"{tally.right:.4g}", f"{tally.found:g}", f"{tally.wanted:g}")
    shares = (_share(tally.precision), _share(tally.recall), _share(tally.f1))
    return (stage, *counts, *shares)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def errors(results: Sequence[Result]) -> str:
    """Every wrong quiet flag, every missed difference, and what the rules set astray, to look
    causes up by.
    """
    lines = []
    for result in results:
        lines.append(result.card.name)
        for one in result.flags:
            if not one.flag.suggestion and not one.differences:
                trap = f" (a trap: {one.traps[0]})" if one.traps else ""
                lines.append(f"  wrong   {one.flag.kind}: {one.flag.explanation}{trap}")
        lines += [
            f"  missed  {one.severity} {one.kind}: {one.why} [{' '.join(one.claims)}]"
            f" (pair given: {_given(result, one)})"
            for one in result.missed
        ]
        lines += [
            f"  astray  {one.card.name}{_mark(one)}: {one.a.exact!r} / {one.b.exact!r}"
            for one in result.given.astray()
        ]
    return "\n".join(lines) + "\n"


def _given(result: Result, difference: Difference) -> str:
    """Which rules find the difference when its claims are put side by side."""
    found = {one.card.name + _mark(one) for one in result.given.found(difference)}
    return ", ".join(sorted(found)) or "no rule"


def _mark(relation: Relation) -> str:
    return " (suggestion)" if relation.suggestion else ""
