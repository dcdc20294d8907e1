"""A claim's form and what happened while it was open: nothing becomes a person's unasked."""

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Discrepancy, DiscrepancyClaim, MadeBy, Point
from claims.services import annotating
from reader.models import Role, User
from tests import factories
from tests.claims.claim_forms import address, fields, new_address, signed_in
from tests.claims.compared import Compared, claims_of, compared_story


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER)


@pytest.fixture
def visitor(person: User) -> Client:
    return signed_in(person)


@pytest.fixture
def claim(compared: Compared) -> Claim:
    return claims_of(compared.points[0])[0]


def compare_again(claim: Claim, **changes: object) -> None:
    """What a comparison writes into a claim."""
    DiscrepancyClaim.objects.filter(claim=claim).delete()
    rows = Claim.objects.filter(pk=claim.pk)
    rows.update(row_version=F("row_version") + 1, **changes)


def test_a_figure_is_cleared_whole_and_asked_for_where_its_unit_stays(
    visitor: Client, claim: Claim
) -> None:
    page = visitor.get(address(claim))
    refused = visitor.post(address(claim), fields(page, figure=""))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["figure"]
    assert visitor.post(address(claim), fields(page, figure="", unit="")).status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["quantities"] == []


def test_what_the_engine_reads_anew_stays_the_engines(visitor: Client, claim: Claim) -> None:
    form = fields(visitor.get(address(claim)), location="Kursk")
    day = {"from": "2024-11-05", "to": "2024-11-05"}
    compare_again(claim, reading={**claim.reading, "as_of": day})
    assert visitor.post(address(claim), form).status_code == 302
    claim.refresh_from_db()
    assert set(claim.overrides) == {"schema", "place"}
    assert claim.effective["as_of"] == day


@pytest.mark.parametrize("shown", ["", "[]", "{", "1", '{"figure": null}'])
def test_a_browser_that_does_not_say_what_it_showed_is_taken_by_what_is_now(
    shown: str, visitor: Client, claim: Claim
) -> None:
    form = fields(visitor.get(address(claim)), location="Kursk", shown=shown)
    assert visitor.post(address(claim), form).status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["place"] == "Kursk"


def test_a_claim_left_at_its_point_goes_where_a_comparison_puts_it(
    visitor: Client, compared: Compared, claim: Claim
) -> None:
    form = fields(visitor.get(address(claim)), figure="3,000")
    other = compared.points[1]
    compare_again(claim, point=other)
    Discrepancy.objects.update(status=Discrepancy.Status.SUPERSEDED)
    Point.objects.filter(pk=compared.points[0].pk).update(status=Point.Status.RETIRED)
    assert visitor.post(address(claim), form).status_code == 302
    claim.refresh_from_db()
    assert (claim.point_id, claim.point_by) == (other.pk, MadeBy.ENGINE)


def test_a_rejected_claim_of_a_retired_point_is_corrected_where_it_is(
    visitor: Client, compared: Compared, person: User
) -> None:
    for each in claims_of(compared.points[1]):
        annotating.set_status(
            person=person, claim_id=each.pk, row_version=each.row_version, status="rejected"
        )
    rejected = claims_of(compared.points[1])[0]
    form = fields(visitor.get(address(rejected)), location="Seoul")
    del form["home"]  # no choice on the page stands for a point that is no longer there
    assert visitor.post(address(rejected), form).status_code == 302
    rejected.refresh_from_db()
    assert rejected.point_id == compared.points[1].pk


def test_words_over_two_paragraphs_are_marked_without_scripts(
    visitor: Client, compared: Compared, person: User
) -> None:
    version = compared.articles[0].current_version
    assert version is not None
    start, end = version.text.index("said."), version.text.index(" denied it")
    where: dict[str, int] = {"version": version.pk, "start": start, "end": end}
    form = fields(visitor.get(new_address(compared.story), where))
    form["exact"] = form["exact"].replace("\n", "\r\n")  # as browsers send a line's end
    assert visitor.post(new_address(compared.story), form).status_code == 302
    assert Claim.objects.get(author=person).exact == "said.\n\nThe government"


def test_who_was_overtaken_by_themselves_is_told_so_and_keeps_what_others_set(
    visitor: Client, claim: Claim
) -> None:
    page = visitor.get(address(claim))
    visitor.post(address(claim), fields(page, certainty="hedged"))
    refused = visitor.post(address(claim), fields(page, speaker="a sailor"))
    assert refused.status_code == 409
    assert b"You have changed this claim yourself" in refused.content
    assert [row.what for row in refused.context["card"].differences] == ["Who says it"]
    assert refused.context["form"]["certainty"].value() == "hedged"
    assert visitor.post(address(claim), fields(refused)).status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["certainty"] == "hedged"


def test_an_error_in_a_form_does_not_hide_that_somebody_was_faster(
    visitor: Client, compared: Compared, claim: Claim
) -> None:
    page = visitor.get(address(claim))
    editor = factories.make_member(compared.story.desk, Role.EDITOR, "anna")
    theirs = signed_in(editor)
    theirs.post(address(claim), fields(theirs.get(address(claim)), figure="1,500"))
    refused = visitor.post(address(claim), fields(page, figure="many"))
    assert refused.status_code == 422
    again = visitor.post(address(claim), fields(refused, figure="1,700"))
    assert again.status_code == 409
    assert again.context["card"].their_name == "anna"


def test_a_comparison_is_not_taken_for_somebody_else(
    visitor: Client, compared: Compared, claim: Claim
) -> None:
    editor = signed_in(factories.make_member(compared.story.desk, Role.EDITOR))
    seen = {"row_version": claim.row_version, "status": "accepted"}
    flag = {"row_version": compared.flag.row_version, "action": "confirm"}
    where = reverse("claims:point", args=[compared.points[0].pk])
    taken = {"verb": "take_out", "one": f"{claim.pk}-{claim.row_version}"}
    Discrepancy.objects.update(row_version=F("row_version") + 1)
    Claim.objects.update(row_version=F("row_version") + 1)
    answers = (
        visitor.post(reverse("claims:claim_status", args=[claim.pk]), seen),
        visitor.post(where, taken),
        editor.post(reverse("claims:decide", args=[compared.flag.pk]), flag),
    )
    for answer in answers:
        assert answer.status_code == 409
        assert "This has changed since you opened it" in answer.content.decode()
        assert "Somebody else" not in answer.content.decode()
