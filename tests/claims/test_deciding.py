"""What editors decide about flags, and what becomes of it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from claims.models import Decision, Discrepancy
from claims.services import deciding, undoing
from claims.services.changes import Refused, Stale
from claims.services.comparing import compare_story, request_comparison
from reader.models import AuditEntry, Role, Story, User
from tests import factories, jobs
from tests.claims.compared import Compared, compared_story
from tests.claims.conftest import Blind, Reported, renew


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


def decide(person: User, flag: Discrepancy, action: str, **given: Any) -> Decision:
    flag.refresh_from_db()
    asked = {"row_version": flag.row_version, **given}
    if action == "dismiss":
        asked = {"reason_code": "not_material", **asked}
    return deciding.decide(person=person, discrepancy_id=flag.pk, action=action, **asked)


def status(flag: Discrepancy) -> str:
    return Discrepancy.objects.values_list("status", flat=True).get(pk=flag.pk)


def test_a_confirmation_holds_who_what_and_the_values(person: User, compared: Compared) -> None:
    done = decide(person, compared.flag, "confirm", note="Seen by two of us")
    assert (done.person, done.action, done.note) == (person, "confirm", "Seen by two of us")
    assert (done.old_status, done.new_status) == ("open", "confirmed")
    assert done.values == {
        "before": {"status": "open", "values_key": compared.flag.values_key},
        "after": {"status": "confirmed", "values_key": compared.flag.values_key},
    }
    assert status(compared.flag) == "confirmed"


def test_a_decision_is_one_audited_step_of_the_story(person: User, compared: Compared) -> None:
    decide(person, compared.flag, "dismiss", reason_code="misread", note="Words stay out of it")
    entry = AuditEntry.objects.get(action="claims.discrepancy.dismiss")
    assert (entry.actor, entry.story) == (person, compared.story)
    assert entry.after["reason"] == "misread"
    assert "Words" not in str(entry.after)
    assert Story.objects.get(pk=compared.story.pk).revision == compared.story.revision + 1


def test_a_note_leaves_the_status_as_it_is(person: User, compared: Compared) -> None:
    done = decide(person, compared.flag, "note", note="  Ask \x00Kyiv.\r\n ")
    assert (done.note, done.old_status, done.new_status) == ("Ask Kyiv.", "open", "open")
    assert status(compared.flag) == "open"


def test_a_decision_compares_nothing_again(person: User, compared: Compared) -> None:
    decide(person, compared.flag, "confirm")
    story = Story.objects.get(pk=compared.story.pk)
    assert story.texts_revision == compared.story.texts_revision


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("dismiss", {"reason_code": ""}),
        ("dismiss", {"reason_code": "because"}),
        ("dismiss", {"reason_code": "other"}),
        ("dismiss", {"reason_code": "other", "note": " \n\x00"}),
        ("note", {"note": "   "}),
        ("confirm", {"note": "x" * (deciding.NOTE_LIMIT + 1)}),
        ("settle", {}),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    person: User, compared: Compared, action: str, given: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        decide(person, compared.flag, action, **given)
    assert not Decision.objects.exists()


def test_a_decision_that_stands_is_not_made_twice(person: User, compared: Compared) -> None:
    decide(person, compared.flag, "confirm")
    with pytest.raises(Refused):
        decide(person, compared.flag, "confirm")
    decide(person, compared.flag, "dismiss")
    assert status(compared.flag) == "dismissed"


def test_a_flag_no_longer_found_cannot_be_decided(person: User, compared: Compared) -> None:
    done = decide(person, compared.flag, "confirm")
    Discrepancy.objects.filter(pk=compared.flag.pk).update(status="superseded")
    for action in ("confirm", "dismiss", "note"):
        with pytest.raises(Refused, match="no longer finds"):
            decide(person, compared.flag, action, note="x")
    with pytest.raises(Refused, match="no longer finds"):
        deciding.reverse(done, person)


def test_a_flag_of_a_closed_story_cannot_be_decided(person: User, compared: Compared) -> None:
    Story.objects.filter(pk=compared.story.pk).update(status=Story.Status.CLOSED)
    with pytest.raises(Refused, match="closed"):
        decide(person, compared.flag, "confirm")


def test_who_comes_second_is_told_what_the_first_decided(person: User, compared: Compared) -> None:
    seen = compared.flag.row_version
    decide(person, compared.flag, "dismiss")
    with pytest.raises(Stale) as told:
        decide(person, compared.flag, "confirm", row_version=seen)
    assert isinstance(told.value.current, Discrepancy)
    assert told.value.current.status == "dismissed"


class TestUndo:
    def test_it_sets_the_status_before_and_names_what_it_undoes(
        self, person: User, compared: Compared
    ) -> None:
        first = decide(person, compared.flag, "confirm")
        second = decide(person, compared.flag, "dismiss")
        undone = undoing.undo(person=person, decision_id=second.pk)
        assert (undone.action, undone.undoes, undone.new_status) == ("undo", second, "confirmed")
        undoing.undo(person=person, decision_id=first.pk)
        assert status(compared.flag) == "open"

    def test_an_older_decision_and_an_undone_one_are_refused(
        self, person: User, compared: Compared
    ) -> None:
        first = decide(person, compared.flag, "confirm")
        second = decide(person, compared.flag, "dismiss")
        with pytest.raises(Refused):
            undoing.undo(person=person, decision_id=first.pk)
        undone = undoing.undo(person=person, decision_id=second.pk)
        for pk in (second.pk, undone.pk):
            with pytest.raises(Refused):
                undoing.undo(person=person, decision_id=pk)
        assert status(compared.flag) == "confirmed"

    def test_a_note_taken_back_stays_on_record(self, person: User, compared: Compared) -> None:
        decide(person, compared.flag, "confirm")
        note = decide(person, compared.flag, "note", note="Wrong flag")
        undoing.undo(person=person, decision_id=note.pk)
        assert Decision.objects.get(pk=note.pk).note == "Wrong flag"
        assert status(compared.flag) == "confirmed"

    def test_a_version_that_was_overtaken_is_refused(
        self, person: User, compared: Compared
    ) -> None:
        done = decide(person, compared.flag, "confirm")
        with pytest.raises(Stale):
            deciding.reverse(done, person, row_version=1)

    def test_it_does_not_reach_behind_changed_values(
        self, person: User, compared: Compared
    ) -> None:
        done = decide(person, compared.flag, "confirm")
        Discrepancy.objects.filter(pk=compared.flag.pk).update(values_key="f" * 64)
        with pytest.raises(Refused, match="have changed"):
            undoing.undo(person=person, decision_id=done.pk)


class TestComparingAgain:
    @pytest.fixture
    def flag(self, story: Story, reported: Reported) -> Discrepancy:
        reported("troops: 3000", "troops: 4000")
        compare_story(story.pk)
        return Discrepancy.objects.get()

    @pytest.fixture
    def editor(self, story: Story) -> User:
        return factories.make_member(story.desk, Role.EDITOR)

    def test_a_dismissal_outlives_an_unchanged_report(
        self, story: Story, flag: Discrepancy, editor: User
    ) -> None:
        decide(editor, flag, "dismiss")
        request_comparison(story.pk)
        compare_story(story.pk)
        assert status(flag) == "dismissed"

    def test_a_dismissal_outlives_a_change_elsewhere_in_a_report(
        self, story: Story, flag: Discrepancy, editor: User
    ) -> None:
        decide(editor, flag, "dismiss")
        renew(story.articles.order_by("pk")[0], "Updated at noon. troops: 3000")
        assert status(flag) == "dismissed"

    def test_a_changed_figure_opens_it_again_and_the_decision_stays(
        self, story: Story, flag: Discrepancy, editor: User
    ) -> None:
        done = decide(editor, flag, "dismiss", reason_code="outdated")
        renew(story.articles.order_by("pk")[0], "troops: 3500")
        assert status(flag) == "open"
        assert Decision.objects.get(discrepancy=flag) == done
        with pytest.raises(Refused, match="have changed"):
            undoing.undo(person=editor, decision_id=done.pk)
        decide(editor, flag, "dismiss")
        assert status(flag) == "dismissed"

    def test_a_flag_found_again_comes_back_as_it_was_decided(
        self, story: Story, flag: Discrepancy, editor: User, blind: Blind
    ) -> None:
        decide(editor, flag, "confirm")
        blind("troops: 3000")
        assert status(flag) == "superseded"
        compare_story(story.pk)
        assert status(flag) == "confirmed"

    def test_it_keeps_the_time_at_which_it_was_first_found(
        self, story: Story, flag: Discrepancy
    ) -> None:
        renew(story.articles.order_by("pk")[0], "troops: 3500")
        assert Discrepancy.objects.get().found_at == flag.found_at


@pytest.fixture
def _queue(transactional_db: None) -> Iterator[None]:
    yield
    jobs.forget_all()


@pytest.mark.usefixtures("_queue")
def test_of_many_who_decide_at_once_one_does_and_the_others_are_told() -> None:
    compared = compared_story()
    people = [factories.make_member(compared.story.desk, Role.EDITOR) for _ in range(6)]
    seen = compared.flag.row_version
    start = threading.Barrier(len(people))

    def try_to(person: User) -> str:
        start.wait()
        try:
            action = "confirm" if person.pk % 2 else "dismiss"
            return decide_as_seen(person, compared.flag.pk, seen, action)
        except Stale as told:
            return f"told {told.current.status}"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        ends = list(pool.map(try_to, people))
    final = Discrepancy.objects.get(pk=compared.flag.pk)
    assert sorted(ends) == sorted([str(final.status), *[f"told {final.status}"] * 5])
    assert final.row_version == seen + 1
    assert Decision.objects.count() == 1


def decide_as_seen(person: User, flag: int, row_version: int, action: str) -> str:
    done = deciding.decide(
        person=person,
        discrepancy_id=flag,
        row_version=row_version,
        action=action,
        reason_code="not_material" if action == "dismiss" else "",
    )
    return done.new_status
