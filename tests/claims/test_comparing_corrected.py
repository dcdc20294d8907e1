"""What people set counts in every comparison, and no comparison undoes it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from claims import stored_reading
from claims.engine.readings import Comparison, Quantity, Reading
from claims.models import Claim, Decision, Discrepancy, MadeBy, Point
from claims.services import annotating, arranging, comparing, deciding, undoing
from claims.services.comparing import compare_story
from claims.services.quoting import Target
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.conftest import Blind, Reported, renew
from tests.claims.test_comparing import Counting, row_versions


@pytest.fixture
def person(story: Story) -> User:
    return factories.make_member(story.desk, Role.EDITOR)


def claim_of(article: Article, exact: str = "") -> Claim:
    """The claim of the article's present text, found by its first words."""
    shown = Claim.objects.filter(article_version=article.versions.latest("number"))
    return shown.get(exact__startswith=exact)


def figures(thing: str, value: int) -> list[dict[str, Any]]:
    quantity = Quantity(start=0, end=1, low=Decimal(value), high=Decimal(value), unit=thing)
    return stored_reading.to_json(Reading(quantities=(quantity,)))["quantities"]  # type: ignore[no-any-return]


def correct(person: User, claim: Claim, thing: str, value: int) -> Claim:
    """Say that the claim's figure is another one."""
    return annotating.edit_claim(
        person=person,
        claim_id=claim.pk,
        row_version=claim.row_version,
        target=Target(start=claim.start, end=claim.end, exact=claim.exact),
        corrected={"quantities": figures(thing, value)},
        place=claim.point_id,
    )


def mark(
    person: User, article: Article, exact: str, value: int | None, place: int | str | None = None
) -> Claim:
    """Mark these words of the article by hand, as a figure of things called "a"."""
    version = article.versions.latest("number")
    start = version.text.index(exact)
    return annotating.add_claim(
        person=person,
        version_id=version.pk,
        target=Target(start=start, end=start + len(exact), exact=exact),
        reading={} if value is None else {"quantities": figures("a", value)},
        place=place,
    )


def status_of(person: User, claim: Claim, status: str) -> Claim:
    claim.refresh_from_db()
    return annotating.set_status(
        person=person, claim_id=claim.pk, row_version=claim.row_version, status=status
    )


def place(person: User, claim: Claim, where: int | str | None) -> Claim:
    claim.refresh_from_db()
    return annotating.place_claim(
        person=person, claim_id=claim.pk, row_version=claim.row_version, place=where
    )


def again(story: Story) -> None:
    """Compare, and once more: the second time nothing may change."""
    compare_story(story.pk)
    before = row_versions()
    assert compare_story(story.pk) == "unchanged"
    assert row_versions() == before


# Readings


def test_flags_rest_on_the_corrected_value(story: Story, reported: Reported, person: User) -> None:
    _, second = reported("a: 1", "a: 2")
    compare_story(story.pk)
    claim = correct(person, claim_of(second), "a", 5)
    again(story)
    flag = Discrepancy.objects.get()
    assert flag.explanation == "The figures differ: 1, 5."
    assert [group["value"] for group in flag.evidence["groups"]] == ["1", "5"]
    assert flag.evidence["groups"][1]["claims"] == [claim.pk]


def test_the_engines_own_reading_stays_under_the_correction(
    story: Story, reported: Reported, person: User
) -> None:
    _, second = reported("a: 1", "a: 2")
    compare_story(story.pk)
    before = claim_of(second).reading
    corrected = correct(person, claim_of(second), "a", 1)
    again(story)
    claim = claim_of(second)
    assert (claim.reading, claim.overrides) == (before, corrected.overrides)
    assert claim.status == "accepted"
    assert Point.objects.get().verdict == "agree"
    assert Discrepancy.objects.get().status == "superseded"


def test_a_corrected_unit_sends_the_claim_to_its_likes(
    story: Story, reported: Reported, person: User
) -> None:
    _, wrong, _ = reported("a: 1 b: 9", "a: 2", "a: 1")
    compare_story(story.pk)
    correct(person, claim_of(wrong), "b", 2)
    again(story)
    by_label = {point.label: point for point in Point.objects.shown()}
    assert set(by_label) == {"Number of a", "Number of b"}
    assert claim_of(wrong).point == by_label["Number of b"]


