"""Fills the browser tests' database, in a process of its own: Playwright's loop bars the ORM.

Its last line is what the tests need to know, as one JSON object.
"""

import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.models import Desk

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


# Two short reports that the real engine compares, for tests that change claims and points.
CHANGED = (
    """About 3,000 soldiers are in the port, the ministry said on Tuesday.

The government denied that any soldier had left the country.

They train at five grounds near the harbour.""",
    """At least 12,000 soldiers are in the port, the army said on Tuesday.

The government confirmed that soldiers had left the country.

They train at six grounds near the harbour.""",
)

# What reports of one origin print.
WIRE = """The harbour office of the town has closed both basins to all ships until the end of the
week, because divers found a long crack below the water in the wall between them. Two ferries were
sent to the next port, and the pilots were told to wait near the towers until a tug is free."""


# Stories of the tests that decide on flags, with one flag each or with two of one point.
ONE_FLAG = ("keys", "marks", "folded", "plain", "race", "reader", "waits", "axe")
TWO_FLAGS = ("mouse", "current", "stays", "queue-keys", "queue-mouse", "queue-plain")

_DAM = (
    "The dam broke, and 12 people died.",
    "Rescue teams came from three towns.",
    "Officials did not comment. The operator had no crack on record.",
    "About 3,000 people left their homes.",
    "Schools stay closed until Friday.",
    "The road to Lund is open.",
    "The council meets on Thursday.",
    "The dam was built in 1961.",
)
_RENEWED_DAM = (
    "The dam broke, and 9 people died.",
    "Officials did not comment.",
    "The operator had no crack on record.",
    *_DAM[3:7],
    "Rescue teams came from four towns.",
    "Correction: An earlier version of this report said that 12 people had died.",
)
RENEWED = [
    "\n\n".join(paragraphs)
    for paragraphs in (
        _DAM,
        ("Updated 14:05 GMT", *_DAM),
        ("Updated 15:20 GMT", *_DAM),
        _RENEWED_DAM,
    )
]


def seed() -> dict[str, object]:
    """Make the demo's people and stories in every state that a page can show."""
    from config import demo_story
    from reader.models import Desk, User
    from tests import factories
    from tests.browser.seed_draft import make_draft
    from tests.browser.seed_history import make_histories
    from tests.browser.seed_reading import make_reading_stories
    from tests.browser.seed_rtl import make_rtl_story
    from tests.claims.compared import add_earlier_claim, claims_of, compared_story

    demo_story.make_people()
    demo_story.import_story()  # through the real import; the worker compares it
    # newcomers are offered the tour: only the one of its test is new here
    User.objects.exclude(username="reader").update(tour_seen_at=factories.PUBLISHED)
    desk = Desk.objects.get()
    _unready(desk)
    _copied(desk)
    compared = compared_story(desk, articles=5, slug="port", title="Soldiers in the port")
    six = compared_story(desk, articles=6, slug="six", title="Six reports")
    add_earlier_claim(six)
    compared_story(desk, articles=30, slug="thirty", title="Thirty reports")
    for slug in ("mouse", "keys", "touch", "race", "plain", "signed-out"):  # each changed by a test
        compared_story(desk, articles=3, slug=slug, title=f"Soldiers, {slug}")
    for name in (*ONE_FLAG, *TWO_FLAGS):  # each is decided on by one test
        decided = compared_story(desk, articles=3, slug=f"decide-{name}", title=f"Decide {name}")
        if name in TWO_FLAGS:
            point = decided.points[0]
            factories.make_discrepancy(point, claims_of(point), kind="date", severity="low")
    _doubted(desk)
    _missed(desk)
    _gravest_last(desk)
    for slug in ("claims-mouse", "claims-keys", "claims-all", "claims-race", "claims-plain"):
        _changed(desk, slug)
    for slug in ("point-mouse", "point-race"):
        _changed(desk, slug)
    make_histories(desk)
    make_draft(desk)
    make_reading_stories(desk)
    _fed(desk)
    return {
        "story": compared.story.pk,
        "points": [point.pk for point in compared.points],
        "texts": {
            report.pk: report.current_version.text
            for report in compared.articles
            if report.current_version
        },
        "six_points": [point.pk for point in six.points],
        "article": compared.articles[0].pk,
        "imports": _imports(desk),
        "renewed": _renewed(desk),
        "right_to_left": make_rtl_story(desk),
    }


def _renewed(desk: "Desk") -> int:
    """A report whose versions changed, moved, added and removed, with claims that went along."""
    from django.db import transaction

    from claims.services.carrying import carry_claims
    from tests import factories

    story = factories.make_story(desk, slug="renewed", title="A report in four versions")
    article = factories.make_article(story, RENEWED[0])
    for quote in ("12 people died", "three towns", "The dam was built in 1961"):
        factories.make_claim(article.versions.get(), quote, status="accepted")
    raw = factories.make_raw_document(b"as it came", where_from="https://paper.example/dam")
    for text in RENEWED[1:]:
        version = factories.make_version(
            article, text, raw_document=raw, found_in={"published": "json_ld"}
        )
        with transaction.atomic():
            carry_claims(version.pk)
    return article.pk


