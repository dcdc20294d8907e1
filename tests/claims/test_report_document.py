"""What a report holds: counts, flags with their grounds, reports used; chosen by its address."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from claims.models import Discrepancy, Point
from claims.report_choice import Choice
from claims.report_document import ReportDocument, build_report, zone_of
from reader.dates import moment
from reader.models import Article, Story
from tests import factories
from tests.claims.compared import claims_of, compared_story
from tests.claims.reported_story import Reported, reported_story

pytestmark = pytest.mark.django_db
UTC = ZoneInfo("UTC")


@pytest.fixture
def reported() -> Reported:
    return reported_story()


def told(story: Story, query: str = "") -> ReportDocument:
    """The report that an address with this query shows, in UTC."""
    return build_report(story, Choice.read(QueryDict(query)), UTC)


def kinds(report: ReportDocument) -> list[str]:
    return [flag.kind_word for point in report.points for flag in point.flags]


@pytest.mark.parametrize("articles", [2, 12])
def test_queries_do_not_grow_with_the_story(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    compared = compared_story(articles=articles)
    for point in compared.points:
        factories.make_discrepancy(point, claims_of(point))
    assert compared.story.desk.zone
    with django_assert_num_queries(6):
        report = told(compared.story)
    assert len(report.reports) == articles
    assert report.flags == 4


def test_the_summary_counts_points_by_verdict_and_flags_by_kind_and_status(
    reported: Reported,
) -> None:
    summary = told(reported.story).summary
    assert [(one.word, one.number) for one in summary.verdicts] == [
        ("Conflict", 1),
        ("Refined", 1),
        ("Agree", 1),
    ]
    assert {one.word: (one.open, one.confirmed, one.dismissed) for one in summary.kinds} == {
        "Quantity": (1, 0, 0),
        "Date": (1, 0, 0),
        "Response": (0, 1, 0),
        "Description": (0, 0, 1),
    }
    assert (summary.total.open, summary.total.confirmed, summary.total.dismissed) == (2, 1, 1)
    assert summary.settled == 1
    thorough = told(reported.story, "mode=thorough").summary
    assert thorough.total.suggestions == 1
    assert thorough.total.open == 2


def test_a_flag_is_told_with_all_that_recomputes_it(reported: Reported) -> None:
    report = told(reported.story)
    flag = report.points[0].flags[0]
    assert flag.rule == "quantity-intervals"
    assert "intervals" in flag.rule_sentence or "figures" in flag.rule_sentence
    assert flag.arithmetic == ("a and b differ",)
    assert flag.judge == "rules"
    first, second = flag.sides
    assert first.side.quote == "About 1,000 soldiers are in the port"
    assert first.side.normal == "about 1,000 soldiers [950 to 1,050]"
    assert (first.side.speaker, first.as_of) == ("The ministry", "1 Oct 2024")
    assert (first.report, first.published) == (1, "23 Oct 2024, 09:30 UTC")
    assert second.report == 2


def test_flags_are_numbered_through_and_the_gravest_of_a_point_comes_first(
    reported: Reported,
) -> None:
    factories.make_discrepancy(
        reported.compared.points[1], claims_of(reported.compared.points[1]), severity="high"
    )
    flags = [flag for point in told(reported.story).points for flag in point.flags]
    assert [flag.number for flag in flags] == [1, 2, 3, 4, 5]
    assert [flag.severity for flag in flags] == ["high", "high", "high", "medium", "low"]


def test_settled_flags_stand_apart_in_words(reported: Reported) -> None:
    [point] = told(reported.story).settled
    assert [one.sentence for one in point.settled] == [
        "The Post changed 12 people to 9 people at 12:05 on 3 May 2025"
    ]
    assert told(reported.story, "status=open").settled == ()


def test_reports_are_told_with_version_and_hash(reported: Reported) -> None:
    article = reported.compared.articles[0]
    version = factories.make_version(article, "About 7,000 soldiers are in the port.")
    found = told(reported.story).reports[0]
    assert (found.version, found.sha256) == (2, version.text_sha256)


@pytest.mark.parametrize(
    ("change", "note", "said"),
    [
        ("words", "", "changed"),
        ("correction", "", "corrected"),
        ("words", "It was 9.", "corrected"),
    ],
)
def test_a_report_that_was_changed_says_since_when_and_how(
    reported: Reported, change: str, note: str, said: str
) -> None:
    factories.make_version(
        reported.compared.articles[0],
        "About 7,000 soldiers are in the port.",
        change=change,
        correction_note=note,
        modified_at=datetime(2024, 10, 24, 11, tzinfo=UTC),
    )
    changed, first = told(reported.story).reports
    assert (changed.changed, changed.correction) == (f"{said} 24 Oct 2024, 11:00 UTC", note)
    assert (first.changed, first.correction) == ("", "")


def test_a_change_that_its_source_does_not_date_has_the_time_when_it_came(
    reported: Reported,
) -> None:
    version = factories.make_version(reported.compared.articles[0], "About 7,000 soldiers.")
    came = moment(version.created_at.astimezone(UTC))
    assert told(reported.story).reports[0].changed == f"changed {came}"


def test_the_desk_and_who_decided_are_named_for_the_desk_alone(reported: Reported) -> None:
    own, shared = told(reported.story), told(reported.story, "for=sharing")
    assert (own.desk, own.deciders) == (reported.story.desk.name, ("Rosalind Vane",))
    assert (shared.desk, shared.deciders) == ("", ())


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("reopened", "Reopened: the values changed since it was dismissed on "),
        ("confirmed", "Reopened: the values changed since it was confirmed on "),
    ],
)
def test_a_flag_that_is_open_again_says_why_and_no_decision_outside_the_desk(
    reported: Reported, flag: str, said: str
) -> None:
    Discrepancy.objects.filter(pk=reported.flags[flag].pk).update(status="open")
    points = told(reported.story, "for=sharing").points
    reopened = [one for point in points for one in point.flags if one.reopened.startswith(said)]
    assert [one.decisions for one in reopened] == [()]
    decided = [one for point in points for one in point.flags if one.decisions]
    assert [one.decisions[0].who for one in decided] == [""] * len(decided)
    assert "dismissed" in [one.status for one in decided]


def test_the_matrix_has_the_points_order_and_tables_as_wide_as_a_sheet() -> None:
    compared = compared_story(articles=7)
    Point.objects.filter(label="Soldiers in the port").update(position=9)  # the conflict last
    matrix = told(compared.story).matrix
    assert matrix is not None
    heads = [[head.number for head in part.heads] for part in matrix.parts]
    assert heads == [[1, 2, 3, 4, 5], [6, 7]]
    for part in matrix.parts:
        assert [line.row.point.number for line in part.lines] == [1, 2, 3]
        assert {len(line.cells) for line in part.lines} == {len(part.heads)}


def test_who_is_silent_is_said_where_reports_differ() -> None:
    compared = compared_story(articles=3)
    quiet = claims_of(compared.points[0])[2]
    quiet.point = compared.points[1]
    compared.flag.links.filter(claim=quiet).delete()
    quiet.save(update_fields=["point"])
    [silent] = told(compared.story).summary.silent
    assert silent.label == "Soldiers in the port"
    assert [group.sources for group in silent.groups] == [(f"{compared.story.slug} source 3",)]


def test_what_the_comparison_did_without_is_said() -> None:
    compared = compared_story()
    Story.objects.filter(pk=compared.story.pk).update(
        compare_note="judge_failed off:place-differs", texts_revision=3
    )
    Article.objects.filter(pk=compared.articles[1].pk).update(language="uk")
    said = " ".join(told(Story.objects.get(pk=compared.story.pk)).summary.without)
    assert "compared again" in said
    assert "gave no answer" in said
    assert f"English only: {compared.story.slug} source 2." in said


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Quantity", "Date", "Response", "Description"]),
        ("status=dismissed", ["Description"]),
        ("status=confirmed&status=dismissed", ["Response", "Description"]),
        ("kind=date&kind=response", ["Date", "Response"]),
        ("severity=high&kind=response", []),
        ("mode=thorough&kind=place", ["Place"]),
        ("kind=place", []),
        ("status=x&kind=%00&severity=", ["Quantity", "Date", "Response", "Description"]),
    ],
)
def test_an_address_chooses_flags(reported: Reported, query: str, expected: list[str]) -> None:
    report = told(reported.story, query)
    assert kinds(report) == expected
    assert report.left_out == (5 if report.thorough else 4) - len(expected)
    assert report.summary.total.open == 2  # whatever is left out is counted all the same


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/r/"),
        ("for=sharing&mode=thorough", "/r/?for=sharing&mode=thorough"),
        ("kind=date&status=open&kind=quantity", "/r/?status=open&kind=quantity&kind=date"),
        ("severity=low&severity=high&severity=medium", "/r/"),
    ],
)
def test_a_choice_is_written_back_shortest_and_in_one_order(query: str, address: str) -> None:
    choice = Choice.read(QueryDict(query))
    assert choice.address("/r/") == address
    assert Choice.read(QueryDict(address.partition("?")[2])) == choice


def test_a_reader_of_a_choice_is_told_that_some_flags_are_left_out(reported: Reported) -> None:
    assert told(reported.story, "status=open&kind=date").chosen == (
        "Chosen for this report: open; date."
    )
    assert told(reported.story).chosen == ""


def test_nothing_of_a_hidden_report_is_told(reported: Reported) -> None:
    Article.objects.filter(pk=reported.compared.articles[1].pk).update(status="embargoed")
    report = told(reported.story, "mode=thorough")
    assert [one.title for one in report.reports] == ["Report 1"]
    assert report.points == ()
    assert report.summary.total.open == 0


def test_times_are_the_persons_and_of_what_is_shared_the_desks(reported: Reported) -> None:
    own, shared = Choice(), Choice(shared=True)
    assert zone_of(reported.story, own, "Asia/Tokyo").key == "Asia/Tokyo"
    assert zone_of(reported.story, own, "").key == "Europe/Berlin"
    assert zone_of(reported.story, shared, "Asia/Tokyo").key == "Europe/Berlin"
    report = build_report(reported.story, own, ZoneInfo("Asia/Tokyo"))
    assert (report.revision, report.changed) == (41, "30 Oct 2024, 21:04 JST")
