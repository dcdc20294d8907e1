"""What is called silent, counted against labels: missed or not, and held by the nearest lines."""

from pathlib import Path

import pytest
from django.conf import settings

from claims.engine import compare
from claims.engine.readings import Claim, Comparison, Point
from claims.evaluation import quality, silences
from claims.evaluation.corpus import load_story
from claims.evaluation.silences import MARKS, Tally
from tests.claims.evaluation.conftest import WriteStory


def point(claim: Claim) -> Point:
    """A point with that claim alone."""
    return Point(
        id=claim.id,
        label="",
        claims=(claim.id,),
        verdict="single_source",
        also=(),
        origins=1,
    )


def test_a_silence_is_a_miss_where_labels_give_the_report_a_claim(write_story: WriteStory) -> None:
    story = load_story(write_story())
    read = compare.read(list(story.reports.values()))
    deaths = next(one for one in read.claims if "41" in one.exact)
    answer = next(one for one in read.claims if one.reading.response)
    for claim, expected in [
        (deaths, Tally(cells=1, missed=1, first=1, any=1, offered=1)),
        (answer, Tally(cells=1)),
    ]:
        compared = Comparison(reports=read.reports, claims=read.claims, points=[point(claim)])
        assert silences.tally(story, compared) == expected


def test_tallies_add_up_and_read_as_shares() -> None:
    one = Tally(cells=4, missed=2, first=1, any=2, offered=3, offered_silent=1)
    table = silences.as_table({"words": {"open": one + one}})
    assert table.endswith(
        "| open, words | 8 | 4 (0.50) | 2 (0.50) | 4 (1.00) | 6 (0.75) | 2 (0.50) |"
    )
    assert silences.as_table({"words": {"open": Tally()}}).endswith("| 0 | 0 | 0 | 0 | 0 | 0 |")


def test_the_table_goes_between_the_marks_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nbehind\n", encoding="utf-8")
    silences.write(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{MARKS[0]}\nnew\n{MARKS[1]}\nbehind\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="has no lines"):
        silences.write(page, "new")
    real = (settings.BASE_DIR / quality.PAGE).read_text(encoding="utf-8")
    assert all(mark in real for mark in MARKS)
