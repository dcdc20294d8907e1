"""Undo from the history: what is offered to whom, and where it leads."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Discrepancy
from claims.services import annotating, deciding, undoing
from reader.models import Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story
from tests.reader.told import url

pytestmark = pytest.mark.django_db
Signed = Callable[[Role], Client]


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def story(compared: Compared) -> Story:
    return compared.story


@pytest.fixture
def editor(story: Story) -> User:
    return factories.make_member(story.desk, Role.EDITOR, "ada", first_name="Ada")


@pytest.fixture
def signed(story: Story) -> Signed:
    def sign_in(role: Role) -> Client:
        client = Client()
        client.force_login(factories.make_member(story.desk, role))
        return client

    return sign_in


def dismiss(flag: Discrepancy, editor: User) -> int:
    flag.refresh_from_db()
    return deciding.decide(
        person=editor,
        discrepancy_id=flag.pk,
        row_version=flag.row_version,
        action="dismiss",
        reason_code="misread",
    ).pk


def undo_offered(client: Client, story: Story) -> list[str]:
    page = client.get(url(story)).content.decode()
    return [part.split('"')[0] for part in page.split('action="/decisions/')[1:]]


def test_undo_is_offered_for_the_newest_standing_decision_to_those_who_may(
    signed: Signed, compared: Compared, story: Story, editor: User
) -> None:
    older = dismiss(compared.flag, editor)
    flag = Discrepancy.objects.get(pk=compared.flag.pk)
    newer = deciding.decide(
        person=editor, discrepancy_id=flag.pk, row_version=flag.row_version, action="confirm"
    ).pk
    claim = claims_of(compared.points[1])[0]
    annotating.set_status(
        person=editor, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
    )
    marked = claim.decisions.get().pk
    assert undo_offered(signed(Role.EDITOR), story) == [f"{marked}/undo/", f"{newer}/undo/"]
    assert undo_offered(signed(Role.FACT_CHECKER), story) == [f"{marked}/undo/"]
    assert undo_offered(signed(Role.READER), story) == []
    undoing.undo(person=editor, decision_id=newer)
    assert undo_offered(signed(Role.EDITOR), story) == [f"{marked}/undo/", f"{older}/undo/"]


def test_a_closed_story_offers_no_undo(
    signed: Signed, compared: Compared, story: Story, editor: User
) -> None:
    dismiss(compared.flag, editor)
    Story.objects.filter(pk=story.pk).update(status="closed")
    assert undo_offered(signed(Role.EDITOR), story) == []


def test_a_decision_is_undone_from_the_history_and_leads_back_to_it(
    signed: Signed, compared: Compared, story: Story, editor: User
) -> None:
    decision = dismiss(compared.flag, editor)
    client = signed(Role.EDITOR)
    answer = client.post(reverse("claims:undo", args=[decision]), {"next": url(story)})
    assert answer.status_code in (302, 303)
    assert answer["Location"] == url(story)
    compared.flag.refresh_from_db()
    assert compared.flag.status == "open"
