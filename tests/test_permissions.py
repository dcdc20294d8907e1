"""Who may do what: every address x role x method x kind of request. An address without a row fails.

A row gives what each person gets for the methods that the address knows; all other methods are
refused with 405. Anonymous and deactivated people are always sent to the sign-in page, where the
row does not say otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from claims.models import Claim, Counterpart, Discrepancy, Point
from claims.services import deciding
from reader.models import FeedTrial, ImportItem, Story
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story
from tests.personas import Personas, make_personas

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PLAIN: Mapping[str, str] = {}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#elsewhere"}
STRANGERS = ("anonymous", "deactivated")
MEMBERS = ("reader", "factchecker", "editor", "admin")
EVERYBODY = (*MEMBERS, "outsider")


def everybody(status: int) -> dict[str, int]:
    """The same answer for all who are signed in, on whichever desk."""
    return dict.fromkeys(EVERYBODY, status)


def members(status: int, *, stranger: int = 404) -> dict[str, int]:
    """The same answer for all of the desk; to others it does not exist."""
    return {**dict.fromkeys(MEMBERS, status), "outsider": stranger}


def editors(status: int, *, below: int = 403, stranger: int = 404) -> dict[str, int]:
    """For editors and admins of the desk."""
    above = dict.fromkeys(("editor", "admin"), status)
    return {"reader": below, "factchecker": below, **above, "outsider": stranger}


def admins(status: int, *, below: int = 403, stranger: int = 404) -> dict[str, int]:
    """For admins of the desk."""
    return {**members(below, stranger=stranger), "admin": status}


def open_to_all(status: int) -> dict[str, int]:
    """Also for those who are not signed in."""
    return {**everybody(status), **dict.fromkeys(STRANGERS, status)}


@dataclass(frozen=True, kw_only=True)
class World:
    """What addresses and forms of the table refer to."""

    personas: Personas
    compared: Compared


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address: who gets which status for which method; `form` is what a POST sends."""

    expected: Mapping[str, Mapping[str, int]]
    arguments: Callable[[World], Mapping[str, object]] = lambda world: {}
    form: Callable[[World], Mapping[str, object]] = field(default=lambda world: {})


