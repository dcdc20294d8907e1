"""How the history names things, and what it keeps from whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from claims.services import annotating
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story
from tests.plain_sql import run
from tests.reader.told import told, url

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


@pytest.fixture
def client(signed: Signed) -> Client:
    return signed(Role.READER)


@pytest.mark.parametrize("kind", ["claims.discrepancy", "claims.point", "claims.claim"])
def test_the_history_of_a_thing_of_the_story_can_be_empty(
    kind: str, client: Client, compared: Compared, story: Story
) -> None:
    things = {
        "claims.discrepancy": (compared.flag.pk, "the quantity flag on “Soldiers in the port”"),
        "claims.point": (compared.points[1].pk, "The answer"),
        "claims.claim": (claims_of(compared.points[1])[0].pk, "The government denied it"),
    }
    pk, name = things[kind]
    text = told(client, story, object=f"{kind}:{pk}")
    assert f"All that happened to {name}" in text
    assert "Nothing has happened here yet" in text


@pytest.mark.parametrize("kind", ["claims.discrepancy", "claims.point", "claims.claim"])
def test_another_storys_things_are_not_found(kind: str, client: Client, story: Story) -> None:
    other = compared_story()
    things = {
        "claims.discrepancy": other.flag.pk,
        "claims.point": other.points[0].pk,
        "claims.claim": claims_of(other.points[0])[0].pk,
    }
    assert client.get(url(story), {"object": f"{kind}:{things[kind]}"}).status_code == 404


def test_nothing_of_a_hidden_reports_claims_is_told_to_those_who_may_not_see_it(
    client: Client, signed: Signed, compared: Compared, story: Story, editor: User
) -> None:
    claim = claims_of(compared.points[0])[0]
    annotating.set_status(
        person=editor,
        claim_id=claim.pk,
        row_version=claim.row_version,
        status="rejected",
        note="Quotes: port",
    )
    Article.objects.filter(pk=compared.articles[0].pk).update(status="taken_down")
    page = client.get(url(story))
    assertContains(page, "a report that is not shown")
    for secret in (claim.exact, f"{story.slug} source 1", "Quotes: port"):
        assertNotContains(page, secret)
    assertContains(signed(Role.ADMIN).get(url(story)), claim.exact)


def test_a_claim_whose_words_were_erased_is_told_by_its_normal_form(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    claim = claims_of(compared.points[0])[0]
    annotating.set_status(
        person=editor, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
    )
    run("SET LOCAL parallax.erasure = 'on'")
    run(
        """UPDATE reader_articleversion
           SET text = '', blocks = '[]', body_html = '', erased_at = now() WHERE id = %s""",
        claim.article_version_id,
    )
    run("SET LOCAL parallax.erasure = 'off'")
    run("UPDATE claims_claim SET exact = '', prefix = '', suffix = '' WHERE id = %s", claim.pk)
    assert "accepted the claim ≈ 1,000 of" in told(client, story)
