"""What fact-checkers do to claims."""

from typing import Any

import pytest
from django.db import connection

from claims.models import Claim, Decision, Discrepancy, DiscrepancyClaim, Point
from claims.services import annotating, claim_facts, comparing, readings_checked
from claims.services.changes import Refused, Stale
from claims.services.quoting import Target
from claims.stored_reading import SCHEMA
from reader.models import AuditEntry, Role, Story, User
from tests import factories, jobs
from tests.claims.compared import Compared, claims_of, compared_story

QUOTE = "They train at five grounds"


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER)


@pytest.fixture
def claim(compared: Compared) -> Claim:
    """A figure of the first report, in the flagged point."""
    return claims_of(compared.points[0])[0]


def target_of(claim: Claim) -> Target:
    return Target(start=claim.start, end=claim.end, exact=claim.exact)


def target_at(claim: Claim, exact: str) -> Target:
    start = claim.article_version.text.index(exact)
    return Target(start=start, end=start + len(exact), exact=exact)


def add(person: User, compared: Compared, **given: Any) -> Claim:
    version = compared.articles[0].current_version
    assert version is not None
    start = version.text.index(QUOTE)
    target = Target(start=start, end=start + len(QUOTE), exact=QUOTE)
    wanted = {"target": target, "reading": {}, "place": None, **given}
    return annotating.add_claim(person=person, version_id=version.pk, **wanted)


def edit(person: User, claim: Claim, **given: Any) -> Claim:
    wanted = {"target": target_of(claim), "corrected": {}, "place": claim.point_id, **given}
    return annotating.edit_claim(
        person=person, claim_id=claim.pk, row_version=claim.row_version, **wanted
    )


def set_status(person: User, claim: Claim, status: str, note: str = "") -> Claim:
    return annotating.set_status(
        person=person,
        claim_id=claim.pk,
        row_version=claim.row_version,
        status=status,
        note=note,
    )


def place(person: User, claim: Claim, where: int | str | None) -> Claim:
    return annotating.place_claim(
        person=person, claim_id=claim.pk, row_version=claim.row_version, place=where
    )


def test_a_claim_marked_by_hand_is_accepted_and_has_an_author(
    person: User, compared: Compared
) -> None:
    made = add(person, compared, place=compared.points[0].pk)
    assert (made.made_by, made.author, made.status) == ("person", person, "accepted")
    assert (made.point, made.point_by) == (compared.points[0], "person")
    assert (made.exact, made.suffix) == (QUOTE, ". <b>Nothing</b> else is known."[:32])


def test_the_engine_places_a_hand_made_claim_that_got_no_point(
    person: User, compared: Compared
) -> None:
    made = add(person, compared)
    assert (made.point, made.point_by) == (None, "engine")


def test_a_hand_made_claim_is_known_and_searched_by_its_reading(
    person: User, compared: Compared
) -> None:
    figure = {"low": "5", "high": "5", "unit": "ground", "start": 98, "end": 102}
    made = add(person, compared, reading={"schema": SCHEMA, "quantities": [figure]})
    made.refresh_from_db()
    assert (made.reading_kind, made.slot, made.unit) == ("quantity", 98, "ground")
    assert made.reading["schema"] == SCHEMA
    assert 5 in made.amount


def test_a_new_point_is_made_by_its_label(person: User, compared: Compared) -> None:
    made = add(person, compared, place="  Where they\u202e train ")
    assert made.point is not None
    assert (made.point.label, made.point.label_by) == ("Where they train", "person")
    assert made.point.position == 3


@pytest.mark.parametrize("label", ["", " \n ", "x" * 301])
def test_a_point_needs_a_label_of_bearable_length(
    person: User, compared: Compared, label: str
) -> None:
    with pytest.raises(Refused):
        add(person, compared, place=label)
    assert Point.objects.count() == 3


@pytest.mark.parametrize(
    "target",
    [
        Target(start=0, end=5, exact="about"),
        Target(start=5, end=5, exact=""),
        Target(start=6, end=5, exact=""),
        Target(start=-3, end=-1, exact="wn"),
        Target(start=0, end=99_999, exact="About"),
    ],
    ids=["other words", "empty", "backwards", "negative", "past the end"],
)
def test_words_that_do_not_stand_there_are_refused(
    person: User, compared: Compared, claim: Claim, target: Target
) -> None:
    with pytest.raises(Refused, match="do not stand at this place"):
        add(person, compared, target=target)
    with pytest.raises(Refused, match="do not stand at this place"):
        edit(person, claim, target=target)


def test_what_the_database_refuses_becomes_a_sentence(
    person: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotating, "refuse_other_words", lambda text, target: None)
    monkeypatch.setattr(claim_facts, "quote", lambda text, start, end: {"exact": "other words"})
    with pytest.raises(Refused, match="do not stand at this place"):
        edit(person, claim, target=Target(start=0, end=11, exact="other words"))


