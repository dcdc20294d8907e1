"""The made-up drafts: what is planted in them is found, and the page of quality says how much."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from claims.engine.draft_findings import KINDS, Finding, Line
from claims.engine.readings import Claim, Reading
from claims.evaluation import drafts, quality
from claims.evaluation.drafts import MARKS, Planted, Score

FIXTURES = settings.BASE_DIR / "fixtures"


def line(start: int, *kinds: str) -> Line:
    claim = Claim(
        id=str(start),
        report="d",
        start=start,
        end=start + 5,
        exact="",
        sentence=0,
        reading=Reading(),
    )
    found = tuple(Finding(kind=kind, rule="r") for kind in kinds)  # type: ignore[arg-type]
    return Line(claim=claim, point=None, findings=found, told=(), origins=0)


@pytest.mark.parametrize(("folder", "number"), [(drafts.FOLDER, 8), (drafts.HELD_OUT, 5)])
def test_each_kind_is_planted_four_times_on_five_stories(folder: str, number: int) -> None:
    made_up = drafts.load_drafts(FIXTURES, folder)
    assert len(made_up) >= number
    assert len({one.story for one in made_up}) >= 5
    planted = [one.kind for draft in made_up for one in draft.planted]
    assert {kind: planted.count(kind) for kind in KINDS if planted.count(kind) < 4} == {}


def test_the_page_of_quality_has_the_table_that_the_engine_gives() -> None:
    tuned, held_out = (
        drafts.score(drafts.load_drafts(FIXTURES, folder), None)
        for folder in (drafts.FOLDER, drafts.HELD_OUT)
    )
    page = (settings.BASE_DIR / quality.PAGE).read_text(encoding="utf-8")
    table = page.partition(MARKS[0])[2].partition(MARKS[1])[0].strip()
    assert table == drafts.as_table(tuned, held_out)
    total = drafts.sum_of(tuned)
    assert total.false * 20 <= total.found  # silence when unsure: one in twenty at most


def test_a_finding_counts_on_its_line_and_of_its_kind_only() -> None:
    planted = [Planted(start=0, end=10, kind="older"), Planted(start=20, end=30, kind="firmer")]
    scores = drafts.score_lines([line(2, "older", "firmer"), line(22)], planted)
    assert scores["older"] == Score(found=1, planted=1)
    assert scores["firmer"] == Score(planted=1, false=1)


def test_a_line_that_may_be_called_by_two_names_is_found_by_either() -> None:
    planted = [Planted(start=0, end=10, kind="older", or_kinds=("one_sided",))]
    scores = drafts.score_lines([line(2, "one_sided")], planted)
    assert scores["older"] == Score(found=1, planted=1)
    assert scores["one_sided"] == Score()


def test_a_line_that_reports_bear_out_is_at_fault_where_something_is_planted() -> None:
    planted = [Planted(start=0, end=10, kind="older")]
    fine = [replace(line(at), told=("1",)) for at in (2, 22, 32)]
    scores = drafts.score_lines([*fine, line(42)], planted)
    assert scores[drafts.BORNE_OUT] == Score(found=3, false=1)
    assert drafts.sum_of(scores) == Score(planted=1)


def test_no_draft_is_both_tuned_on_and_held_out() -> None:
    stories = [
        {one.story for one in drafts.load_drafts(FIXTURES, folder)}
        for folder in (drafts.FOLDER, drafts.HELD_OUT)
    ]
    assert stories[0] & stories[1] == set()


def test_a_page_without_its_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("No marks.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no lines"):
        drafts.write(page, {}, {})
