"""A newer text that ends a difference settles its flag, and says so: the real import and engine."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from claims import settled_words
from claims.models import Claim, Discrepancy
from claims.services import annotating
from claims.services.comparing import compare_story
from claims.services.deciding import decide
from claims.services.quoting import Target
from reader.models import Article, AuditEntry, Role
from reader.services.visibility import show, take_down
from tests import factories
from tests.claims.test_comparing_decided import HOSPITAL, POLICE, Desk, desk

__all__ = ["desk"]  # a fixture

AT = datetime(2025, 3, 11, 14, 5, tzinfo=UTC)


def flag() -> Discrepancy:
    return Discrepancy.objects.get()


def confirm(desk: Desk) -> None:
    decide(
        person=desk.person,
        discrepancy_id=flag().pk,
        row_version=flag().row_version,
        action="confirm",
    )


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_flag_is_settled_when_one_report_takes_over_the_others_figure(
    desk: Desk, confirmed: bool
) -> None:
    if confirmed:
        confirm(desk)
    before = flag()
    desk.bring("hospital", HOSPITAL.format(12))
    settled = flag()
    assert (settled.pk, settled.status, settled.status_before) == (
        before.pk,
        "settled",
        before.status,
    )
    said = settled.settlement
    assert (said["source"], said["from"], said["number"]) == ("The hospital", 1, 2)
    assert "19" in said["was"]
    assert "12" in said["now"]
    assert said["before"]["figure"]["low"] == "19"
    assert said["after"]["figure"]["low"] == "12"
    assert not Discrepancy.objects.found().exists()


def test_a_settled_flag_is_as_it_was_when_the_value_comes_back(desk: Desk) -> None:
    confirm(desk)
    before = flag()
    desk.bring("hospital", HOSPITAL.format(12))
    desk.bring("hospital", HOSPITAL.format(19) + " Rain fell.")
    after = flag()
    assert (after.pk, after.status, after.settlement) == (before.pk, "confirmed", {})
    assert after.values_key == before.values_key


def test_a_figure_that_changes_twice_and_comes_back_is_told_step_by_step(
    desk: Desk, client: Client
) -> None:
    desk.bring_in("police", POLICE.replace("12 people", "3,000 people"))
    desk.bring("hospital", HOSPITAL.format("12,000"))
    first = desk.dismiss()
    old = Claim.objects.shown().get(exact__startswith="12,000 people")
    annotating.set_status(
        person=desk.person, claim_id=old.pk, row_version=old.row_version, status="accepted"
    )
    client.force_login(desk.person)

    def shown() -> str:
        return client.get(f"/stories/harbour-fire/?point={first.point_id}").content.decode()

    desk.bring("hospital", HOSPITAL.format("9,000"))
    old.refresh_from_db()
    assert (old.status, old.anchor_state, old.article_version.number) == ("accepted", "changed", 2)
    assert (flag().pk, flag().status, flag().settlement) == (first.pk, "open", {})
    assert flag().values_key != first.values_key
    assert "data-settled" not in shown()

    desk.bring("hospital", HOSPITAL.format("3,000"))
    assert (flag().pk, flag().status) == (first.pk, "settled")
    assert (flag().settlement["was"], flag().settlement["now"]) == ("9,000", "3,000")
    assert "The hospital changed 9,000 to 3,000 at" in shown()

    desk.bring("hospital", f"{HOSPITAL.format('12,000')} Rain fell.")
    old.refresh_from_db()
    assert (old.status, old.anchor_state, old.article_version.number) == ("accepted", "exact", 5)
    assert (flag().pk, flag().status, flag().settlement) == (first.pk, "dismissed", {})
    assert flag().values_key == first.values_key
    assert "data-settled" not in shown()


def test_a_change_at_a_claim_marked_by_hand_is_told_as_a_change(desk: Desk) -> None:
    found = Claim.objects.shown().get(exact__startswith="19 people")
    annotating.set_status(
        person=desk.person, claim_id=found.pk, row_version=found.row_version, status="rejected"
    )
    annotating.add_claim(
        person=desk.person,
        version_id=found.article_version_id,
        target=Target(start=found.start, end=found.end, exact=found.exact),
        reading=found.reading,
        place=found.point_id,
    )
    compare_story(desk.story.pk)
    assert flag().status == "open"
    desk.bring("hospital", HOSPITAL.format(12))
    assert (flag().status, flag().settlement["was"]) == ("settled", "19")
    assert flag().settlement["now"] == "12"


def test_another_value_that_differs_too_settles_nothing(desk: Desk) -> None:
    desk.bring("hospital", HOSPITAL.format(24))
    assert (flag().status, flag().settlement) == ("open", {})


def test_a_figure_that_is_left_out_settles_the_flag(desk: Desk) -> None:
    desk.bring("hospital", "Rain fell all night. The council thanked the crews from other towns.")
    assert (flag().status, flag().settlement["now"]) == ("settled", "")
    assert flag().settlement["after"] is None


def test_a_dismissed_flag_stays_dismissed_beneath(desk: Desk) -> None:
    desk.dismiss()
    desk.bring("hospital", HOSPITAL.format(12))
    assert (flag().status, flag().status_before, flag().settlement) == (
        "superseded",
        "dismissed",
        {},
    )


def test_the_trail_says_what_settled_it_and_links_the_difference(
    desk: Desk, client: Client
) -> None:
    desk.bring("hospital", HOSPITAL.format(12))
    entry = AuditEntry.objects.get(action="claims.discrepancy.settled")
    assert entry.after["status"] == "settled"
    client.force_login(desk.person)
    page = client.get("/stories/harbour-fire/history/").content.decode()
    assert "The hospital changed 19 to 12" in page
    article = Claim.objects.get(pk=entry.after["claim"]).article_version.article_id
    assert f"/articles/{article}/changes/?from=1&amp;to=2" in page


def test_the_page_says_what_settled_a_flag_of_the_chosen_point(desk: Desk, client: Client) -> None:
    desk.bring("hospital", HOSPITAL.format(12))
    reader = factories.make_member(desk.story.desk, Role.READER)
    client.force_login(reader)
    page = client.get(f"/stories/harbour-fire/?point={flag().point_id}").content.decode()
    assert "data-settled" in page
    assert "The hospital changed 19 to 12" in page
    assert "Nothing here was flagged" not in page


def test_what_settled_a_flag_is_not_told_of_a_hidden_report(desk: Desk, client: Client) -> None:
    desk.bring("hospital", HOSPITAL.format(12))
    point = flag().point_id
    article = Article.objects.get(pk=flag().settlement["article"])
    take_down(article=article, person=desk.person, reason="")
    client.force_login(factories.make_member(desk.story.desk, Role.READER))
    for _moment in ("before the next comparison", "after it"):
        page = client.get(f"/stories/harbour-fire/?point={point}").content.decode()
        assert "The hospital changed" not in page
        compare_story(desk.story.pk)
    show(article=Article.objects.get(pk=article.pk), person=desk.person)
    compare_story(desk.story.pk)
    page = client.get(f"/stories/harbour-fire/?point={flag().point_id}").content.decode()
    assert "The hospital changed 19 to 12" in page


def test_the_words_name_both_values_and_the_time() -> None:
    settlement = {
        "source": "B",
        "article": 7,
        "from": 1,
        "number": 2,
        "was": "12",
        "now": "9",
        "at": AT.isoformat(),
    }
    said = settled_words.sentence(settlement, ZoneInfo("Europe/Berlin"))
    assert said == "B changed 12 to 9 at 15:05 on 11 Mar 2025"
    page = settled_words.difference_address(settlement)
    assert page == "/articles/7/changes/?from=1&to=2"


def test_the_same_texts_again_change_nothing(desk: Desk) -> None:
    desk.bring("hospital", HOSPITAL.format(12))
    assert compare_story(desk.story.pk) == "unchanged"
