"""How good the check of drafts is: made-up drafts, with lines planted in them, against stories.

A draft is a text file, its headline on the first line, with a `.toml` beside it that names the
story, the day it was written and the lines of which something must be found; about every other line
nothing may be said. The drafts of `held-out` are only ever scored: no rule is written for them.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.engine import compare, drafts, origins
from claims.engine.draft_findings import KINDS, Line
from claims.engine.readings import Block, BlockKind, Report, Span
from claims.engine.vectors import Encoder
from claims.evaluation import quality
from claims.evaluation.corpus import load_reports

FOLDER = "drafts"
HELD_OUT = "drafts/held-out"
# The row of the lines that reports bear out: how many are listed, how many of them at fault.
BORNE_OUT = "as the reports have it"


@dataclass(frozen=True, kw_only=True)
class Planted(Span):
    """A line of a draft and the kind of finding that belongs to it, or else one of `or_kinds`."""

    kind: str
    or_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MadeUpDraft:
    """A draft with its story's folder."""

    name: str
    report: Report
    story: Path
    planted: tuple[Planted, ...]


@dataclass(frozen=True, kw_only=True)
class Score:
    """Of one kind: how many planted lines were found, and how many findings were not planted."""

    found: int = 0
    planted: int = 0
    false: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            found=self.found + other.found,
            planted=self.planted + other.planted,
            false=self.false + other.false,
        )


def load_drafts(fixtures: Path, folder: str = FOLDER) -> list[MadeUpDraft]:
    """The made-up drafts of a folder, by name. Raises `ValueError` for a line not in its text."""
    return [_load(path, fixtures) for path in sorted((fixtures / folder).glob("*.toml"))]


def _load(path: Path, fixtures: Path) -> MadeUpDraft:
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8").strip()
    planted = []
    for one in about["expected"]:
        start = text.index(one["line"])
        or_kinds = tuple(one.get("or", ()))
        end = start + len(one["line"])
        planted.append(Planted(start=start, end=end, kind=one["kind"], or_kinds=or_kinds))
    report = Report(
        id="draft",
        source="",
        title="",
        published=about["written"],
        text=text,
        blocks=_blocks(text),
    )
    return MadeUpDraft(
        name=path.stem,
        report=report,
        story=fixtures / about["story"],
        planted=tuple(planted),
    )


def _blocks(text: str) -> tuple[Block, ...]:
    """The headline and the paragraphs, as the worker's child parts them."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        kind: BlockKind = "paragraph" if at else "heading"
        blocks.append(Block(start=at, end=at + len(part), kind=kind))
        at += len(part) + 2
    return tuple(blocks)


def ground_of(story: Path, encoder: Encoder | None) -> drafts.Ground:
    """The story as a comparison leaves it."""
    reports = list(load_reports(story).values())
    found = compare.read(reports)
    compared = compare.relate(found, encoder=encoder)
    return drafts.Ground(
        reports={report.id: report for report in reports},
        documents=found.documents,
        claims=tuple(compared.claims),
        points={name: point.id for point in compared.points for name in point.claims},
        origins=origins.find(reports),
    )


def score(made_up: Sequence[MadeUpDraft], encoder: Encoder | None) -> dict[str, Score]:
    """The score of each kind, over all these drafts."""
    grounds = {one.story: ground_of(one.story, encoder) for one in made_up}
    total = dict.fromkeys((*map(str, KINDS), BORNE_OUT), Score())
    for draft in made_up:
        lines = drafts.hold(draft.report, grounds[draft.story], encoder=encoder)
        for kind, own in score_lines(lines, draft.planted).items():
            total[kind] += own
    return total


def score_lines(lines: Sequence[Line], planted: Sequence[Planted]) -> dict[str, Score]:
    """The score of one draft: a finding of the right kind anywhere on a planted line counts.

    Of the lines that reports bear out all are `found`, and `false` those that meet a planted one.
    """
    wanted = Counter(one.kind for one in planted)
    hit: set[Planted] = set()
    false: Counter[str] = Counter()
    for line in lines:
        for finding in line.findings:
            right = {
                one
                for one in planted
                if finding.kind in (one.kind, *one.or_kinds) and one.meets(line.claim)
            }
            hit |= right
            false[finding.kind] += not right
    found = Counter(one.kind for one in hit)
    fine = [line.claim for line in lines if line.told and not line.findings]
    at_fault = sum(any(one.meets(claim) for one in planted) for claim in fine)
    return {
        kind: Score(found=found[kind], planted=wanted[kind], false=false[kind])
        for kind in map(str, KINDS)
    } | {BORNE_OUT: Score(found=len(fine), false=at_fault)}


MARKS = ("<!-- drafts: written by manage.py evaluate --drafts -->", "<!-- end of drafts -->")


def write(page: Path, tuned: Mapping[str, Score], held_out: Mapping[str, Score]) -> None:
    """Put the table between its marks of the page. Raises `ValueError` if the page lost them."""
    quality.put_between(page, MARKS, f"{as_table(tuned, held_out)}\n")


def as_table(tuned: Mapping[str, Score], held_out: Mapping[str, Score]) -> str:
    """The scores as a table in Markdown, those of held-out drafts beside the others, sums last."""
    lines = [
        "| kind | found | planted | false alarms | held out: found | planted | false alarms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in [*map(str, KINDS), "all", BORNE_OUT]:
        row = (scores.get(kind) or sum_of(scores) for scores in (tuned, held_out))
        cells = (
            f"{own.found} | {'' if kind == BORNE_OUT else own.planted} | {own.false}" for own in row
        )
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def sum_of(scores: Mapping[str, Score]) -> Score:
    """The scores of all kinds of findings together."""
    return sum((own for kind, own in scores.items() if kind != BORNE_OUT), Score())
