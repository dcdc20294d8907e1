"""The administration by desk: who gets in, what each sees, what nobody can do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.models import (
    Alias,
    Claim,
    Counterpart,
    Decision,
    Discrepancy,
    Point,
    RuleSwitch,
)
from reader import audit
from reader.models import (
    Article,
    ArticleVersion,
    AuditEntry,
    Desk,
    ImportItem,
    Invitation,
    Membership,
    Role,
    Source,
    Story,
    User,
)
from tests import factories
from tests.personas import Personas, make_personas
from tests.reader.admin_client import signed_in, url

pytestmark = pytest.mark.django_db

BY_DESK = [
    Alias,
    Article,
    ArticleVersion,
    AuditEntry,
    Claim,
    Counterpart,
    Decision,
    Desk,
    Discrepancy,
    ImportItem,
    Invitation,
    Membership,
    Point,
    RuleSwitch,
    Story,
    User,
]
READ_ONLY = [
    ArticleVersion,
    AuditEntry,
    Claim,
    Counterpart,
    Decision,
    Discrepancy,
    ImportItem,
    Invitation,
    Point,
    RuleSwitch,
]


@pytest.fixture
def people() -> Personas:
    return make_personas()


@pytest.fixture
def root(db: None) -> User:
    return factories.make_user("root", is_superuser=True)


def fill(desk: Desk, author: User) -> dict[type[models.Model], models.Model]:
    """One row of each kind on the desk."""
    claim = factories.make_claim(factories.make_article(factories.make_story(desk)).versions.get())
    point = factories.make_point(claims=[claim])
    discrepancy = factories.make_discrepancy(point, [claim])
    member = factories.make_member(desk, Role.READER)
    return {
        Alias: Alias.objects.get_or_create(desk=desk, name="Elm House", folded="elm house")[0],
        Article: claim.article_version.article,
        ArticleVersion: claim.article_version,
        AuditEntry: audit.record("a.b.c", target=claim, actor=None),
        Claim: claim,
        Counterpart: factories.make_counterpart(
            claim, factories.make_claim(claim.article_version, "Officials")
        ),
        Decision: factories.make_decision(author, discrepancy),
        Desk: desk,
        Discrepancy: discrepancy,
        ImportItem: factories.make_import_item(claim.story),
        Invitation: factories.make_invitation(desk, author)[0],
        Membership: member.memberships.get(),
        Point: point,
        RuleSwitch: RuleSwitch.objects.get_or_create(desk=desk, rule="actor-sets")[0],
        Story: claim.story,
        User: member,
    }


def entry(client: Client, path: str = "/admin/") -> object:
    """What comes of knocking: a status, or where the sign-in is."""
    response = client.get(path, follow=True)
    chain = response.redirect_chain
    return chain[-1][0] if chain and "sign-in" in chain[-1][0] else response.status_code


def test_only_superusers_and_admins_of_a_desk_get_in(people: Personas, root: User) -> None:
    everyone = [*people, ("root", root)]
    got = {name: entry(signed_in(user)) for name, user in everyone}
    assert got == {
        "reader": 403,
        "factchecker": 403,
        "editor": 403,
        "admin": 200,
        "outsider": 200,
        "deactivated": "/sign-in/?next=/admin/",
        "root": 200,
    }


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/admin/", "/admin/"),
        ("/admin/login/", "/admin/"),
        ("/admin/login/?next=https://evil.example/", "/admin/"),
        ("/admin/reader/story/", "/admin/reader/story/"),
    ],
)
def test_a_visitor_is_sent_to_the_one_sign_in_and_back(path: str, back: str) -> None:
    assert entry(Client(), path) == f"/sign-in/?next={back}"


def test_who_is_let_in_never_stands_before_a_sign_in_again(people: Personas) -> None:
    response = signed_in(people.admin).get("/admin/login/?next=/admin/reader/story/")
    assert response["Location"] == "/admin/reader/story/"


def test_staff_without_a_desk_has_no_business_here(db: None) -> None:
    client = signed_in(factories.make_user(is_staff=True))
    assert entry(client, "/admin/reader/story/") == 403


@pytest.mark.parametrize("model", BY_DESK)
def test_an_admin_sees_what_is_of_their_desk_only(
    people: Personas, root: User, model: type[models.Model]
) -> None:
    mine = fill(people.desk, people.editor)[model]
    other = fill(factories.make_desk(), root)[model]
    client = signed_in(people.admin)
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "change", mine.pk)).status_code == 200
    assert client.get(url(model, "change", other.pk)).status_code == 404
    refusal = 403 if model in READ_ONLY else 404  # the first whatever the row
    assert client.post(url(model, "change", other.pk), {}).status_code == refusal
    request = RequestFactory().get("/admin/")
    request.user = people.admin
    seen = set(admin.site.get_model_admin(model).get_queryset(request))
    assert mine in seen
    assert other not in seen


@pytest.mark.parametrize("model", BY_DESK)
def test_a_superuser_sees_all(root: User, people: Personas, model: type[models.Model]) -> None:
    row = fill(people.desk, root)[model]
    client = signed_in(root)
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize(
    "model", [*(model for model in BY_DESK if model not in (Alias, Membership)), Source]
)
def test_nobody_deletes(people: Personas, root: User, model: type[models.Model]) -> None:
    row = fill(people.desk, root).get(model) or factories.make_source()
    for user in (root, people.admin):
        client = signed_in(user)
        assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        client.post(
            url(model, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
    assert type(row)._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_services_write_is_read_only_even_for_superusers(
    people: Personas, root: User, model: type[models.Model]
) -> None:
    row = fill(people.desk, root)[model]
    client = signed_in(root)
    assert client.post(url(model, "change", row.pk), {"status": "accepted"}).status_code == 403
    if model is not Invitation:  # it is sent by adding it
        assert client.post(url(model, "add"), {}).status_code == 403


def test_the_job_queue_is_the_superusers(people: Personas, root: User) -> None:
    queue = reverse("admin:procrastinate_procrastinatejob_changelist")
    assert signed_in(people.admin).get(queue).status_code == 403
    assert signed_in(root).get(queue).status_code == 200


def test_lists_do_not_ask_once_per_row(
    people: Personas, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(3):
        fill(people.desk, people.editor)
    client = signed_in(people.admin)
    for model in BY_DESK:
        with django_assert_max_num_queries(14):
            client.get(url(model, "changelist"))


@pytest.mark.parametrize(
    "asked", ["?status__exact=%00", "?q=%00", "?%00=1", "?status__exact=open&status__exact=%00"]
)
def test_a_filter_that_no_database_can_look_for_is_a_bad_request(root: User, asked: str) -> None:
    assert signed_in(root).get(url(Story, "changelist") + asked).status_code == 400


def test_an_anonymous_request_has_no_desks(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = AnonymousUser()
    assert admin.site.has_permission(request) is False
