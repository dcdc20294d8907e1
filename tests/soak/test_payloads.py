"""Every hostile payload by every way in: nothing outside the allow-list, and nothing runs.

Each payload comes in by itself, through the services and the child that reads, and is stored as a
report. What is stored is judged by three parsers and by Chromium; then the real pages are opened
with it, many payloads a page, with their policy taken away.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from reader.models import Article, ImportBatch, ImportItem, Role, Story, User
from tests import factories, jobs
from tests.net import Loopback
from tests.reader.ingest.harmless import assert_harmless
from tests.soak.chromium import Chromium, Judge
from tests.soak.ways import WAYS, Into, bring, store
from tests.testdata import load_data

SUITES = ("xss.json", "html_parser.json")
AT_ONCE = 500  # payloads of one import and one story
# Why a payload need not come in: what is left of it is no text, or it is none to begin with.
REFUSED = {"binary", "no_text", "empty", "no_source", "encoding", "no_connection", "bad_address"}
LEAST = 0.9  # of the payloads come in, each with words around it

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    browser = Chromium()
    browser.start()
    yield browser
    browser.stop()


@pytest.fixture
def person() -> Iterator[User]:
    yield factories.make_member(factories.make_desk(), Role.ADMIN)
    jobs.forget_all()


def session_of(person: User) -> tuple[str, str]:
    """The cookie of a signed-in person."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return name, client.cookies[name].value


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("suite", SUITES)
def test_nothing_hostile_comes_in(
    suite: str,
    way: str,
    person: User,
    loopback: Loopback,
    live_server: LiveServer,
    chromium: Chromium,
) -> None:
    payloads = [case["payload"] for case in load_data(suite)]
    ended: Counter[str] = Counter()
    desk = person.memberships.get().desk
    with chromium.judge(live_server.url, session_of(person)) as judge:
        for start in range(0, len(payloads), AT_ONCE):
            story = factories.make_story(desk)
            into = Into(person=person, story=story, sites=loopback)
            items = bring(way, payloads[start : start + AT_ONCE], into)
            paths = _before(items)
            chromium.do(_open, judge, paths)
            items = store(items, person)
            ended.update(item.reason or item.status for item in items)
            bodies = [item.version.body_html for item in items if item.version]
            for body in bodies:
                assert_harmless(body)
            chromium.do(judge.bodies, bodies)
            chromium.do(_open, judge, _after(story, items))
    print(f"\n{suite} by {way}: {dict(ended)}")  # noqa: T201 - what a drill found is read by people
    assert judge.offences == []
    assert ended["created"] >= LEAST * len(payloads)
    assert set(ended) <= {"created", *REFUSED}


def _open(judge: Judge, paths: Sequence[str]) -> None:
    for path in paths:
        judge.open(path)


def _before(items: Sequence[ImportItem]) -> list[str]:
    """The pages on which people look at what came in before it is stored."""
    paths = []
    for batch in ImportBatch.objects.filter(items__in=items).distinct():
        address = reverse("reader:import_batch", args=[batch.pk])
        pages = -(-batch.items.count() // 100)
        paths += [f"{address}?list=1&show=all&page={page + 1}" for page in range(pages)]
        if any(item.status == ImportItem.Status.WAITING for item in items):
            paths.append(_preview_of_all(batch))
        if batch.how == ImportBatch.How.FEED:
            inbox, pages = reverse("reader:inbox"), -(-len(items) // 25)
            paths += [f"{inbox}?status=all&page={page + 1}" for page in range(pages)]
            paths.append(reverse("reader:feeds"))
    return paths


def _preview_of_all(batch: ImportBatch) -> str:
    """The page of an item in which all others of the batch stand, with their originals and cuts.

    The item is of a batch of its own, so that it is not stored with the others.
    """
    text, original, excerpt, blocks, cuts = "", "", "", [], []
    for item in batch.items.filter(status=ImportItem.Status.WAITING).order_by("position"):
        blocks += [_moved(block, len(text)) for block in item.blocks]
        cuts += [[start + len(original), end + len(original)] for start, end in item.cuts]
        text += f"{item.text}\n\n"
        original += f"{item.original}\n"
        excerpt += item.proposed.get("excerpt", "")
        last = item
    apart = ImportBatch.objects.create(
        desk=batch.desk, story=batch.story, how=batch.how, state=ImportBatch.State.WAITING
    )
    everything = ImportItem.objects.create(
        batch=apart, story=last.story, raw_document=last.raw_document, name=last.name,
        part=last.part, address=last.address, text=text, blocks=blocks, original=original,
        cuts=cuts, body_html="", proposed={**last.proposed, "excerpt": excerpt},
        status="waiting", planned="create", warnings=last.warnings, expires_at=last.expires_at,
    )  # fmt: skip
    return reverse("reader:import_item", args=[apart.pk, everything.pk])


def _moved(block: dict[str, object], by: int) -> dict[str, object]:
    """A block that stands further back in a longer text."""
    moved = {**block, "start": int(str(block["start"])) + by, "end": int(str(block["end"])) + by}
    return {**moved, "links": []} if "links" in block else moved


def _after(story: Story, items: Sequence[ImportItem]) -> list[str]:
    """The pages that show the stored reports."""
    versions = [item.version for item in items if item.version]
    half = len(versions) // 2
    article = Article.objects.filter(story=story).earliest("pk")
    for some in (versions[:half], versions[half:]):
        text = "\n\n".join(version.text for version in some)
        body = "".join(version.body_html for version in some)
        factories.make_version(article, text, body_html=body)
    newest = article.versions.latest("number").number
    address = reverse("reader:article", args=[article.pk])
    changes = reverse("reader:article_changes", args=[article.pk])
    asked = f"from={newest - 1}&to={newest}"
    return [
        address,
        f"{address}?version={newest - 1}",
        f"{changes}?{asked}&view=inline",
        f"{changes}?{asked}&view=side",
        reverse("claims:compare", args=[story.slug]),
        reverse("reader:story_reports", args=[story.slug]),
    ]


HOSTILE = {
    "ran: alert": "<img src=x onerror=alert(1)>",
    "asked for": "<img src=//elsewhere.example/a.png>",
    "went to": '<svg onload="location.hash = 1">',
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_the_judge_sees_what_it_is_there_for(
    what: str, person: User, live_server: LiveServer, chromium: Chromium
) -> None:
    with chromium.judge(live_server.url, session_of(person)) as judge:
        chromium.do(judge.raw, HOSTILE[what])
        assert any(what in offence for offence in judge.offences)


def test_the_judge_is_not_deceived_by_elements_with_names(
    person: User, live_server: LiveServer, chromium: Chromium
) -> None:
    clobbering = "<p><form><input name=attributes><input name=localName></form></p>"
    named = "<a id=alert href=x:y></a>"
    with chromium.judge(live_server.url, session_of(person)) as judge:
        chromium.do(judge.bodies, [clobbering, named, "<p>Good.</p>"])
        found = " ".join(judge.offences)
        assert all(what in found for what in ("form:", "input name", "a id", "href x:y"))
        assert "Good" not in found
