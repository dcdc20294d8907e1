"""Decisions hold for the values they were made on: the real import and the real engine."""

from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Claim, Decision, Discrepancy, Point
from claims.services import annotating
from claims.services.comparing import compare_story
from claims.services.deciding import decide
from claims.services.quoting import Target
from claims.services.undoing import undo
from reader.models import ArticleVersion, AuditEntry, Role, Story, User
from tests import factories

POLICE = (
    "Police said that 12 people were injured in the harbour fire on Monday. The fire destroyed "
    "four warehouses near the old port. Divers are looking for a boat."
)
HOSPITAL = (
    "The hospital said that {} people were injured in the harbour fire on Monday. Rain fell all "
    "night. The council thanked the crews from the neighbouring towns."
)
MAYOR = "The mayor said that {} people were injured in the harbour fire on Monday."


class Desk:
    """A story of two reports, as an admin imports them from files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.story = factories.make_story(slug="harbour-fire")
        self.person = factories.make_member(self.story.desk, Role.EDITOR)
        self.bring_in("police", POLICE)
        self.bring("hospital", HOSPITAL.format(19))

    def bring(self, name: str, text: str) -> None:
        """Import a report, again or for the first time, and compare."""
        self.bring_in(name, text)
        compare_story(self.story.pk)

    def bring_in(self, name: str, text: str) -> None:
        """Import a report."""
        path = self.folder / f"{name}.txt"
        path.write_text(f"{name.capitalize()} on the fire\n\n{text}\n", encoding="utf-8")
        call_command(
            "import_articles",
            str(path),
            story="harbour-fire",
            source=f"The {name}",
            published="2025-03-11",
            verbosity=0,
        )

    def dismiss(self) -> Discrepancy:
        """Dismiss the one open flag."""
        flag = Discrepancy.objects.get(status="open")
        decide(
            person=self.person,
            discrepancy_id=flag.pk,
            row_version=flag.row_version,
            action="dismiss",
            reason_code="not_same_thing",
        )
        return flag


@pytest.fixture
def desk(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path)


def reopened() -> list[int | None]:
    """The flags that were opened again, oldest first."""
    entries = AuditEntry.objects.filter(action="claims.discrepancy.reopened").order_by("pk")
    return [entry.object_id for entry in entries]


def injured(value: int) -> Claim:
    """The claim of a present text that speaks of so many injured."""
    return Claim.objects.shown().get(
        exact__contains=f"{value} people", article_version__article__current_version__isnull=False
    )


def correct(person: User, claim: Claim, value: str) -> None:
    """Say that the claim's figure is another one."""
    figure = {**claim.reading["quantities"][0], "low": value, "high": value}
    annotating.edit_claim(
        person=person,
        claim_id=claim.pk,
        row_version=claim.row_version,
        target=Target(start=claim.start, end=claim.end, exact=claim.exact),
        corrected={"quantities": [figure]},
        place=claim.point_id,
    )
    compare_story(claim.story_id)