def test_a_moved_span_is_known_again_and_its_words_are_compared(
    story: Story, reported: Reported, person: User
) -> None:
    first, _ = reported("a: 1 in all", "a: 2")
    compare_story(story.pk)
    claim = claim_of(first)
    annotating.edit_claim(
        person=person,
        claim_id=claim.pk,
        row_version=claim.row_version,
        target=Target(start=0, end=11, exact="a: 1 in all"),
        corrected={},
        place=claim.point_id,
    )
    again(story)
    assert Claim.objects.count() == 2
    after = claim_of(first)
    assert (after.pk, after.exact, after.found_span) == (claim.pk, "a: 1 in all", (0, 4))
    assert after in Discrepancy.objects.get().claims.all()


# Status


def test_a_rejected_claim_supports_no_flag_and_can_come_back(
    story: Story, reported: Reported, person: User
) -> None:
    _, second, _ = reported("a: 1", "a: 2", "a: 1")
    compare_story(story.pk)
    status_of(person, claim_of(second), "rejected")
    again(story)
    assert Discrepancy.objects.get().status == "superseded"
    assert (Point.objects.get().verdict, claim_of(second).status) == ("agree", "rejected")
    status_of(person, claim_of(second), "suggested")
    again(story)
    assert Discrepancy.objects.get().status == "open"
    assert Point.objects.get().claims.count() == 3


def test_a_flag_goes_on_without_the_rejected_claim(
    story: Story, reported: Reported, person: User
) -> None:
    _, _, third = reported("a: 1", "a: 2", "a: 3")
    compare_story(story.pk)
    rejected = status_of(person, claim_of(third), "rejected")
    again(story)
    flag = Discrepancy.objects.get()
    assert (flag.status, flag.explanation) == ("open", "The figures differ: 1, 2.")
    assert rejected not in flag.claims.all()


def test_an_accepted_claim_that_the_engine_loses_is_compared_on(
    story: Story, reported: Reported, person: User, blind: Blind
) -> None:
    first, _ = reported("a: 1", "a: 2")
    compare_story(story.pk)
    status_of(person, claim_of(first), "accepted")
    blind("a: 1")
    flag = Discrepancy.objects.get()
    assert (flag.status, flag.claims.count()) == ("open", 2)
    blind()
    assert Claim.objects.count() == 2
    assert Discrepancy.objects.get() == flag


# Claims that a person marked


def test_a_marked_claim_without_a_place_goes_where_the_engine_puts_it(
    story: Story, reported: Reported, person: User
) -> None:
    first, _, _ = reported("nine came", "a: 1", "a: 1")
    compare_story(story.pk)
    mine = mark(person, first, "nine", 9)
    again(story)
    mine.refresh_from_db()
    assert (mine.point, mine.point_by) == (Point.objects.get(), MadeBy.ENGINE)
    assert mine in Discrepancy.objects.get().claims.all()
    status_of(person, mine, "rejected")
    again(story)
    mine.refresh_from_db()
    assert mine.point is None
    assert Point.objects.get().verdict == "agree"


def test_a_marked_claim_keeps_its_new_point_alone(
    story: Story, reported: Reported, person: User
) -> None:
    first, _ = reported("rain fell", "snow fell")
    compare_story(story.pk)
    mine = mark(person, first, "rain", None, "Weather")
    again(story)
    point = Point.objects.get()
    assert (point.label, point.label_by, point.verdict) == ("Weather", "person", "single_source")
    assert list(point.claims.all()) == [mine]
    assert point.status == "open"


def test_a_marked_claim_of_an_older_text_takes_no_part(
    story: Story, reported: Reported, person: User
) -> None:
    first, _ = reported("nine came", "a: 1")
    compare_story(story.pk)
    mine = mark(person, first, "nine", 9)
    renew(first, "a: 1")
    assert not Discrepancy.objects.exists()
    mine.refresh_from_db()
    assert mine.point is None


