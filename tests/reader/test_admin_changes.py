"""What may be changed in the administration, and what a change brings with it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reader.models import AuditEntry, Desk, Membership, Role, Source, Story, User
from reader.services.stories import rename_story
from tests import factories, jobs
from tests.personas import Personas, make_personas
from tests.reader.admin_client import post_row, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Personas:
    return make_personas()


@pytest.fixture
def root(db: None) -> User:
    return factories.make_user("root", is_superuser=True)


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
    assert entry.before.keys() == entry.after.keys()
    assert entry.after == {
        "title_sha256": factories.sha256("Put right"),
        "published_at": str(moved),
    }
    article.story.refresh_from_db()
    assert article.story.comparison_state == "pending"
    assert jobs.waiting() == [{"story_id": article.story_id}]


@pytest.mark.parametrize(
    "change",
    [
        {"published_zone": "Mars/Phobos"},
        {"published_zone": "localtime"},
        {"published_zone": "Factory"},
        {"published_at": datetime(1, 1, 1, tzinfo=UTC)},
        {"published_at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)},
    ],
)
def test_a_published_time_that_no_page_could_show_is_refused(
    people: Personas, change: dict[str, object]
) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    assert post_row(signed_in(people.admin), article, **change) == 200
    article.refresh_from_db()
    assert (article.published_zone, article.published_at) == ("UTC", factories.PUBLISHED)


def test_a_byline_changes_the_page_but_not_the_comparison(people: Personas) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    post_row(signed_in(people.admin), article, byline="Ana Ruiz")
    article.story.refresh_from_db()
    assert (article.story.revision, article.story.texts_revision) == (1, 0)
    assert jobs.waiting() == []


def test_a_source_that_is_renamed_changes_its_stories_and_no_other(
    people: Personas, root: User
) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    other = factories.make_article(factories.make_story(people.desk))
    client = signed_in(root)
    post_row(client, article.source, kind="agency")
    article.story.refresh_from_db()
    assert (article.story.revision, jobs.waiting()) == (1, [])
    post_row(client, article.source, name="Harbour Wire")
    article.story.refresh_from_db()
    other.story.refresh_from_db()
    assert article.story.revision > 1
    assert other.story.revision == 0
    assert jobs.waiting() == [{"story_id": article.story_id}]


@pytest.mark.parametrize("change", [{"zone": "Asia/Tokyo"}, {"holding_days": 3}])
def test_a_desks_way_of_reading_dates_changes_its_stories(
    people: Personas, change: dict[str, object]
) -> None:
    stories = [factories.make_story(people.desk) for _ in range(2)]
    elsewhere = factories.make_story()
    client = signed_in(people.admin)
    post_row(client, people.desk, name="World")
    assert jobs.waiting() == []
    post_row(client, people.desk, **change)
    assert jobs.waiting() == [{"story_id": story.pk} for story in stories]
    revisions = dict(Story.objects.values_list("pk", "revision"))
    assert revisions.pop(elsewhere.pk) == 0
    assert min(revisions.values()) > 1


def test_a_persons_new_name_makes_no_copy_of_an_older_page_hold(
    people: Personas, root: User
) -> None:
    theirs = factories.make_story(people.desk)
    left = factories.make_story(title="A port")
    rename_story(story_id=left.pk, person=people.editor, seen="A port", title="Two ports")
    elsewhere = factories.make_story()
    client = signed_in(root)
    post_row(client, people.editor, email="vera@example.org")
    before = dict(Story.objects.values_list("pk", "revision"))
    post_row(client, people.editor, first_name="Vera", last_name="Moss")
    after = dict(Story.objects.values_list("pk", "revision"))
    assert {pk for pk in after if after[pk] != before[pk]} == {theirs.pk, left.pk}
    assert elsewhere.pk in after
    assert jobs.waiting() == []


def test_a_story_that_is_opened_again_is_compared(people: Personas) -> None:
    closed = Story.Status.CLOSED
    story = factories.make_story(people.desk, status=closed, texts_revision=1)
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
    data |= {"initial-title": story.title, "initial-status": "open"}
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


def test_a_changed_password_is_recorded_and_is_not_in_the_record(
    people: Personas, root: User
) -> None:
    person = people.editor
    page = reverse("admin:auth_user_password_change", args=[person.pk])
    new = "a long enough password"
    client = signed_in(root)
    assert client.post(page, {"password1": new, "password2": "x"}).status_code == 200
    assert not AuditEntry.objects.exists()
    right = {"password1": new, "password2": new, "usable_password": "true"}
    assert client.post(page, right).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id, entry.before, entry.after) == (
        "reader.user.password_changed",
        root,
        person.pk,
        {},
        {},
    )
    missing = reverse("admin:auth_user_password_change", args=[0])
    assert client.get(missing).status_code in (403, 404)


DIRTY = "  Harbour\u200b\n Wire\x1b\u202e "


def test_titles_names_and_bylines_are_cleaned_as_in_an_import(people: Personas, root: User) -> None:
    client = signed_in(root)
    article = factories.make_article(factories.make_story(people.desk))
    rows = {"title": article, "byline": article, "name": article.source}
    for name, row in [*rows.items(), ("title", article.story), ("name", people.desk)]:
        assert post_row(client, row, **{name: DIRTY}) == 302
        row.refresh_from_db()
        assert getattr(row, name) == "Harbour Wire"


@pytest.mark.parametrize("title", ["\u200b", "\u2060 \ufeff", "\u202e\u202c"])
def test_a_title_of_which_nothing_can_be_seen_is_none(people: Personas, title: str) -> None:
    story = factories.make_story(people.desk)
    assert post_row(signed_in(people.admin), story, title=title) == 200
    before = story.title
    story.refresh_from_db()
    assert story.title == before


def test_addresses_and_slugs_keep_their_own_rules(root: User) -> None:
    client = signed_in(root)
    desk = {"name": "Sport", "slug": "not a slug", "zone": "UTC", "holding_days": 3}
    assert client.post(url(Desk, "add"), desk).status_code == 200
    source = {"name": "Harbour", "kind": "outlet", "language": "en", "home_page": "not a page"}
    assert client.post(url(Source, "add"), source).status_code == 200
    source["home_page"] = "harbour.example"
    assert client.post(url(Source, "add"), source).status_code == 302
    assert Source.objects.get().home_page == "https://harbour.example"


def test_sources_are_added_by_admins_and_changed_by_superusers(
    people: Personas, root: User
) -> None:
    source = factories.make_source("Harbour Wire")
    data = {"name": "Harbour Post", "kind": "outlet", "language": "en"}
    client = signed_in(people.admin)
    assert client.post(url(Source, "change", source.pk), data).status_code == 403
    assert client.post(url(Source, "add"), data).status_code == 302
    data |= {f"initial-{name}": str(getattr(source, name)) for name in data}
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
