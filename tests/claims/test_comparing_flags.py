"""What outlives the next comparison: flags and the decisions on them."""

from claims.models import Discrepancy, Point
from claims.services.comparing import compare_story
from reader.models import AuditEntry, Story
from tests import factories
from tests.claims.conftest import Blind, Reported, renew


def dismiss() -> Discrepancy:
    flag = Discrepancy.objects.get()
    factories.make_decision(factories.make_user(), flag)
    Discrepancy.objects.update(status=Discrepancy.Status.DISMISSED)
    return flag


def test_a_dismissed_flag_stays_shut_for_the_same_values(story: Story, reported: Reported) -> None:
    first, _ = reported("a: 1", "a: 2")
    compare_story(story.pk)
    flag = dismiss()
    renew(first, "Correction of the title. a: 1")
    reported("a: 2 as others said")
    compare_story(story.pk)
    after = Discrepancy.objects.get()
    assert (after.pk, after.status, after.links.count()) == (flag.pk, "dismissed", 3)


def test_a_dismissed_flag_reopens_when_a_value_changes(story: Story, reported: Reported) -> None:
    first, _ = reported("a: 1", "a: 2")
    compare_story(story.pk)
    flag = dismiss()
    renew(first, "Correction. a: 7")
    after = Discrepancy.objects.get()
    assert (after.pk, after.status) == (flag.pk, "open")
    assert after.decisions.get().values == {"values_key": flag.values_key}
    entry = AuditEntry.objects.get(action="claims.discrepancy.reopened")
    assert entry.before == {"status": "dismissed", "values_key": flag.values_key}
    assert entry.after == {"status": "open", "values_key": after.values_key}


def test_a_flag_no_longer_found_is_superseded_and_comes_back_as_it_went(
    story: Story, reported: Reported, blind: Blind
) -> None:
    reported("a: 1", "a: 2")
    compare_story(story.pk)
    flag = dismiss()
    blind("a: 1")
    flag.refresh_from_db()
    assert (flag.status, flag.status_before) == ("superseded", "dismissed")
    blind()
    flag.refresh_from_db()
    assert (flag.status, flag.status_before) == ("dismissed", "")


def test_reports_that_come_to_agree_settle_their_flag(story: Story, reported: Reported) -> None:
    first, _ = reported("a: 1", "a: 2")
    compare_story(story.pk)
    renew(first, "a: 2")
    assert Discrepancy.objects.get().status == "settled"
    assert Point.objects.get().verdict == "agree"


def test_a_confirmed_flag_with_the_same_values_gets_new_words_only(
    story: Story, reported: Reported
) -> None:
    reported("a: 1", "a: 2")
    compare_story(story.pk)
    Discrepancy.objects.update(status=Discrepancy.Status.CONFIRMED, explanation="Older words.")
    compare_story(story.pk)
    flag = Discrepancy.objects.get()
    assert (flag.status, flag.explanation) == ("confirmed", "The figures differ: 1, 2.")