@pytest.mark.parametrize("state", ["changed", "orphan"])
def test_a_claim_whose_place_is_not_sure_supports_no_flag(
    story: Story, reported: Reported, person: User, state: str
) -> None:
    first, _, _ = reported("nine came", "a: 1", "a: 1")
    compare_story(story.pk)
    mine = mark(person, first, "nine", 9)
    Claim.objects.filter(pk=mine.pk).update(anchor_state=state)
    again(story)
    assert not Discrepancy.objects.exists()


# Points


def test_a_claim_put_into_a_point_is_compared_there(
    story: Story, reported: Reported, person: User
) -> None:
    _, _, third = reported("a: 1", "a: 1", "b: 2")
    compare_story(story.pk)
    point = Point.objects.get()
    place(person, claim_of(third), point.pk)
    again(story)
    assert Point.objects.shown().get() == point
    assert Discrepancy.objects.get().claims.count() == 3
    reported("b: 2")
    again(story)
    assert claim_of(third).point == point


def test_a_claim_taken_out_stays_out(story: Story, reported: Reported, person: User) -> None:
    _, second, _ = reported("a: 1", "a: 2", "a: 1")
    compare_story(story.pk)
    place(person, claim_of(second), None)
    again(story)
    reported("a: 2")
    again(story)
    assert claim_of(second).point is None
    assert Point.objects.get().claims.count() == 3


def test_merged_points_stay_one_and_are_compared_as_one(
    story: Story, reported: Reported, person: User
) -> None:
    reported("a: 1 b: 1", "a: 1 b: 2")
    compare_story(story.pk)
    kept, other = Point.objects.order_by("pk")
    arranging.merge_points(
        person=person,
        point_id=kept.pk,
        row_version=kept.row_version,
        others={other.pk: other.row_version},
    )
    again(story)
    reported("a: 1 b: 2")
    again(story)
    assert Point.objects.shown().get() == kept
    assert kept.claims.count() == 6
    assert Discrepancy.objects.found().get().claims.count() == 6


def test_split_points_stay_two(story: Story, reported: Reported, person: User) -> None:
    first, second, *_ = reported("a: 1", "a: 1", "a: 2", "a: 2")
    compare_story(story.pk)
    point = Point.objects.get()
    made = arranging.split_point(
        person=person,
        point_id=point.pk,
        row_version=point.row_version,
        seen={claim.pk: claim.row_version for claim in (claim_of(first), claim_of(second))},
        label="Early ones",
    )
    again(story)
    assert {p.pk: p.claims.count() for p in Point.objects.shown()} == {point.pk: 2, made.pk: 2}
    assert not Discrepancy.objects.found().exists()
    assert {p.verdict for p in Point.objects.shown()} == {"agree"}


def test_an_undone_merge_is_two_points_again(
    story: Story, reported: Reported, person: User
) -> None:
    reported("a: 1 b: 1", "a: 1 b: 2")
    compare_story(story.pk)
    kept, other = Point.objects.order_by("pk")
    arranging.merge_points(
        person=person,
        point_id=kept.pk,
        row_version=kept.row_version,
        others={other.pk: other.row_version},
    )
    compare_story(story.pk)
    kept.refresh_from_db()
    undoing.undo(person=person, decision_id=kept.decisions.get().pk)
    again(story)
    assert set(Point.objects.shown()) == {kept, other}
    assert {point.claims.count() for point in (kept, other)} == {2}


# Races and cost


Meanwhile = Callable[[Callable[[], object]], str]