def _imports(desk: "Desk") -> dict[str, int]:
    """An import that waits: with a text beside what was cut of it, warnings, and a failure."""
    from reader.models import ImportItem, User
    from tests import factories

    story = factories.make_story(desk, slug="importing", title="A story with an import")
    known = factories.make_article(story, CHANGED[0], title="Known")
    admin = User.objects.get(username="admin")
    batch = factories.make_read_import(admin, story, [*CHANGED, WIRE])
    first, failed, _third = batch.items.order_by("position")
    original = f"Home News Sport\n{CHANGED[0]}\n{'Subscribe to our letters. ' * 20}"
    found = {"source": "open_graph", "title": "json_ld", "published": "guess"}
    ImportItem.objects.filter(pk=first.pk).update(
        proposed={**first.proposed, "found_in": found},
        warnings=[{"code": "published_guessed"}, {"code": "near_same_source", "article": known.pk}],
        original=original,
        cuts=[[0, 15], [original.index("Subscribe"), len(original)]],
    )
    ImportItem.objects.filter(pk=failed.pk).update(
        status="failed", reason="encrypted", text="", proposed={}
    )
    return {"batch": batch.pk, "item": first.pk, "failed_item": failed.pk}


def _unready(desk: "Desk") -> None:
    """Stories that cannot be compared, or are not yet."""
    from reader.models import Story
    from tests import factories

    factories.make_story(desk, slug="empty", title="A story without reports")
    single = factories.make_story(desk, slug="single", title="A story with one report")
    factories.make_article(single)
    waiting = factories.make_story(desk, slug="waiting", title="A story being compared")
    for _ in range(2):
        factories.make_article(waiting)
    Story.objects.filter(pk=waiting.pk).update(texts_revision=2, compared_revision=1)


def _copied(desk: "Desk") -> None:
    """A story of one wire text, printed twice and edited once, and of a text of its own."""
    from claims.services import comparing
    from tests import factories

    story = factories.make_story(desk, slug="copied", title="Soldiers, copied")
    for text in (WIRE, f"An own lead.\n\n{WIRE.replace('towers', 'masts')}", WIRE, CHANGED[1]):
        factories.make_article(story, text)
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)


def _doubted(desk: "Desk") -> None:
    """A story with a suggestion, and with two pairs that are perhaps about the same."""
    from tests import factories
    from tests.claims.compared import claims_of, compared_story

    story = compared_story(desk, articles=3, slug="doubt", title="Soldiers in doubt")
    point, other = story.points[:2]
    factories.make_discrepancy(point, claims_of(point), kind="date", suggestion=True)
    values = {"groups": [{"value": "12"}, {"value": "19 injured"}]}
    for at, fields in enumerate([{"kind": "quantity", "evidence": values}, {}]):
        one, another = claims_of(point)[at], claims_of(other)[at + 1]
        factories.make_counterpart(one, another, score=2.0 - at, **fields)


def _missed(desk: "Desk") -> None:
    """A story whose second report has a claim that matching left out of its point."""
    from claims.models import Claim
    from tests.claims.compared import claims_of, compared_story

    story = compared_story(desk, articles=3, slug="missed", title="Soldiers overlooked")
    Claim.objects.filter(pk=claims_of(story.points[2])[1].pk).update(point=None)


def _gravest_last(desk: "Desk") -> None:
    """A story whose gravest flag is that of its last point, for the whole job by keyboard."""
    from claims.models import Discrepancy
    from tests import factories
    from tests.claims.compared import claims_of, compared_story

    story = compared_story(desk, articles=3, slug="whole-job", title="Soldiers, the whole job")
    Discrepancy.objects.filter(pk=story.flag.pk).update(severity="low")
    last = story.points[2]
    factories.make_discrepancy(last, claims_of(last), kind="description", rule="description-facts")


def _fed(desk: "Desk") -> None:
    """Feeds that fare well and badly, and entries in every state; none of them is polled."""
    from reader.models import ImportItem
    from tests import factories

    story = factories.make_story(desk, slug="feeds", title="A story for feeds")
    later = factories.PUBLISHED.replace(year=2090)
    feed = factories.make_feed(desk, title="Harbour news", next_poll_at=later)
    factories.make_feed(
        desk, story, title="Town news", is_active=False, last_outcome="failed", last_error="page"
    )
    item = factories.make_import_item(story, status=ImportItem.Status.WAITING)
    factories.make_entry(feed, status="dismissed")
    factories.make_entry(feed, status="sent", item=item)
    factories.make_entry(feed, address="", published_at=None)
    factories.make_entry(feed, title="Soldiers in the port: the story for feeds")


def _changed(desk: "Desk", slug: str) -> None:
    """A compared story of its own for one test that changes it."""
    from claims.services import comparing
    from tests import factories

    story = factories.make_story(desk, slug=slug, title=f"A story for {slug}")
    for number, text in enumerate(CHANGED, start=1):
        source = factories.make_source(f"{slug} source {number}")
        factories.make_article(story, text, source)
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)


if __name__ == "__main__":
    import django

    django.setup()
    seeded = seed()
    # Postgres counts rows about once a minute. Until then it may take these tables for empty, and
    # need minutes for what takes milliseconds: the review queue did.
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stdout.write(json.dumps(seeded))
