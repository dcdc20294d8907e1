"""A claim that two people change at once, and what a save brings back to the page."""

import re

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from claims.models import Claim, MadeBy, Point
from reader.models import ArticleVersion, Role, User
from tests import factories
from tests.claims.claim_forms import PANEL, address, fields, on_page, signed_in
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
def version(compared: Compared) -> ArticleVersion:
    found = compared.articles[0].current_version
    assert found is not None
    return found


def test_two_people_see_both_claims_and_nothing_typed_is_lost(
    visitor: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    mine = fields(visitor.get(address(claim)), figure="1,700", speaker="a sailor")
    editor = factories.make_member(compared.story.desk, Role.EDITOR, "anna")
    theirs = signed_in(editor)
    theirs.post(address(claim), fields(theirs.get(address(claim)), figure="1,500"))

    refused = visitor.post(address(claim), mine, headers=on_page(compared.story))
    assert refused.status_code == 409
    card, form = refused.context["card"], refused.context["form"]
    assert card.their_name == "anna"
    sides = {row.what: (row.theirs, row.yours) for row in card.differences}
    assert sides["Figure"][0].startswith("about 1,500 soldiers")
    assert sides["Figure"][1].startswith("about 1,700 soldiers")
    assert sides["Who says it"] == ("the ministry", "a sailor")
    assert form["figure"].value() == "1,700"

    over = visitor.post(address(claim), fields(refused))
    assert over.status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["quantities"][0]["low"] == "1615.00"
    assert claim.overrides["attribution"][0]["name"] == "a sailor"


def test_a_comparison_in_between_refuses_nobodys_save(visitor: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(visitor.get(address(claim)), figure="1,700")
    elsewhere = compared.points[2].pk
    for flag in compared.points[0].discrepancies.all():
        flag.links.all().delete()
    Claim.objects.filter(pk=claim.pk).update(
        row_version=F("row_version") + 1, point=Point.objects.get(pk=elsewhere)
    )
    assert visitor.post(address(claim), form).status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["quantities"][0]["low"] == "1615.00"
    assert (claim.point_id, claim.point_by) == (elsewhere, MadeBy.ENGINE)


def test_a_save_beside_the_columns_brings_the_fragments_that_differ(
    visitor: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(visitor.get(address(claim)), figure="1,700")
    answer = visitor.post(address(claim), form, headers=on_page(compared.story))
    body = answer.content.decode()
    targets = re.findall(r'hx-target="(#[a-z]+(?:-[0-9a-z]+)*)" hx-swap', body)
    report = compared.articles[0].pk
    assert set(targets) >= {f"#text-{report}", f"#cell-{report}", "#evidence", "#freshness"}
    other = compared.articles[1].pk
    assert f"#text-{other}" not in targets
    assert "<html" not in body
    assert "Corrected by a person" in body
    assert 'data-saved="The claim is saved. The reports are compared again."' in body


def test_a_status_is_changed_in_the_panel(visitor: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    where = reverse("claims:claim_status", args=[claim.pk])
    form = {"row_version": claim.row_version, "status": "rejected"}
    answer = visitor.post(where, form, headers=on_page(compared.story))
    claim.refresh_from_db()
    assert claim.status == "rejected"
    assert "data-saved" in answer.content.decode()
    again = visitor.post(where, form, headers=on_page(compared.story))
    assert again.status_code == 409
    assert "data-claim-form" in again.content.decode()


def test_a_save_on_the_claims_own_page_leaves_it_for_the_story(
    visitor: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(visitor.get(address(claim)), speaker="a sailor")
    here = {**PANEL, "HX-Current-URL": f"http://testserver{address(claim)}"}
    answer = visitor.post(address(claim), form, headers=here)
    story = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    assert answer.headers["HX-Redirect"] == f"{story}?point={claim.point_id}"


@pytest.mark.parametrize(("behind", "told"), [(0, False), (1, True)])
def test_an_accepted_claim_does_not_make_an_older_page_new(
    visitor: Client, compared: Compared, behind: int, told: bool
) -> None:
    claim = claims_of(compared.points[0])[0]
    compared.story.refresh_from_db()
    page = compared.story.revision - behind
    form = {"row_version": claim.row_version, "status": "accepted", "page_revision": page}
    where = reverse("claims:claim_status", args=[claim.pk])
    answer = visitor.post(where, form, headers=on_page(compared.story))
    body = answer.content.decode()
    assert 'data-saved="Accepted.' in body
    assert ("Show the new state" in body) is told
    assert ("The story has changed since you opened it." in body) is told