@pytest.fixture
def meanwhile(story: Story, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Compare, and let something happen between the reading of the rows and the storing."""

    def compare(act: Callable[[], object]) -> str:
        relate = comparing._engine_relate

        def interrupted(*args: Any) -> Comparison:
            act()
            return relate(*args)

        with monkeypatch.context() as patch:
            patch.setattr(comparing, "_engine_relate", interrupted)
            return compare_story(story.pk)

    return compare


def test_corrections_made_meanwhile_keep_no_comparison_from_landing(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile
) -> None:
    _, second, *_ = reported("a: 1", "a: 2", "b: 1", "b: 2")
    compare_story(story.pk)
    reported("b: 3 and c: 4", "c: 5")
    assert meanwhile(lambda: correct(person, claim_of(second), "a", 1)) == "changed"
    assert Discrepancy.objects.filter(explanation="The figures differ: 1, 2, 3.").exists()
    assert Discrepancy.objects.filter(explanation="The figures differ: 4, 5.").exists()
    story.refresh_from_db()
    assert story.comparison_state == "pending"
    again(story)
    story.refresh_from_db()
    assert story.comparison_state == "ready"


def test_what_rests_on_a_claim_corrected_meanwhile_is_left_to_the_next_comparison(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile
) -> None:
    _, second = reported("a: 1", "a: 2")
    compare_story(story.pk)
    flag = Discrepancy.objects.get()
    reported("a: 3")
    meanwhile(lambda: correct(person, claim_of(second), "a", 5))
    kept = Discrepancy.objects.get()
    assert (kept.row_version, kept.explanation) == (flag.row_version, flag.explanation)
    assert claim_of(second).effective["quantities"][0]["low"] == "5"  # type: ignore[index]
    again(story)
    assert Discrepancy.objects.get().explanation == "The figures differ: 1, 3, 5."


def test_a_dismissal_outlives_a_correction_made_meanwhile_and_undone(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile
) -> None:
    _, second = reported("a: 1", "a: 2")
    compare_story(story.pk)
    flag = Discrepancy.objects.get()
    deciding.decide(
        person=person,
        discrepancy_id=flag.pk,
        row_version=flag.row_version,
        action="dismiss",
        reason_code="misread",
    )
    meanwhile(lambda: correct(person, claim_of(second), "a", 5))
    flag.refresh_from_db()
    assert flag.status == "dismissed"
    undoing.undo(person=person, decision_id=Decision.objects.latest("pk").pk)
    again(story)
    flag.refresh_from_db()
    assert flag.status == "dismissed"


@pytest.mark.parametrize("where", [None, "A point of its own"])
def test_a_place_chosen_meanwhile_stays(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile, where: str | None
) -> None:
    _, second = reported("a: 1", "a: 2")
    compare_story(story.pk)
    chosen = []
    meanwhile(lambda: chosen.append(place(person, claim_of(second), where).point_id))
    claim = claim_of(second)
    assert [claim.point_id, claim.point_by] == [chosen[0], MadeBy.PERSON]
    again(story)
    assert claim_of(second).point_id == chosen[0]


def test_a_claim_rejected_or_taken_back_meanwhile_stays_so(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile
) -> None:
    first, second, third = reported("a: 1", "a: 2", "a: 3")
    compare_story(story.pk)
    status_of(person, claim_of(first), "rejected")
    compare_story(story.pk)
    meanwhile(
        lambda: (
            status_of(person, claim_of(first), "accepted"),
            status_of(person, claim_of(third), "rejected"),
        )
    )
    found = [claim_of(article).status for article in (first, second, third)]
    assert found == ["accepted", "suggested", "rejected"]
    again(story)
    assert Discrepancy.objects.found().get().explanation == "The figures differ: 1, 2."


def test_a_claim_marked_meanwhile_waits_for_its_own_comparison(
    story: Story, reported: Reported, person: User, meanwhile: Meanwhile
) -> None:
    first, _ = reported("a: 1 and nine", "a: 2")
    compare_story(story.pk)
    meanwhile(lambda: mark(person, first, "nine", 9))
    assert claim_of(first, "nine").status == "accepted"
    again(story)
    assert Discrepancy.objects.found().get().explanation == "The figures differ: 1, 2, 9."


def test_the_number_of_queries_does_not_grow_with_the_corrections(
    story: Story, reported: Reported, person: User
) -> None:
    counts: list[int] = []
    for number in (2, 9):
        other = factories.make_story(story.desk)
        articles = [factories.make_article(other, "a: 1 and nine") for _ in range(number)]
        compare_story(other.pk)
        for article in articles:
            mark(person, article, "nine", 9)
            correct(person, claim_of(article, "a:"), "a", 2)
        with connection.execute_wrapper(Counting(counts)):
            compare_story(other.pk)
    assert counts[0] == counts[1] <= 30
