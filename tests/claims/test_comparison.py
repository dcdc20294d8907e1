"""The read model of the side-by-side page."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.comparison import build_comparison
from claims.models import Claim, Discrepancy, Point
from reader.models import Article, Role, User
from tests import factories
from tests.claims.compared import Compared, add_earlier_claim, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.READER)


@pytest.mark.parametrize("articles", [2, 12])
def test_queries_do_not_grow_with_the_story(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    compared = compared_story(articles=articles)
    person = factories.make_member(compared.story.desk, Role.READER)
    with django_assert_num_queries(6):
        comparison = build_comparison(compared.story, person)
    with django_assert_num_queries(0):
        assert len([column.html for column in comparison.columns]) == articles
        assert comparison.chosen is not None
        assert len(comparison.chosen.cells) == articles


def test_the_first_point_is_chosen_where_none_is_named(compared: Compared, person: User) -> None:
    for wanted in (None, 0, compared.points[0].pk):
        comparison = build_comparison(compared.story, person, point=wanted)
        assert comparison.chosen is not None
        assert comparison.chosen.id == compared.points[0].pk
        assert [row.chosen for row in comparison.points] == [True, False, False]


def test_points_are_numbered_in_their_order(compared: Compared, person: User) -> None:
    rows = build_comparison(compared.story, person).points
    assert [(row.number, row.label, row.verdict_word, row.spread) for row in rows] == [
        (1, "Soldiers in the port", "Conflict", "2 reports, 1 origin, 1 flag"),
        (2, "The answer", "Agree", "2 reports, 1 origin"),
        (3, "Grounds", "Refined", "2 reports, 1 origin"),
    ]


def test_marks_carry_claims_points_flags_and_light_up(compared: Compared, person: User) -> None:
    html = build_comparison(compared.story, person).columns[0].html
    claim = claims_of(compared.points[0])[0]
    point = compared.points[0].pk
    hooks = f'data-claims="{claim.pk}" data-points="{point}" data-flags="quantity"'
    lit = f'<mark {hooks} data-state="on">'
    assert f"{lit}About 1,000 soldiers are in the port</mark>" in html
    assert html.count('data-state="on"') == 1
    assert "&lt;b&gt;Nothing&lt;/b&gt;" in html


def test_each_report_has_its_value_in_a_cell(compared: Compared, person: User) -> None:
    chosen = build_comparison(compared.story, person).chosen
    assert chosen is not None
    first = chosen.cells[compared.articles[0].pk]
    assert (first.value, first.verdict_word, first.tone) == ("≈ 1,000", "Conflict", "tone-flag")
    assert first.facts == ("The ministry", "1 Oct", "attributed")


def test_of_several_claims_the_feet_show_the_flagged_one(compared: Compared, person: User) -> None:
    flagged = {str(claim.pk) for claim in claims_of(compared.points[2])}
    add_earlier_claim(compared)
    chosen = build_comparison(compared.story, person, point=compared.points[2].pk).chosen
    assert chosen is not None
    assert set(chosen.shown_claims.split()) == flagged


def test_a_report_that_says_nothing_has_no_cell(compared: Compared, person: User) -> None:
    Claim.objects.filter(pk=claims_of(compared.points[2])[1].pk).update(status="rejected")
    comparison = build_comparison(compared.story, person, point=compared.points[2].pk)
    assert [column.cell is None for column in comparison.columns] == [False, True]


def test_a_flag_has_rule_quotes_normal_forms_and_arithmetic(
    compared: Compared, person: User
) -> None:
    chosen = build_comparison(compared.story, person).chosen
    assert chosen is not None
    (card,) = chosen.flags
    assert (card.id, card.rule, card.arithmetic) == (
        compared.flag.pk,
        "quantity-intervals",
        ("a and b differ",),
    )
    assert card.rule_sentence.startswith("Two figures conflict")
    assert [(side.quote, side.normal) for side in card.sides] == [
        ("About 1,000 soldiers are in the port", "about 1,000 soldiers [950 to 1,050]"),
        ("About 2,000 soldiers are in the port", "about 2,000 soldiers [1,900 to 2,100]"),
    ]
    assert chosen.plot is not None
    assert len(chosen.plot.rows) == 2


def test_suggestions_and_superseded_flags_stay_out(compared: Compared, person: User) -> None:
    Discrepancy.objects.filter(pk=compared.flag.pk).update(suggestion=True)
    comparison = build_comparison(compared.story, person)
    assert comparison.open_flags == 0
    assert comparison.chosen is not None
    assert comparison.chosen.flags == ()
    assert "data-flags" not in comparison.columns[0].html


def test_claims_without_a_sure_place_are_not_shown(compared: Compared, person: User) -> None:
    Claim.objects.filter(pk=claims_of(compared.points[0])[0].pk).update(anchor_state="orphan")
    comparison = build_comparison(compared.story, person)
    assert "About 1,000 soldiers are in the port</mark>" not in comparison.columns[0].html


def test_drafts_and_retired_points_are_not_shown(compared: Compared, person: User) -> None:
    Article.objects.filter(pk=compared.articles[0].pk).update(status="draft")
    Point.objects.filter(pk=compared.points[1].pk).update(status="retired")
    comparison = build_comparison(compared.story, person)
    assert [column.article for column in comparison.columns] == [compared.articles[1].pk]
    assert [row.label for row in comparison.points] == ["Soldiers in the port", "Grounds"]
    assert comparison.points[0].spread == "1 report"


def test_the_head_counts_what_is_there(compared: Compared, person: User) -> None:
    comparison = build_comparison(compared.story, person)
    assert comparison.facts == ("2 reports, 2 origins", "23 October 2024", "6 claims, 6 matched")
    assert comparison.open_flags == 1


def test_the_number_of_origins_is_the_last_comparisons(compared: Compared, person: User) -> None:
    def counted(origins: int) -> str:
        compared.story.origins = origins
        return build_comparison(compared.story, person).facts[0]

    assert [counted(number) for number in (0, 1, 2, 5)] == [
        "2 reports",
        "2 reports, 1 origin",
        "2 reports, 2 origins",
        "2 reports, 2 origins",
    ]


def test_reading_the_page_needs_no_origins_of_the_engine(
    compared: Compared, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.engine.origins.find", lambda reports: 1 / 0)
    assert build_comparison(compared.story, person).columns


def test_times_are_shown_in_the_persons_zone_else_the_desks(compared: Compared) -> None:
    desk = compared.story.desk
    desk.zone = "Asia/Tokyo"
    here = factories.make_member(desk, Role.READER)
    there = factories.make_member(desk, Role.READER, zone="America/New_York")
    assert build_comparison(compared.story, here).columns[0].published == "Wed 23 Oct, 18:30 JST"
    assert build_comparison(compared.story, there).columns[0].published == "Wed 23 Oct, 05:30 EDT"


def test_a_report_in_another_language_says_that_it_is_not_compared(
    compared: Compared, person: User
) -> None:
    Article.objects.filter(pk=compared.articles[0].pk).update(language="cs")
    columns = build_comparison(compared.story, person).columns
    assert "not compared" in columns[0].note
    assert columns[1].note == ""


def test_a_story_without_points_says_why(person: User, compared: Compared) -> None:
    empty = factories.make_story(compared.story.desk)
    assert build_comparison(empty, person).columns == ()
    factories.make_article(empty)
    assert "One report" in build_comparison(empty, person).no_points
    empty.texts_revision = 1
    assert "being compared" in build_comparison(empty, person).no_points