def test_a_corrected_field_stands_over_the_engine_s(person: User, claim: Claim) -> None:
    figure = {**claim.reading["quantities"][0], "low": "4000", "high": "4000"}
    edited = edit(person, claim, corrected={"quantities": [figure], "certainty": "hedged"})
    assert edited.overrides["quantities"] == [figure]
    assert edited.effective["certainty"] == edited.certainty == "hedged"
    assert 4000 in edited.amount
    assert edited.reading == claim.reading
    assert (edited.status, edited.row_version) == ("accepted", 2)


def test_a_field_set_back_to_the_engine_s_is_no_correction_any_more(
    person: User, claim: Claim
) -> None:
    edited = edit(person, claim, corrected={"certainty": "hedged", "place": "the port"})
    edited = edit(person, edited, corrected={"certainty": claim.reading["certainty"]})
    assert edited.overrides == {"schema": SCHEMA, "place": "the port"}
    edited = edit(person, edited, corrected={"place": None})
    assert edited.overrides == {}


def test_the_same_number_written_otherwise_is_no_correction(person: User, claim: Claim) -> None:
    figure = {**claim.reading["quantities"][0], "low": "950.00"}
    edited = edit(person, claim, corrected={"quantities": [figure]})
    assert edited.overrides == {}


def test_a_moved_span_remembers_where_the_engine_found_the_claim(
    person: User, claim: Claim
) -> None:
    was = claim.found_span
    edited = edit(person, claim, target=target_at(claim, "1,000 soldiers"))
    assert edited.exact == "1,000 soldiers"
    assert edited.prefix == "About "
    assert edited.found_span == was
    edited = edit(person, edited, target=Target(start=was[0], end=was[1], exact=claim.exact))
    assert (edited.found_start, edited.found_end) == (None, None)


