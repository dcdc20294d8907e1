"""What of a flag's conflict the page goes on showing once somebody decided on it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.comparison import build_comparison
from claims.models import Discrepancy
from reader.models import Role, User
from tests import factories
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def client(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def post(client: Client, flag: Discrepancy, **sent: str) -> Any:
    """The answer to a decision that htmx sends from the flag's card."""
    return client.post(
        reverse("claims:decide", args=[flag.pk]),
        {"row_version": flag.row_version, "seen": 0, **sent},
        headers={
            "HX-Request": "true",
            "HX-Request-Type": "partial",
            "HX-Target": f"article#flag-{flag.pk}",
        },
    )


def test_a_confirmed_flag_is_still_shown_as_a_conflict(
    client: Client, compared: Compared, editor: User
) -> None:
    before = build_comparison(compared.story, editor)
    answer = post(client, compared.flag, action="confirm")
    assertNotContains(answer, 'data-mark-kinds="{}"')
    assertContains(answer, "Confirmed</span>")
    after = build_comparison(compared.story, editor)
    assert after.kinds == before.kinds
    assert [column.html for column in after.columns] == [column.html for column in before.columns]
    assert before.chosen is not None
    assert after.chosen is not None
    assert after.chosen.cells == before.chosen.cells
    assert {cell.tone for cell in after.chosen.cells.values()} == {"tone-flag"}
    assert after.chosen.plot is not None
    assert before.chosen.plot is not None
    drawn = [drawing.svg for drawing in before.chosen.plot.drawings]
    assert [drawing.svg for drawing in after.chosen.plot.drawings] == drawn
    assert (before.open_flags, after.open_flags) == (1, 0)


def test_a_dismissed_flag_is_shown_as_a_conflict_no_more(
    client: Client, compared: Compared, editor: User
) -> None:
    sent = {"action": "dismiss", "reason_code": "same_value"}
    assertContains(post(client, compared.flag, **sent), 'data-mark-kinds="{}"')
    chosen = build_comparison(compared.story, editor).chosen
    assert chosen is not None
    assert "tone-flag" not in {cell.tone for cell in chosen.cells.values()}
