"""Who may do what in the administration: every address x role x method. One without a row fails.

A row gives what the desk's admin, another desk's admin and a superuser get. All others are sent to
the sign-in, whatever the method. PUT and PATCH are left out: Django's pages ask for POST only.
"""

from collections.abc import Iterator, Mapping

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reader.models import Source, User
from tests import factories
from tests.personas import make_personas
from tests.reader.test_admin import fill

Statuses = tuple[int, int, int]
Row = Mapping[str, Statuses]
METHODS = ("get", "post", "delete")
INSIDE = ("admin", "outsider", "root")

ALL, NOBODY, OWN, ROOT = (200, 200, 200), (403, 403, 403), (200, 404, 200), (403, 403, 200)
NOT_KNOWN, AWAY = (405, 405, 405), (302, 302, 302)


def row(get: Statuses, post: Statuses | None = None, delete: Statuses | None = None) -> Row:
    """POST and any other method answer as GET does where nothing else is said."""
    return {"get": get, "post": post or get, "delete": delete or get}


SERVICES = [  # services write these, people look at those of their desk
    "claims_alias",
    "claims_claim",
    "claims_counterpart",
    "claims_decision",
    "claims_discrepancy",
    "claims_point",
    "claims_ruleswitch",
    "reader_article",
    "reader_articleversion",
    "reader_auditentry",
    "reader_desk",
    "reader_importitem",
    "reader_invitation",
    "reader_membership",
    "reader_source",
    "reader_story",
    "reader_user",
]
ROWS: dict[str, Row] = {
    **{f"{model}_changelist": row(ALL) for model in SERVICES},
    **{f"{model}_history": row(OWN) for model in SERVICES},
    **{f"{model}_add": row(NOBODY) for model in SERVICES},
    **{f"{model}_delete": row(NOBODY) for model in SERVICES},
    **{f"{model}_change": row(OWN, NOBODY) for model in SERVICES},
    # and some of them may be changed
    "claims_alias_add": row(ALL),
    "claims_alias_change": row(OWN),
    "claims_alias_delete": row(OWN),
    "claims_ruleswitch_switch": row(OWN, (422, 404, 422), OWN),
    "reader_article_change": row(OWN),
    "reader_desk_add": row(ROOT),
    "reader_desk_change": row(OWN),
    "reader_membership_add": row(ALL),
    "reader_invitation_add": row(ALL),
    "reader_membership_change": row(OWN),
    "reader_membership_delete": row(OWN),
    "reader_source_add": row(ALL),
    "reader_source_change": row(ALL, ROOT),  # sources are shared by all desks
    "reader_source_history": row(ALL),
    "reader_story_change": row(OWN),
    "reader_user_add": row(ALL),
    "reader_user_change": row(OWN, (403, 404, 200)),
    "auth_user_password_change": row((403, 404, 200)),
    # the queue is the superusers'; there is no job in it
    "procrastinate_procrastinatejob_add": row(NOBODY),
    "procrastinate_procrastinatejob_change": row((403, 403, 302), NOBODY),
    "procrastinate_procrastinatejob_changelist": row(ROOT),
    "procrastinate_procrastinatejob_delete": row(NOBODY),
    "procrastinate_procrastinatejob_history": row(AWAY),
    # Django's own
    "app_list": row(ALL),
    "autocomplete": row(NOBODY, NOT_KNOWN, NOT_KNOWN),
    "index": row(ALL),
    "jsi18n": row(ALL, NOT_KNOWN, NOT_KNOWN),
    "login": row(AWAY),
    "logout": row(NOT_KNOWN, AWAY),
    "password_change": row(AWAY),  # to the page that everybody has
    "password_change_done": row(ALL, NOT_KNOWN, NOT_KNOWN),
    "view_on_site": row((404, 404, 404)),
}


def admin_patterns(
    patterns: list[URLPattern | URLResolver], *, inside: bool = False
) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = inside or pattern.namespace == "admin"
            yield from admin_patterns(pattern.url_patterns, inside=within)
        elif inside:
            yield pattern


def test_every_address_of_the_administration_has_a_row() -> None:
    patterns = list(admin_patterns(get_resolver().url_patterns))
    assert {pattern.name for pattern in patterns if pattern.name} == set(ROWS)
    # the rest leads from old addresses to the present ones, and to the sign-in where there is none
    unnamed = {str(pattern.pattern) for pattern in patterns if not pattern.name}
    assert unnamed == {"<path:object_id>/", "(?P<url>.*)$"}


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    root = factories.make_user("root", is_superuser=True)
    return {"anonymous": None, **dict(make_personas()), "root": root}


@pytest.fixture
def addresses(people: dict[str, User | None]) -> dict[str, str]:
    """The address of each row, for things of the personas' desk."""
    admin = people["admin"]
    assert admin is not None
    rows = fill(admin.memberships.get().desk, admin)
    ids = {model._meta.label_lower.replace(".", "_"): item.pk for model, item in rows.items()}
    ids["reader_source"] = Source.objects.values_list("pk", flat=True)[0]
    arguments: dict[str, dict[str, object]] = {
        "app_list": {"app_label": "reader"},
        "claims_ruleswitch_switch": {"desk_id": ids["reader_desk"], "rule": "actor-sets"},
        "auth_user_password_change": {"id": ids["reader_user"]},
        "password_change": {},
        "view_on_site": {"content_type_id": 1, "object_id": 1},
    }
    found = {}
    for name in ROWS:
        model, _, what = name.rpartition("_")
        of_one = {"object_id": ids.get(model, 1)} if what in ("change", "delete", "history") else {}
        found[name] = reverse(f"admin:{name}", kwargs=arguments.get(name, of_one))
    return found


def expected_status(name: str, method: str, person: str) -> int:
    if person in INSIDE:
        return ROWS[name][method][INSIDE.index(person)]
    # the sign-in itself tells who is signed in already that this is not theirs
    knows = person not in ("anonymous", "deactivated")
    return 403 if name == "login" and knows else 302


@pytest.mark.parametrize("method", METHODS)
def test_who_may_do_what_in_the_administration(
    method: str, people: dict[str, User | None], addresses: dict[str, str]
) -> None:
    got, expected = {}, {}
    for name, url in addresses.items():
        for person, user in people.items():
            client = Client()
            if user is not None:
                client.force_login(user)
            got[name, person] = getattr(client, method)(url).status_code
            expected[name, person] = expected_status(name, method, person)
    wrong = {
        what: (status, expected[what]) for what, status in got.items() if status != expected[what]
    }
    assert not wrong