def test_an_uncertain_place_is_sure_once_a_person_saved_it(person: User, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(anchor_state="orphan")
    claim.refresh_from_db()
    assert edit(person, claim).anchor_state == "exact"


def test_saving_a_suggestion_as_it_is_accepts_it_and_once_more_is_refused(
    person: User, claim: Claim
) -> None:
    edited = edit(person, claim)
    assert edited.status == "accepted"
    with pytest.raises(Refused, match="Nothing was changed"):
        edit(person, edited)


def test_an_edit_is_on_record_field_by_field_without_article_text(
    person: User, claim: Claim
) -> None:
    edited = edit(
        person,
        claim,
        target=target_at(claim, "1,000 soldiers"),
        corrected={"certainty": "hedged"},
        place="Another",
    )
    entry = AuditEntry.objects.get(action="claims.claim.edit")
    decision = Decision.objects.get(claim=claim)
    assert entry.actor == person
    assert entry.after["decision"] == decision.pk
    assert decision.values == {
        "before": {
            "start": 0,
            "end": 36,
            "found_start": None,
            "found_end": None,
            "status": "suggested",
            "point": claim.point_id,
            "point_by": "engine",
            "certainty": "attributed",
            "corrected": [],
        },
        "after": {
            "start": 6,
            "end": 20,
            "found_start": 0,
            "found_end": 36,
            "status": "accepted",
            "point": edited.point_id,
            "point_by": "person",
            "certainty": "hedged",
            "corrected": ["certainty"],
        },
    }
    assert "soldiers" not in str(entry.before) + str(entry.after)


def test_who_was_slower_is_told_and_changes_nothing(person: User, claim: Claim) -> None:
    edit(person, claim, corrected={"certainty": "hedged"})
    for act in (
        lambda: edit(person, claim, corrected={"certainty": "asserted"}),
        lambda: set_status(person, claim, "rejected"),
        lambda: place(person, claim, None),
    ):
        with pytest.raises(Stale) as refused:
            act()
        assert refused.value.current.row_version == 2
    claim.refresh_from_db()
    assert (claim.certainty, claim.status, claim.row_version) == ("hedged", "accepted", 2)
    assert Decision.objects.count() == 1


def test_a_claim_of_an_older_text_stays_as_it_is(
    person: User, compared: Compared, claim: Claim
) -> None:
    factories.make_version(compared.articles[0], "All is different now.")
    with pytest.raises(Refused, match="newer text"):
        edit(person, claim, corrected={"certainty": "hedged"})
    with pytest.raises(Refused, match="newer text"):
        annotating.add_claim(
            person=person,
            version_id=claim.article_version_id,
            target=target_of(claim),
            reading={},
            place=None,
        )


def test_a_closed_story_refuses_every_change(
    person: User, compared: Compared, claim: Claim
) -> None:
    Story.objects.filter(pk=compared.story.pk).update(status=Story.Status.CLOSED)
    report = compared.articles[0].pk
    for act in (
        lambda: add(person, compared),
        lambda: edit(person, claim, corrected={"certainty": "hedged"}),
        lambda: set_status(person, claim, "accepted"),
        lambda: place(person, claim, None),
        lambda: annotating.set_all(person=person, article_id=report, status="accepted", expected=3),
    ):
        with pytest.raises(Refused, match="closed"):
            act()
    assert Decision.objects.count() == AuditEntry.objects.count() == 0


def test_a_claim_that_the_engine_no_longer_finds_is_not_edited(person: User, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(status="withdrawn", status_before="suggested")
    with pytest.raises(Refused, match="no longer finds"):
        set_status(person, claim, "accepted")


def test_a_rejected_claim_supports_no_flag_from_then_on(
    person: User, compared: Compared, claim: Claim
) -> None:
    rejected = set_status(person, claim, "rejected", note="A subheading, not a claim.")
    compared.flag.refresh_from_db()
    assert rejected.status == "rejected"
    assert (compared.flag.status, compared.flag.status_before) == ("superseded", "open")
    superseded = AuditEntry.objects.get(action="claims.discrepancy.superseded")
    assert superseded.act_id == AuditEntry.objects.get(action="claims.claim.reject").act_id
    assert Decision.objects.get().note == "A subheading, not a claim."


def test_accepting_a_suggestion_compares_nothing_again_and_rejecting_does(
    person: User, claim: Claim
) -> None:
    accepted = set_status(person, claim, "accepted")
    assert jobs.waiting() == []
    rejected = set_status(person, accepted, "rejected")
    assert jobs.waiting() == [{"story_id": claim.story_id}]
    assert Story.objects.get(pk=claim.story_id).revision > 3
    assert set_status(person, rejected, "suggested").status == "suggested"


def test_a_claim_marked_by_hand_is_never_a_suggestion(person: User, compared: Compared) -> None:
    with pytest.raises(Refused, match="marked by hand"):
        set_status(person, add(person, compared), "suggested")


@pytest.mark.parametrize("status", ["withdrawn", "", "open"])
def test_only_people_s_words_are_taken_for_a_status(
    person: User, claim: Claim, status: str
) -> None:
    with pytest.raises(Refused):
        set_status(person, claim, status)


def test_a_claim_goes_into_another_point_and_its_flags_stay_behind(
    person: User, compared: Compared, claim: Claim
) -> None:
    moved = place(person, claim, compared.points[2].pk)
    compared.flag.refresh_from_db()
    assert (moved.point_id, moved.point_by) == (compared.points[2].pk, "person")
    assert compared.flag.status == "superseded"
    left = DiscrepancyClaim.objects.filter(discrepancy=compared.flag)
    assert [link.claim_id for link in left] == [claims_of(compared.points[0])[0].pk]


def test_a_detached_claim_stays_out_and_an_emptied_point_is_retired(
    person: User, compared: Compared
) -> None:
    for claim in claims_of(compared.points[1]):
        detached = place(person, claim, None)
        assert (detached.point_id, detached.point_by) == (None, "person")
    compared.points[1].refresh_from_db()
    assert compared.points[1].status == "retired"


def test_naming_the_engine_s_point_pins_the_claim_there(person: User, claim: Claim) -> None:
    pinned = place(person, claim, claim.point_id)
    assert (pinned.point_id, pinned.point_by) == (claim.point_id, "person")
    with pytest.raises(Refused, match="Nothing was changed"):
        place(person, pinned, claim.point_id)


@pytest.mark.parametrize(
    ("status", "said"), [("closed", "is closed"), ("retired", "no longer in use")]
)
def test_a_point_that_is_not_open_takes_no_claim(
    person: User, compared: Compared, claim: Claim, status: str, said: str
) -> None:
    Point.objects.filter(pk=compared.points[2].pk).update(status=status)
    with pytest.raises(Refused, match=said):
        place(person, claim, compared.points[2].pk)


def test_a_point_of_another_story_takes_no_claim(person: User, claim: Claim) -> None:
    with pytest.raises(Refused, match="does not exist"):
        place(person, claim, compared_story().points[0].pk)


def test_all_suggestions_of_a_report_are_accepted_in_one_act(
    person: User, compared: Compared
) -> None:
    report = compared.articles[0]
    done = annotating.set_all(person=person, article_id=report.pk, status="accepted", expected=3)
    assert done == 3
    mine = Claim.objects.filter(article_version=report.current_version)
    assert {claim.status for claim in mine} == {"accepted"}
    assert Claim.objects.filter(status="suggested").count() == 3
    assert Decision.objects.filter(action="accept").count() == 3
    assert len(set(AuditEntry.objects.values_list("act_id", flat=True))) == 1


def test_all_suggestions_are_rejected_with_their_flags(person: User, compared: Compared) -> None:
    annotating.set_all(
        person=person, article_id=compared.articles[0].pk, status="rejected", expected=3
    )
    compared.flag.refresh_from_db()
    assert compared.flag.status == "superseded"


@pytest.mark.parametrize("expected", [0, 2, 4])
def test_another_number_than_the_person_saw_is_refused(
    person: User, compared: Compared, expected: int
) -> None:
    with pytest.raises(Refused, match="There are 3 suggestions now"):
        annotating.set_all(
            person=person,
            article_id=compared.articles[0].pk,
            status="accepted",
            expected=expected,
        )
    assert Decision.objects.count() == 0


BAD_FIELDS: list[dict[str, Any]] = [
    {"frames": None},
    {"certainty": "sure"},
    {"certainty": None},
    {"certainty": ["hedged"]},
    {"place": 5},
    {"place": "x" * 501},
    {"quantities": "3000"},
    {"quantities": [3000]},
    {"quantities": [{"low": "many"}]},
    {"quantities": [{"low": 3000}]},
    {"quantities": [{"low": "NaN"}]},
    {"quantities": [{"low": "Infinity"}]},
    {"quantities": [{"low": "1e999999999"}]},
    {"quantities": [{"high": "1e-999999"}]},
    {"quantities": [{"low": "5", "high": "4"}]},
    {"quantities": [{"unit": "soldier" * 20}]},
    {"quantities": [{"modifier": "roughly"}]},
    {"quantities": [{"role": None}]},
    {"quantities": [{"low_open": "yes"}]},
    {"quantities": [{"per": {"unit": "voter"}}]},
    {"quantities": [{"per": "voter"}]},
    {"quantities": [{"derived": ["x"]}]},
    {"quantities": [{"start": -1}]},
    {"quantities": [{"end": 99_999}]},
    {"quantities": [{"start": True}]},
    {"quantities": [{"colour": "red"}]},
    {"quantities": [{}] * 41},
    {"as_of": "today"},
    {"as_of": {"from": "yesterday"}},
    {"as_of": {"to": "9999-12-31"}},
    {"dates": [{"from": "0999-12-31"}]},
    {"as_of": {"from": "2024-10-05", "to": "2024-10-04"}},
    {"as_of": {"from": "2024-10-05", "start": 1}},
    {"dates": [{"from": "2024-02-30"}]},
    {"attribution": [{"name": "x", "kind": "friend"}]},
    {"attribution": [{"name": 5}]},
    {"response": {"actor": "north korea"}},
    {"response": {"actor": "", "act": "denied"}},
    {"frame": {"subjects": "they"}},
]


@pytest.mark.parametrize("fields", BAD_FIELDS, ids=str)
def test_a_field_that_makes_no_sense_is_refused_by_name(
    person: User, claim: Claim, fields: dict[str, Any]
) -> None:
    with pytest.raises(readings_checked.Unreadable) as refused:
        edit(person, claim, corrected=fields)
    assert refused.value.field == next(iter(fields))
    assert Decision.objects.count() == 0


def test_a_field_is_stored_complete_and_clean(person: User, claim: Claim) -> None:
    edited = edit(
        person,
        claim,
        corrected={
            "quantities": [{"low": "3000", "unit": " soldier\x00 "}],
            "as_of": {"from": None, "to": None},
            "attribution": [{"name": "the\u00a0ministry", "kind": "institution"}],
        },
    )
    edited.refresh_from_db()
    figure = edited.overrides["quantities"][0]
    assert (figure["unit"], figure["modifier"], figure["role"]) == ("soldier", "exact", "total")
    assert (figure["start"], figure["end"]) == (claim.start, claim.end)
    assert edited.overrides["as_of"] is None
    assert edited.overrides["attribution"][0]["name"] == "the ministry"


@pytest.mark.django_db
def test_what_a_person_set_survives_a_comparison(story: Story, reported: Any) -> None:
    article, _other = reported("troops: 3000", "troops: 4000")
    comparing.compare_story(story.pk)
    person = factories.make_member(story.desk, Role.FACT_CHECKER)
    claim = Claim.objects.get(article_version__article=article)
    edited = edit(
        person,
        claim,
        target=target_at(claim, "3000"),
        corrected={"certainty": "hedged"},
        place="By hand",
    )
    comparing.compare_story(story.pk)
    claim.refresh_from_db()
    assert (claim.exact, claim.overrides, claim.point_id, claim.status) == (
        "3000",
        {"schema": SCHEMA, "certainty": "hedged"},
        edited.point_id,
        "accepted",
    )
    assert Claim.objects.filter(article_version__article=article).count() == 1


def test_the_flags_keys_hold_again_after_every_change(
    person: User, compared: Compared, claim: Claim
) -> None:
    place(person, claim, compared.points[2].pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Discrepancy.objects.get().claims.count() == 1
