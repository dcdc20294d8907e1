"""The administration by desk: who gets in, what each sees, what nobody can do."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.models import Claim, Decision, Discrepancy, Point
from reader import audit
from reader.models import (
    Article,
    ArticleVersion,
    AuditEntry,
    Desk,
    ImportItem,
    Membership,
    Role,
    Source,
    Story,
    User,
)
from tests import factories, jobs
from tests.personas import Personas, make_personas

pytestmark = pytest.mark.django_db

BY_DESK = [
    Article,
    ArticleVersion,
    AuditEntry,
    Claim,
    Decision,
    Desk,
    Discrepancy,
    ImportItem,
    Membership,
    Point,
    Story,
    User,
]
READ_ONLY = [ArticleVersion, AuditEntry, Claim, Decision, Discrepancy, ImportItem, Point]


@pytest.fixture
def people() -> Personas:
    return make_personas()


@pytest.fixture
def root(db: None) -> User:
    return factories.make_user("root", is_superuser=True)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(model: type[models.Model], what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{what}", args=args)


def fill(desk: Desk, author: User) -> dict[type[models.Model], models.Model]:
    """One row of each kind on the desk."""
    claim = factories.make_claim(factories.make_article(factories.make_story(desk)).versions.get())
    point = factories.make_point(claims=[claim])
    discrepancy = factories.make_discrepancy(point, [claim])
    member = factories.make_member(desk, Role.READER)
    return {
        Article: claim.article_version.article,
        ArticleVersion: claim.article_version,
        AuditEntry: audit.record("a.b.c", target=claim, actor=None),
        Claim: claim,
        Decision: factories.make_decision(author, discrepancy),
        Desk: desk,
        Discrepancy: discrepancy,
        ImportItem: factories.make_import_item(claim.story),
        Membership: member.memberships.get(),
        Point: point,
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


@pytest.mark.parametrize("model", [*BY_DESK, Source])
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
    assert client.post(url(model, "add"), {}).status_code == 403


def post_row(client: Client, row: models.Model, **changes: object) -> int:
    """Save the change page as a browser does, with some fields changed."""
    page = client.get(url(type(row), "change", row.pk))
    form = page.context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = changes.get(name, form.initial.get(name))
        if isinstance(value, datetime):
            data[f"{name}_0"], data[f"{name}_1"] = f"{value:%Y-%m-%d}", f"{value:%H:%M:%S}"
        elif value not in (None, False):
            data[name] = str(field.prepare_value(value))
    return client.post(url(type(row), "change", row.pk), data).status_code


def test_a_changed_article_is_audited_and_compared_again(people: Personas) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    moved = datetime(2024, 10, 24, 8, 0, tzinfo=UTC)
    client = signed_in(people.admin)
    assert post_row(client, article, title="Put right", published_at=moved) == 302
    article.refresh_from_db()
    assert (article.title, article.published_at) == ("Put right", moved)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.story) == (
        "reader.article.changed",
        people.admin,
        article.story,
    )
    assert entry.after == {"title": "Put right", "published_at": str(moved)}
    article.story.refresh_from_db()
    assert article.story.comparison_state == "pending"
    assert jobs.waiting() == [{"story_id": article.story_id}]


def test_a_byline_changes_the_page_but_not_the_comparison(people: Personas) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    post_row(signed_in(people.admin), article, byline="Ana Ruiz")
    article.story.refresh_from_db()
    assert (article.story.revision, article.story.texts_revision) == (1, 0)
    assert jobs.waiting() == []


def test_a_story_that_is_opened_again_is_compared(people: Personas) -> None:
    story = factories.make_story(people.desk, status=Story.Status.CLOSED)
    client = signed_in(people.admin)
    post_row(client, story, status="open")
    assert jobs.waiting() == [{"story_id": story.pk}]
    post_row(client, story, status="closed", title="Shut")
    story.refresh_from_db()
    assert (story.status, story.title, len(jobs.waiting())) == ("closed", "Shut", 1)


def test_fields_that_are_not_editable_stay_whatever_is_posted(people: Personas) -> None:
    story = factories.make_story(people.desk)
    before = story.slug
    data = {"title": "Other", "status": "open", "slug": "taken-over", "revision": 99}
    signed_in(people.admin).post(url(Story, "change", story.pk), data)
    story.refresh_from_db()
    assert (story.title, story.slug, story.revision) == ("Other", before, 1)


def test_an_admin_adds_a_person_and_gives_them_a_role_on_their_desk(people: Personas) -> None:
    client = signed_in(people.admin)
    password = "a long enough password"
    data = {
        "username": "newcomer",
        "email": "n@example.org",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    assert client.post(url(User, "add"), data).status_code == 302
    person = User.objects.get(username="newcomer")
    assert (person.is_superuser, person.is_staff) == (False, False)
    assert person.check_password(password)
    role = {"user": person.pk, "desk": people.desk.pk, "role": "editor"}
    assert client.post(url(Membership, "add"), role).status_code == 302
    assert person.memberships.get().role == "editor"
    assert password not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize("who", ["theirs", "root", "elsewhere"])
def test_an_admin_gives_no_role_on_another_desk_nor_to_its_people(
    people: Personas, root: User, who: str
) -> None:
    elsewhere = factories.make_desk()
    member = factories.make_member(elsewhere, Role.READER)
    free = factories.make_user()
    role = {
        "theirs": {"user": free.pk, "desk": elsewhere.pk},
        "root": {"user": root.pk, "desk": people.desk.pk},
        "elsewhere": {"user": member.pk, "desk": people.desk.pk},
    }[who]
    before = Membership.objects.count()
    response = signed_in(people.admin).post(url(Membership, "add"), {**role, "role": "admin"})
    assert response.status_code == 200
    assert Membership.objects.count() == before


def test_an_admin_changes_no_account_and_no_password(people: Personas) -> None:
    client = signed_in(people.admin)
    before = people.editor.password
    data = {"is_superuser": "on", "username": "other"}
    assert client.post(url(User, "change", people.editor.pk), data).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[people.editor.pk])
    assert client.get(password).status_code in (403, 404)
    assert client.post(password, {"password1": "x" * 14}).status_code in (403, 404)
    people.editor.refresh_from_db()
    assert (people.editor.password, people.editor.is_superuser) == (before, False)


def test_a_superuser_deactivates_a_person(people: Personas, root: User) -> None:
    post_row(signed_in(root), people.editor, is_active=False)
    people.editor.refresh_from_db()
    assert people.editor.is_active is False
    assert AuditEntry.objects.get().action == "reader.user.changed"


def test_sources_are_added_by_admins_and_changed_by_superusers(
    people: Personas, root: User
) -> None:
    source = factories.make_source("Harbour Wire")
    data = {"name": "Harbour Post", "kind": "outlet", "language": "en"}
    client = signed_in(people.admin)
    assert client.post(url(Source, "change", source.pk), data).status_code == 403
    assert client.post(url(Source, "add"), data).status_code == 302
    data["name"] = "Harbour Agency"
    assert signed_in(root).post(url(Source, "change", source.pk), data).status_code == 302
    assert set(Source.objects.values_list("name", flat=True)) == {
        "Harbour Post",
        "Harbour Agency",
    }


def test_only_a_superuser_makes_a_desk(people: Personas, root: User) -> None:
    data = {"name": "Sport", "slug": "sport", "zone": "Europe/Prague", "holding_days": 3}
    assert signed_in(people.admin).post(url(Desk, "add"), data).status_code == 403
    assert signed_in(root).post(url(Desk, "add"), data).status_code == 302
    assert Desk.objects.get(slug="sport").holding_days == 3
    data.update(slug="football", zone="Nowhere/Land")
    assert signed_in(root).post(url(Desk, "add"), data).status_code == 200


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


def test_an_anonymous_request_has_no_desks(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = AnonymousUser()
    assert admin.site.has_permission(request) is False
