"""Who may see and do what."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from claims.models import Claim, Decision, Discrepancy, Point
from reader import access
from reader.models import Article, ArticleVersion, AuditEntry, Desk, Role, Story, User
from tests import factories
from tests.personas import Personas, make_personas

pytestmark = pytest.mark.django_db

ROLES = {
    "reader": Role.READER,
    "factchecker": Role.FACT_CHECKER,
    "editor": Role.EDITOR,
    "admin": Role.ADMIN,
}


@pytest.fixture
def people() -> Personas:
    return make_personas()


def outcome(ask: Callable[[], object]) -> str:
    try:
        ask()
    except Http404:
        return "404"
    except PermissionDenied:
        return "403"
    return "yes"


def test_each_role_includes_the_ones_before_it(people: Personas) -> None:
    names = list(ROLES)
    for name, user in people:
        for wanted, role in ROLES.items():
            got = outcome(lambda: access.require_role(user, people.desk, role))  # noqa: B023
            if name not in ROLES:
                assert got == "404"
            else:
                assert got == ("yes" if names.index(name) >= names.index(wanted) else "403")


def test_a_superuser_without_a_role_is_a_stranger_to_the_pages(people: Personas) -> None:
    root = factories.make_user(is_superuser=True)
    assert access.role_on(root, people.desk) is None
    assert outcome(lambda: access.require_role(root, people.desk, Role.READER)) == "404"


def test_a_story_is_found_by_its_desks_members_only(people: Personas) -> None:
    story = factories.make_story(people.desk)
    for name, user in people:
        expected = "yes" if name in ROLES else "404"
        assert outcome(lambda: access.get_story_for(user, story.slug)) == expected  # noqa: B023
    assert access.get_story_for(people.reader, story.slug) == story


def test_a_story_that_is_none_looks_like_another_desks(people: Personas) -> None:
    assert outcome(lambda: access.get_story_for(people.admin, "no-such-story")) == "404"


def test_a_getter_may_ask_for_more_than_reading(people: Personas) -> None:
    story = factories.make_story(people.desk)
    ask = access.get_story_for
    assert outcome(lambda: ask(people.factchecker, story.slug, Role.EDITOR)) == "403"
    assert outcome(lambda: ask(people.outsider, story.slug, Role.EDITOR)) == "404"
    assert outcome(lambda: ask(people.editor, story.slug, Role.EDITOR)) == "yes"


@pytest.mark.parametrize("status", Article.Status.values)
def test_what_is_not_live_exists_for_admins_only(people: Personas, status: str) -> None:
    article = factories.make_article(factories.make_story(people.desk), status=status)
    expected = "yes" if status == "live" else "404"
    assert outcome(lambda: access.get_article_for(people.editor, article.pk)) == expected
    assert outcome(lambda: access.get_article_for(people.admin, article.pk)) == "yes"
    assert outcome(lambda: access.get_article_for(people.outsider, article.pk)) == "404"
    assert outcome(lambda: access.get_article_for(people.admin, article.pk + 1)) == "404"


def test_desks_by_role_leave_out_lower_roles_and_the_deactivated(people: Personas) -> None:
    desks = access.desks_with_role
    assert desks(people.editor, Role.EDITOR) == desks(people.admin, Role.EDITOR) == [people.desk]
    assert desks(people.reader, Role.EDITOR) == desks(people.deactivated, Role.READER) == []


def one_of_each(desk: Desk, person: User) -> None:
    """A row of every kind that lies below a story of the desk."""
    claim = factories.make_claim(factories.make_article(factories.make_story(desk)).versions.get())
    discrepancy = factories.make_discrepancy(factories.make_point(claims=[claim]), [claim])
    factories.make_decision(person, discrepancy)
    AuditEntry.objects.create(
        act_id="00000000-0000-0000-0000-000000000000",
        action="a.b.c",
        object_type="reader.story",
        object_id=claim.story_id,
        story=claim.story,
        actor_name="x",
    )


@pytest.mark.parametrize(
    "model", [Story, Article, ArticleVersion, AuditEntry, Claim, Point, Discrepancy, Decision]
)
def test_sets_hold_what_is_of_the_persons_desks(
    people: Personas, model: type[models.Model]
) -> None:
    one_of_each(people.desk, people.editor)
    one_of_each(factories.make_desk(), people.editor)
    for name, user in people:
        seen = model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
        assert len(seen) == (1 if name in ROLES else 0)


def test_a_person_on_two_desks_sees_each_story_once(people: Personas) -> None:
    stories = {factories.make_story(people.desk), factories.make_story()}
    for story in stories:
        access_desk = story.desk
        if access_desk != people.desk:
            access_desk.memberships.create(user=people.reader, role=Role.EDITOR)
    assert sorted(Story.objects.visible_to(people.reader), key=lambda s: s.pk) == sorted(
        stories, key=lambda s: s.pk
    )