def test_dismissed_and_imported_unchanged_stays_dismissed(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring("police", POLICE)
    desk.bring("hospital", HOSPITAL.format(19))
    assert ArticleVersion.objects.count() == 2
    after = Discrepancy.objects.get()
    assert (after.pk, after.status) == (flag.pk, "dismissed")


def test_dismissed_stays_so_when_a_new_text_gives_the_same_figure(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring("hospital", f"Rain fell all night. {HOSPITAL.format(19)}")
    assert ArticleVersion.objects.count() == 3
    after = Discrepancy.objects.get()
    assert (after.pk, after.status, reopened()) == (flag.pk, "dismissed", [])


def test_dismissed_stays_so_when_both_texts_are_new_at_once(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring_in("police", f"{POLICE} Ferries run again.")
    desk.bring("hospital", f"Rain fell all night. {HOSPITAL.format(19)}")
    assert ArticleVersion.objects.count() == 4
    after = Discrepancy.objects.found().get()
    assert (after.pk, after.status, reopened()) == (flag.pk, "dismissed", [])


def test_a_changed_figure_opens_it_again_with_the_old_reason(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring("hospital", HOSPITAL.format(24))
    after = Discrepancy.objects.get()
    assert (after.pk, after.status) == (flag.pk, "open")
    assert "24 people" in after.explanation
    assert after.decisions.get().reason_code == "not_same_thing"
    assert reopened() == [flag.pk]
    assert Point.objects.shown().get().pk == flag.point_id


def test_a_figure_that_changes_and_changes_back_is_found_with_its_decision(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring("hospital", HOSPITAL.format(12))
    assert Discrepancy.objects.get().status == "superseded"
    desk.bring("hospital", HOSPITAL.format(19) + " Rain fell.")
    after = Discrepancy.objects.get()
    assert (after.pk, after.status) == (flag.pk, "dismissed")


def test_a_correction_of_the_value_opens_it_again(desk: Desk) -> None:
    flag = desk.dismiss()
    correct(desk.person, injured(19), "17")
    after = Discrepancy.objects.get()
    assert (after.pk, after.status, reopened()) == (flag.pk, "open", [flag.pk])
    assert "17 people" in after.explanation
    assert "19" not in after.explanation


def test_a_correction_that_agrees_ends_it_and_its_undoing_brings_it_back_dismissed(
    desk: Desk,
) -> None:
    flag = desk.dismiss()
    correct(desk.person, injured(19), "12")
    assert Discrepancy.objects.get().status == "superseded"
    correct(desk.person, injured(19), "19")
    after = Discrepancy.objects.get()
    assert (after.pk, after.status, reopened()) == (flag.pk, "dismissed", [])


def test_an_accepted_claim_changes_nothing_of_a_decision(desk: Desk) -> None:
    flag = desk.dismiss()
    claim = injured(19)
    annotating.set_status(
        person=desk.person, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
    )
    compare_story(desk.story.pk)
    assert Discrepancy.objects.get(status="dismissed") == flag


def test_a_third_report_with_a_known_figure_changes_nothing(desk: Desk) -> None:
    flag = desk.dismiss()
    desk.bring("mayor", MAYOR.format(19))
    after = Discrepancy.objects.get(status="dismissed")
    assert (after.pk, after.links.count()) == (flag.pk, 3)


def test_a_rejected_claim_leaves_the_decision_with_what_is_left(desk: Desk) -> None:
    desk.bring("mayor", MAYOR.format(31))
    flag = desk.dismiss()
    claim = injured(31)
    annotating.set_status(
        person=desk.person, claim_id=claim.pk, row_version=claim.row_version, status="rejected"
    )
    compare_story(desk.story.pk)
    after = Discrepancy.objects.get()
    assert (after.pk, after.status) == (flag.pk, "open")
    assert after.decisions.get().reason_code == "not_same_thing"
    story = Story.objects.get()
    assert story.comparison_state == "ready"


def restored() -> list[dict[str, object]]:
    """What the trail says of flags that are again as they were decided, oldest first."""
    entries = AuditEntry.objects.filter(action="claims.discrepancy.restored").order_by("pk")
    return [{"before": one.before["status"], "after": one.after["status"]} for one in entries]


def undo_last() -> None:
    newest = Decision.objects.filter(undoes__isnull=True, undone_by__isnull=True).latest("pk")
    undo(person=newest.person, decision_id=newest.pk)


def test_a_correction_undone_brings_the_dismissal_back(desk: Desk) -> None:
    flag = desk.dismiss()
    correct(desk.person, injured(19), "25")
    assert Discrepancy.objects.get().status == "open"
    undo_last()
    compare_story(desk.story.pk)
    after = Discrepancy.objects.get()
    assert (after.pk, after.status, after.values_key) == (flag.pk, "dismissed", flag.values_key)
    assert restored() == [{"before": "open", "after": "dismissed"}]
    undo_last()  # the dismissal stands, so it can be taken back
    assert Discrepancy.objects.get().status == "open"


def test_corrections_are_taken_back_one_by_one_on_a_newer_text(desk: Desk) -> None:
    correct(desk.person, injured(19), "25")
    correct(desk.person, injured(19), "26")
    desk.bring("hospital", f"Rain fell all night. {HOSPITAL.format(19)}")
    undo_last()
    claim = injured(19)
    (figure,) = claim.overrides["quantities"]
    assert (figure["low"], claim.article_version.number) == ("25", 2)
    assert claim.start <= figure["start"] < figure["end"] <= claim.end
    undo_last()
    assert (injured(19).overrides, injured(19).status) == ({}, "suggested")


def test_a_dismissal_taken_back_is_not_brought_back_by_its_values(desk: Desk) -> None:
    desk.dismiss()
    undo_last()
    correct(desk.person, injured(19), "25")
    undo_last()
    compare_story(desk.story.pk)
    assert (Discrepancy.objects.get().status, restored()) == ("open", [])


def test_only_the_newest_decision_comes_back_with_its_values(desk: Desk) -> None:
    flag = desk.dismiss()
    correct(desk.person, injured(19), "25")
    flag.refresh_from_db()
    decide(
        person=desk.person, discrepancy_id=flag.pk, row_version=flag.row_version, action="confirm"
    )
    claim = Claim.objects.get(overrides__has_key="quantities")
    correct(desk.person, claim, "19")
    assert (Discrepancy.objects.get().status, restored()) == ("open", [])