def read(expected: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
    """A page that is only read."""
    return {"GET": expected, "HEAD": expected}


def slug(world: World) -> dict[str, object]:
    return {"slug": world.compared.story.slug}


def article(world: World) -> dict[str, object]:
    return {"article_id": world.compared.articles[0].pk}


def waiting_import(world: World) -> dict[str, object]:
    """An import of two reports that an admin of the desk has begun, into the desk's story."""
    texts = ("One report.", "Another report.")
    batch = factories.make_read_import(world.personas.admin, world.compared.story, texts)
    return {"batch_id": batch.pk}


def waiting_item(world: World) -> dict[str, object]:
    """The last of its items."""
    waiting_import(world)
    item = ImportItem.objects.latest("pk")
    return {"batch_id": item.batch_id, "item_id": item.pk}


def invitation_link(world: World) -> dict[str, object]:
    """An open invitation to the desk; opening its link uses nothing up."""
    _, token = factories.make_invitation(world.personas.desk, world.personas.admin)
    return {"token": token}


def new_story(world: World) -> dict[str, object]:
    return {"title": "New", "desk": world.personas.desk.pk}


def new_title(world: World) -> dict[str, object]:
    """The title that the person saw, and another; the second to send it sees the first's."""
    story = Story.objects.get(pk=world.compared.story.pk)
    return {"seen": story.title, "title": f"{story.title} again"}


def fact_checkers(status: int, *, below: int = 403, stranger: int = 404) -> dict[str, int]:
    """For fact-checkers, editors and admins of the desk."""
    return {**members(status, stranger=stranger), "reader": below}


def claim(world: World) -> dict[str, object]:
    return {"claim_id": claims_of(world.compared.points[0])[0].pk}


def marked_claim(world: World) -> dict[str, object]:
    """The first words of the first report."""
    version = world.compared.articles[0].current_version
    assert version is not None
    words = {"start": 0, "end": 5, "exact": version.text[:5]}
    return {"version": version.pk, **words, "certainty": "asserted", "home": "none"}


def corrected_claim(world: World) -> dict[str, object]:
    """The claim as it is now, with another place each time."""
    row = claims_of(world.compared.points[0])[0]
    span = {"start": row.start, "end": row.end, "exact": row.exact, "home": str(row.point_id)}
    changed = {"certainty": "hedged", "location": f"port {row.row_version}"}
    return {**span, **changed, "row_version": row.row_version}


def own_claim(world: World) -> dict[str, object]:
    """A claim that is in the point already, where a person put it."""
    row = claims_of(world.compared.points[0])[0]
    Claim.objects.filter(pk=row.pk).update(point_by="person")
    return {"claim": row.pk, "row_version": row.row_version}


def point(world: World) -> dict[str, object]:
    return {"point_id": world.compared.points[0].pk}


def point_plot(world: World) -> dict[str, object]:
    return {**slug(world), **point(world), "form": "svg"}


def other_status(world: World) -> dict[str, object]:
    """The claim as it is now, and a status that it does not have."""
    row = claims_of(world.compared.points[0])[0]
    wanted = "rejected" if row.status == "accepted" else "accepted"
    return {"row_version": row.row_version, "status": wanted}


def all_suggestions(world: World) -> dict[str, object]:
    """One more suggestion in the report, so that there is always something to decide."""
    version = world.compared.articles[0].current_version
    factories.make_claim(version, "The government")
    waiting = Claim.objects.filter(article_version=version, status="suggested")
    return {"status": "accepted", "expected": waiting.count()}


def new_label(world: World) -> dict[str, object]:
    """A label that the point does not have yet."""
    row = Point.objects.get(pk=world.compared.points[0].pk)
    return {
        "verb": "rename",
        "row_version": row.row_version,
        "label": f"Renamed {row.row_version}",
    }


def pair(world: World) -> dict[str, object]:
    """A pair in doubt of a claim of the first point and one of the second."""
    one, other = (claims_of(point)[0] for point in world.compared.points[:2])
    known = Counterpart.objects.filter(claim=one, other=other).first()
    row = known or factories.make_counterpart(one, other)
    return {"counterpart_id": row.pk}


def flag(world: World) -> dict[str, object]:
    return {"discrepancy_id": world.compared.flag.pk}


def note_on_flag(world: World) -> dict[str, object]:
    """A note on the flag as it is now."""
    row = Discrepancy.objects.get(pk=world.compared.flag.pk)
    return {"action": "note", "row_version": row.row_version, "note": "Ask again"}


def decision(world: World) -> dict[str, object]:
    """A decision that can be undone once."""
    done = deciding.decide(
        person=world.personas.editor,
        discrepancy_id=world.compared.flag.pk,
        row_version=Discrepancy.objects.get(pk=world.compared.flag.pk).row_version,
        action="note",
        note="Ask",
    )
    return {"decision_id": done.pk}


def entry(world: World) -> dict[str, object]:
    """A new entry of a feed of the desk."""
    return {"entry_id": factories.make_entry(factories.make_feed(world.personas.desk)).pk}


def sent_entry(world: World) -> dict[str, object]:
    """A new entry, and a story that is open."""
    story = factories.make_story(world.personas.desk)
    return {"entry": entry(world)["entry_id"], "story": story.slug}


def entry_put_aside(world: World) -> dict[str, object]:
    feed = factories.make_feed(world.personas.desk)
    return {"entry": factories.make_entry(feed, status="dismissed").pk}


def feed_of_desk(world: World) -> dict[str, object]:
    return {"feed_id": factories.make_feed(world.personas.desk).pk}


def tried_feed(world: World) -> dict[str, object]:
    trial = FeedTrial.objects.create(
        desk=world.personas.desk,
        address="https://example.org",
        made_by=world.personas.admin,
        tried_at=timezone.now(),
    )
    return {"trial_id": trial.pk}


ROWS: dict[str, Row] = {
    "healthz": Row(expected=read(open_to_all(200))),
    "readyz": Row(expected=read(open_to_all(200))),
    "claims:stories": Row(expected=read(everybody(200))),
    "claims:all_seen": Row(
        expected={"POST": everybody(302)}, form=lambda world: {"until": "2026-01-01T00:00:00Z"}
    ),
    "claims:story_seen": Row(
        expected={"POST": members(204)}, arguments=slug, form=lambda world: {"revision": 3}
    ),
    "claims:compare": Row(expected=read(members(200)), arguments=slug),
    "claims:claim_new": Row(
        expected={**read(fact_checkers(200)), "POST": fact_checkers(302)},
        arguments=slug,
        form=marked_claim,
    ),
    "claims:claim": Row(
        expected={**read(members(200)), "POST": fact_checkers(302)},
        arguments=claim,
        form=corrected_claim,
    ),
    "claims:claim_status": Row(
        expected={"POST": fact_checkers(302)}, arguments=claim, form=other_status
    ),
    # each person has a draft of their own: nobody comes upon another's
    "claims:draft": Row(
        expected={**read(members(200)), "POST": members(302)},
        arguments=slug,
        form=lambda world: {"text": "A draft."},
    ),
    "claims:draft_check": Row(expected={"POST": members(302)}, arguments=slug),
    "claims:draft_column": Row(expected=read(members(200)), arguments=slug),
    # without a draft there is nothing to remove: to its page
    "claims:draft_remove": Row(
        expected={**read(members(302)), "POST": members(302)},
        arguments=slug,
        form=lambda world: {"row_version": 1},
    ),
    "claims:matrix": Row(expected=read(members(200)), arguments=slug),
    # the claim is there already
    "claims:near_lines": Row(
        expected={**read(members(200)), "POST": {**fact_checkers(422), "reader": 403}},
        arguments=lambda world: {**point(world), **article(world)},
        form=own_claim,
    ),
    "claims:origins": Row(expected=read(members(200)), arguments=slug),
    "claims:report": Row(expected=read(editors(200)), arguments=slug),
    "claims:report_file": Row(expected=read(editors(200)), arguments=slug),
    "claims:timeline": Row(expected=read(members(200)), arguments=slug),
    "claims:timeline_point": Row(expected=read(members(200)), arguments=point_plot),
    "claims:timeline_story": Row(
        expected=read(members(200)), arguments=lambda world: {**slug(world), "form": "svg"}
    ),
    "claims:tray": Row(expected=read(members(200)), arguments=slug),
    # the claim stands in the present text: there is nothing to place
    "claims:reattach": Row(
        expected={**read(fact_checkers(200)), "POST": fact_checkers(422)}, arguments=claim
    ),
    "claims:report_claims": Row(
        expected={**read(members(200)), "POST": fact_checkers(302)},
        arguments=article,
        form=all_suggestions,
    ),
    "claims:point": Row(
        expected={**read(members(200)), "POST": editors(302)}, arguments=point, form=new_label
    ),
    # the outsider edits a desk too: their own queue is empty
    "claims:review": Row(expected=read(editors(200, stranger=200))),
    "claims:review_count": Row(expected=read(editors(200, stranger=200))),
    "claims:mode": Row(expected={"POST": everybody(302)}, form=lambda world: {"mode": "quiet"}),
    # the fact-checker comes first; what was said already is told
    "claims:pair": Row(
        expected={"POST": {**fact_checkers(409), "factchecker": 302}},
        arguments=pair,
        form=lambda world: {"verb": "apart", "row_version": 1},
    ),
    "claims:decide": Row(expected={"POST": editors(302)}, arguments=flag, form=note_on_flag),
    # the editor comes first; what is undone already is told
    "claims:undo": Row(expected={"POST": {**editors(302), "admin": 409}}, arguments=decision),
    "reader:tour": Row(expected=read(everybody(200))),
    # the outsider has no story that could be shown: to the tour's page
    "reader:tour_go": Row(expected=read(everybody(302))),
    "reader:tour_done": Row(expected={"POST": everybody(302)}),
    "reader:article": Row(expected=read(members(200)), arguments=article),
    "reader:article_changes": Row(expected=read(members(200)), arguments=article),
    "reader:story_reports": Row(expected=read(members(200)), arguments=slug),
    "reader:article_visibility": Row(
        expected={**read(admins(200)), "POST": admins(302)},
        arguments=article,
        form=lambda world: {"status": "live", "seen": "live"},
    ),
    # without the word nothing is erased
    "reader:article_erase": Row(
        expected={**read(admins(200)), "POST": admins(422)},
        arguments=article,
        form=lambda world: {"reason": "A court demands it."},
    ),
    "reader:story_new": Row(
        # the outsider is admin of another desk: may open the form, but not name this desk
        expected={**read(editors(200, stranger=200)), "POST": editors(302, stranger=422)},
        form=new_story,
    ),
    "reader:history": Row(expected=read(members(200)), arguments=slug),
    "reader:story_rename": Row(
        expected={**read(editors(200)), "POST": editors(302)}, arguments=slug, form=new_title
    ),
    "reader:story_status": Row(
        expected={**read(editors(200)), "POST": editors(302)},
        arguments=slug,
        form=lambda world: {"status": "closed"},
    ),
    # imports are shared by the admins of a desk; a form without anything is sent back
    "reader:import_start": Row(
        expected={**read(admins(200, stranger=200)), "POST": admins(422, stranger=422)}
    ),
    "reader:import_batch": Row(expected=read(admins(200)), arguments=waiting_import),
    # no table waits in this one
    "reader:import_columns": Row(
        expected={**read(admins(302)), "POST": admins(302)}, arguments=waiting_import
    ),
    "reader:import_items": Row(expected={"POST": admins(422)}, arguments=waiting_import),
    "reader:import_cancel": Row(expected={"POST": admins(302)}, arguments=waiting_import),
    "reader:import_item": Row(
        expected={**read(admins(200)), "POST": admins(422)}, arguments=waiting_item
    ),
    "reader:import_raw": Row(expected=read(admins(200)), arguments=waiting_item),
    "reader:version_raw": Row(
        expected=read(admins(404)),  # this version was not made of any bytes
        arguments=lambda world: {**article(world), "number": 1},
    ),
    # the outsider edits another desk: their own inbox is empty
    "reader:inbox": Row(expected=read(editors(200, stranger=200))),
    "reader:inbox_entry": Row(expected=read(editors(200)), arguments=entry),
    "reader:inbox_send": Row(expected={"POST": editors(302)}, form=sent_entry),
    "reader:inbox_aside": Row(expected={"POST": editors(302)}, form=sent_entry),
    "reader:inbox_back": Row(expected={"POST": editors(302)}, form=entry_put_aside),
    "reader:feeds": Row(expected=read(admins(200, stranger=200))),
    "reader:feed_try": Row(expected={"POST": admins(422, stranger=422)}),
    "reader:feed_trial": Row(
        expected={**read(admins(200)), "POST": admins(422)}, arguments=tried_feed
    ),
    "reader:feed": Row(expected={**read(admins(200)), "POST": admins(422)}, arguments=feed_of_desk),
    "reader:feed_pause": Row(
        expected={"POST": admins(302)}, arguments=feed_of_desk, form=lambda world: {"seen": 1}
    ),
    "reader:feed_poll": Row(expected={"POST": admins(302)}, arguments=feed_of_desk),
    # nobody has seen this version of it
    "reader:feed_remove": Row(expected={"POST": admins(409)}, arguments=feed_of_desk),
    # the link of a mail is for whoever holds it, signed in or not; without it there is nothing
    "reader:invitation": Row(
        expected={**read(open_to_all(410)), "POST": open_to_all(410)},
    ),
    "reader:invitation_open": Row(expected=read(open_to_all(302)), arguments=invitation_link),
    "reader:password_forgotten": Row(
        expected={**read(open_to_all(200)), "POST": open_to_all(200)},  # no address: asked again
    ),
    "reader:password_new": Row(
        expected={**read(open_to_all(200)), "POST": open_to_all(200)},  # this link does not work
        arguments=lambda world: {"uidb64": "MQ", "token": "made-up"},
    ),
    "reader:password_change": Row(
        expected={**read(everybody(200)), "POST": everybody(200)},  # nothing typed: asked again
    ),
    "reader:preferences": Row(expected={**read(everybody(200)), "POST": everybody(422)}),
    "reader:keys_switch": Row(expected={"POST": everybody(302)}),
    "reader:sign_in": Row(
        expected={
            **read({**everybody(302), **dict.fromkeys(STRANGERS, 200)}),
            "POST": {**everybody(302), **dict.fromkeys(STRANGERS, 200)},
        }
    ),
    "reader:sign_out": Row(expected={"POST": open_to_all(302)}),
}


def named_addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all addresses but the admin's, whose table is test_permissions_admin.py."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern.url_patterns, inner)


def test_every_address_has_a_row() -> None:
    assert set(named_addresses(get_resolver().url_patterns)) == set(ROWS)


@pytest.fixture
def world(db: None) -> World:
    personas = make_personas()
    return World(personas=personas, compared=compared_story(personas.desk))


def expected_status(row: Row, method: str, person: str, headers: Mapping[str, str]) -> int:
    """What the table says; a lost session is told to htmx by 401, to others by a redirect."""
    if method in row.expected:
        known = row.expected[method]
        if person in known:
            return known[person]
    elif person not in STRANGERS or any(STRANGERS[0] in who for who in row.expected.values()):
        return 405
    return 401 if headers else 302


@pytest.mark.parametrize("headers", [PLAIN, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_may_do_what(name: str, method: str, headers: Mapping[str, str], world: World) -> None:
    row = ROWS[name]
    url = reverse(name, kwargs=dict(row.arguments(world)))
    people = {"anonymous": None, **dict(world.personas)}
    got, expected = {}, {}
    for person, user in people.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        data = dict(row.form(world)) if method == "POST" else {}
        send = getattr(client, method.lower())
        got[person] = send(url, data, headers=headers).status_code
        expected[person] = expected_status(row, method, person, headers)
    assert got == expected


def test_a_post_without_its_token_changes_nothing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.personas.editor)
    before = world.personas.editor.single_letter_keys
    for name, row in ROWS.items():
        if "POST" in row.expected:
            url = reverse(name, kwargs=dict(row.arguments(world)))
            assert client.post(url, dict(row.form(world))).status_code == 403, name
    world.personas.editor.refresh_from_db()
    assert world.personas.editor.single_letter_keys == before


def test_a_superuser_without_a_role_is_a_stranger_to_the_pages(world: World) -> None:
    client = Client()
    client.force_login(factories.make_user("root", is_superuser=True, is_staff=True))
    assert client.get(reverse("claims:compare", kwargs=slug(world))).status_code == 404
    assert client.get(reverse("reader:article", kwargs=article(world))).status_code == 404
