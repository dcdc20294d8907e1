"""A decision on a page that lacks what others did meanwhile: the page is not called new."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Decision, Discrepancy
from claims.services import deciding
from reader.models import Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story
from tests.claims.test_deciding_views import htmx, page_of, post

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


class TestAPageThatIsBehind:
    @pytest.fixture
    def second(self, compared: Compared) -> Discrepancy:
        point = compared.points[0]
        return factories.make_discrepancy(point, claims_of(point), kind="certainty", rule="other")

    def decided(
        self, client: Client, compared: Compared, revision: int | str, **sent: str
    ) -> HttpResponse:
        target = f"article#flag-{compared.flag.pk}"
        form = {"action": "confirm", "page_revision": revision, **sent}
        return post(client, compared.flag, target, **form)

    def revision(self, compared: Compared) -> int:
        return Story.objects.values_list("revision", flat=True).get(pk=compared.story.pk)

    def test_a_page_that_shows_all_else_counts_as_new(
        self, client: Client, compared: Compared
    ) -> None:
        page = self.revision(compared)
        assertContains(client.get(page_of(compared)), f'name="page_revision" value="{page}"')
        answer = self.decided(client, compared, page)
        assertContains(answer, f"seen={page + 1}")
        assertContains(answer, f'name="page_revision" value="{page + 1}"')
        assertNotContains(answer, "Show the new state")

    def test_what_another_decided_meanwhile_is_told(
        self, client: Client, compared: Compared, second: Discrepancy
    ) -> None:
        page = self.revision(compared)
        other = factories.make_member(compared.story.desk, Role.EDITOR, "otto")
        deciding.decide(
            person=other,
            discrepancy_id=second.pk,
            row_version=second.row_version,
            action="confirm",
        )
        answer = self.decided(client, compared, page)
        assertContains(answer, "Show the new state")
        assertContains(answer, "Press u to undo. The story has changed since you opened it.")
        assertContains(answer, f'name="page_revision" value="{page}"')
        again = client.post(
            reverse("claims:undo", args=[Decision.objects.order_by("-pk")[0].pk]),
            {"page_revision": page},
            headers=htmx(f"article#flag-{compared.flag.pk}"),
        )
        assertContains(again, "Show the new state")

    def test_a_refusal_leaves_the_page_as_new_as_it_was(
        self, client: Client, compared: Compared
    ) -> None:
        page = self.revision(compared)
        answer = self.decided(client, compared, page, action="dismiss")
        assertContains(answer, f"seen={page}", status_code=422)
        assertNotContains(answer, "Show the new state", status_code=422)

    @pytest.mark.parametrize("given", ["", "x", "-1", "9" * 40])
    def test_a_page_that_cannot_say_counts_as_behind(
        self, client: Client, compared: Compared, given: str
    ) -> None:
        assertContains(self.decided(client, compared, given), "Show the new state")
