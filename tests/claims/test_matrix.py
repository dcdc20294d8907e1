"""The matrix as a pure function of the story: cells, blanks, order, filters, counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from claims.engine.readings import Reading
from claims.matrix import Matrix, build_matrix
from claims.matrix_view import MatrixView
from claims.models import Claim, Discrepancy, SharedPassage
from claims.whole_story import load_whole_story
from reader.models import Article
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story, figure

pytestmark = pytest.mark.django_db

FIGURES, ANSWER, GROUNDS = 0, 1, 2


@pytest.fixture
def compared() -> Compared:
    return compared_story(articles=3)


def matrix_of(compared: Compared, **view: object) -> Matrix:
    shown = replace(MatrixView(), **view)  # type: ignore[arg-type]
    whole = load_whole_story(compared.story, shown.mode)
    return build_matrix(whole, shown, ZoneInfo("UTC"))


def numbers(matrix: Matrix) -> list[int]:
    return [row.point.number for row in matrix.rows]


def blanks(matrix: Matrix, point: int) -> list[str | None]:
    row = next(row for row in matrix.rows if row.point.number == point + 1)
    return [cell.blank for cell in row.cells]


def silence(compared: Compared, point: int, reports: Sequence[int]) -> None:
    """These reports say nothing on the point."""
    claims = claims_of(compared.points[point])
    Claim.objects.filter(pk__in=[claims[at].pk for at in reports]).update(status="rejected")


def publish(compared: Compared, report: int, day: int) -> None:
    at = datetime(2024, 10, day, 9, 30, tzinfo=UTC)
    Article.objects.filter(pk=compared.articles[report].pk).update(published_at=at)


def copy(compared: Compared, one: int, other: int) -> None:
    """One of the reports is wire copy of the other."""
    first, second = (compared.articles[at].current_version for at in (one, other))
    assert first is not None
    assert second is not None
    SharedPassage.objects.create(
        story=compared.story, version=first, start=0, end=len(first.text), other=second,
        other_start=0, other_end=len(second.text), words=20, one_origin=True,
    )  # fmt: skip


def test_a_cell_holds_the_value_with_speaker_and_day(compared: Compared) -> None:
    first = matrix_of(compared).rows[FIGURES]
    assert [cell.value for cell in first.cells] == ["≈ 1,000", "≈ 2,000", "≈ 3,000"]
    assert first.cells[0].by == "The ministry · 1 Oct · attributed"
    assert all(cell.flagged for cell in first.cells)


def test_words_stand_for_themselves_and_an_answer_by_its_act(compared: Compared) -> None:
    _figures, answer, grounds = matrix_of(compared, sort="story").rows
    assert (answer.cells[0].value, answer.cells[0].quote) == ("denied", "The government denied it")
    assert (grounds.cells[0].value, grounds.cells[0].quote) == ("", "They train at five grounds")
    assert not grounds.cells[0].flagged


def test_several_values_of_one_report_are_all_there(compared: Compared) -> None:
    version = compared.articles[0].current_version
    factories.make_claim(version, "The government", figure(9), point=compared.points[FIGURES])
    assert matrix_of(compared).rows[FIGURES].cells[0].more == "also ≈ 9,000"


def test_moving_a_publication_across_the_day_of_the_fact_changes_the_blank(
    compared: Compared,
) -> None:
    for report, day in enumerate((20, 24, 25)):
        publish(compared, report, day)
    silence(compared, FIGURES, [0])
    assert blanks(matrix_of(compared), FIGURES) == ["silent", None, None]
    for claim in claims_of(compared.points[FIGURES])[1:]:
        as_of = {"from": "2024-10-22", "to": "2024-10-22"}
        Claim.objects.filter(pk=claim.pk).update(overrides={"as_of": as_of})
    assert blanks(matrix_of(compared), FIGURES) == ["before", None, None]
    publish(compared, 0, 22)
    assert blanks(matrix_of(compared), FIGURES) == ["silent", None, None]


def test_a_report_that_the_engine_cannot_read_was_not_checked(compared: Compared) -> None:
    silence(compared, GROUNDS, [1])
    Article.objects.filter(pk=compared.articles[1].pk).update(language="uk")
    matrix = matrix_of(compared)
    assert blanks(matrix, GROUNDS) == [None, "unchecked", None]
    assert matrix.columns[1].unchecked == 1
    assert matrix.blanks == {"unchecked"}


def test_reports_of_one_origin_stand_together_where_the_earliest_stands(
    compared: Compared,
) -> None:
    for report, day in enumerate((23, 24, 25)):
        publish(compared, report, day)
    copy(compared, 0, 2)
    columns = matrix_of(compared).columns
    assert [(column.report, column.place) for column in columns] == [
        (compared.articles[0].pk, "first"),
        (compared.articles[2].pk, "last"),
        (compared.articles[1].pk, "alone"),
    ]


def test_columns_count_the_conflicts_that_they_stand_in_and_what_they_leave_out(
    compared: Compared,
) -> None:
    silence(compared, GROUNDS, [0, 1])
    first, _second, last = matrix_of(compared).columns
    assert (first.conflicts, first.silent) == (1, 1)
    assert (last.conflicts, last.silent) == (1, 0)


def test_rows_name_who_is_silent_by_origin(compared: Compared) -> None:
    silence(compared, GROUNDS, [0, 1])
    names = [article.source.name for article in compared.articles]
    row = matrix_of(compared, sort="story").rows[GROUNDS]
    assert (row.silent, row.named, row.unnamed) == (((names[0],), (names[1],)), (*names[:2],), 0)
    copy(compared, 0, 1)
    assert matrix_of(compared, sort="story").rows[GROUNDS].silent == ((names[0], names[1]),)


def test_conflicts_come_first_and_of_these_the_one_with_the_gravest_open_flag(
    compared: Compared,
) -> None:
    points = compared.points
    type(points[0]).objects.filter(pk=points[GROUNDS].pk).update(verdict="conflict")
    claims = claims_of(points[GROUNDS])
    assert numbers(matrix_of(compared)) == [1, 3, 2]
    factories.make_discrepancy(points[GROUNDS], claims, severity="high")
    Discrepancy.objects.filter(pk=compared.flag.pk).update(severity="medium")
    assert numbers(matrix_of(compared)) == [3, 1, 2]
    assert numbers(matrix_of(compared, sort="story")) == [1, 2, 3]


def test_more_values_are_more_disagreement_and_wire_copy_counts_once(compared: Compared) -> None:
    other = [
        factories.make_claim(article.current_version, "Nothing", figure(number))
        for number, article in zip((4, 4, 5), compared.articles, strict=True)
    ]
    later = factories.make_point(compared.story, other, verdict="conflict", position=3)
    factories.make_discrepancy(later, other, severity=compared.flag.severity)
    assert numbers(matrix_of(compared))[:2] == [1, 4]  # three values against two
    copy(compared, 0, 1)
    copy(compared, 1, 2)
    assert [row.values for row in matrix_of(compared).rows[:2]] == [1, 1]


def test_the_most_silent_point_comes_first_and_wire_copy_counts_once(compared: Compared) -> None:
    silence(compared, GROUNDS, [0, 1])
    silence(compared, ANSWER, [2])
    assert numbers(matrix_of(compared, sort="silent")) == [3, 2, 1]
    copy(compared, 0, 1)
    assert numbers(matrix_of(compared, sort="silent")) == [2, 3, 1]


def test_points_are_cut_down_by_kind_and_verdict(compared: Compared) -> None:
    by_kind = matrix_of(compared, kind=compared.flag.kind)
    assert (numbers(by_kind), by_kind.points) == ([1], 3)
    assert numbers(matrix_of(compared, verdict="agree")) == [2]
    assert numbers(matrix_of(compared, kind="place")) == []
    Discrepancy.objects.filter(pk=compared.flag.pk).update(status="dismissed")
    assert numbers(matrix_of(compared, kind=compared.flag.kind)) == []


def test_filters_offer_what_there_is_with_its_number(compared: Compared) -> None:
    matrix = matrix_of(compared, verdict="updated")
    assert [(one.value, one.number, one.chosen) for one in matrix.verdicts] == [
        ("conflict", 1, False),
        ("updated", 0, True),
        ("refined", 1, False),
        ("agree", 1, False),
    ]
    assert matrix.kinds == ()


def test_each_filter_counts_what_it_leaves_together_with_the_other(compared: Compared) -> None:
    claims = claims_of(compared.points[ANSWER])
    factories.make_discrepancy(compared.points[ANSWER], claims, kind="response")
    both = {compared.flag.kind: 1, "response": 1}
    for verdict, kinds in (("", both), ("agree", {"response": 1}), ("refined", {})):
        told = matrix_of(compared, verdict=verdict).kinds
        assert {one.value: one.number for one in told} == kinds
    told = matrix_of(compared, kind="response").verdicts
    assert {one.value: one.number for one in told} == {"agree": 1}


def test_suggestions_count_in_thorough_mode_only(compared: Compared) -> None:
    claims = claims_of(compared.points[GROUNDS])
    factories.make_discrepancy(compared.points[GROUNDS], claims, kind="place", suggestion=True)
    assert numbers(matrix_of(compared, kind="place")) == []
    assert numbers(matrix_of(compared, kind="place", mode="thorough")) == [3]


def test_how_sure_a_report_is_stands_as_its_value_where_it_hedges(compared: Compared) -> None:
    hedged = Reading(certainty="hedged")
    version = compared.articles[0].current_version
    claims = [factories.make_claim(version, "Nothing", hedged)]
    factories.make_point(compared.story, claims, position=3, verdict="single_source")
    assert matrix_of(compared, sort="story").rows[3].cells[0].value == "stated with a hedge"


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("", MatrixView()),
        ("sort=silent&kind=quantity", MatrixView(sort="silent", kind="quantity")),
        ("verdict=conflict&mode=thorough", MatrixView(verdict="conflict", mode="thorough")),
        ("point=3&report=4", MatrixView(point=3, report=4)),
        ("point=3&report=x&sort=%00&kind=all&verdict=1&mode=loud", MatrixView()),
        (f"point={'9' * 30}&report=4", MatrixView()),
    ],
)
def test_a_view_is_read_from_its_address(address: str, read: MatrixView) -> None:
    assert MatrixView.read(QueryDict(address)) == read


def test_a_view_writes_its_address_back() -> None:
    view = MatrixView(sort="silent", kind="date", mode="thorough", point=3, report=4)
    assert view.query == "&sort=silent&kind=date&mode=thorough"
    assert view.unfiltered == "?sort=silent&mode=thorough"
    assert view.closed == "?sort=silent&kind=date&mode=thorough"
    assert MatrixView().query == ""
