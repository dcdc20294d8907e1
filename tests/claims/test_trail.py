"""What the history tells of claims, points, flags and comparisons."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from claims.models import Claim, Discrepancy, Point
from claims.services import annotating, arranging, comparing, deciding, undoing
from claims.services.quoting import Target
from reader import audit
from reader.models import Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story
from tests.reader.told import told, url

pytestmark = pytest.mark.django_db


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
def client(client: Client, story: Story) -> Client:
    client.force_login(factories.make_member(story.desk, Role.READER))
    return client


def dismiss(flag: Discrepancy, editor: User, note: str = "") -> int:
    flag.refresh_from_db()
    return deciding.decide(
        person=editor,
        discrepancy_id=flag.pk,
        row_version=flag.row_version,
        action="dismiss",
        reason_code="misread",
        note=note,
    ).pk


def engine_says(story: Story, target: object, action: str, **after: object) -> None:
    with transaction.atomic():
        audit.record(
            action,
            target=target if isinstance(target, Discrepancy) else story,
            actor=None,
            actor_name=audit.ENGINE,
            before={"compared_revision": 2, "origins": 2},
            after={"compared_revision": 3, "origins": 2, **after},
        )


def test_a_decision_on_a_flag_is_told_with_its_reason_and_note(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    dismiss(compared.flag, editor, "They count days, not soldiers.")
    text = told(client, story)
    assert "Ada dismissed the quantity flag on Soldiers in the port" in text
    assert "Reason: Misread by the engine" in text
    assert "They count days, not soldiers." in text
    assert "Status Open → became Dismissed" in text


def test_a_flag_that_reopened_is_told_with_the_old_reason(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    dismiss(compared.flag, editor, "Days.")
    with transaction.atomic(), audit.act():
        audit.record(
            "claims.discrepancy.reopened",
            target=compared.flag,
            actor=None,
            actor_name=audit.ENGINE,
            before={"status": "dismissed", "values_key": "a" * 64},
            after={"status": "open", "values_key": "b" * 64},
        )
        engine_says(
            story, story, "claims.story.compared", **{"discrepancies reopened": [compared.flag.pk]}
        )
    text = told(client, story)
    assert "The engine compared again: 1 flag reopened" in text
    assert "1 more change" in text
    assert "opened the quantity flag on Soldiers in the port again" in text
    assert "Status Dismissed → became Open" in text
    assert "Reason given then Misread by the engine: Days." in text


def test_a_comparison_is_one_line_that_counts_what_changed(client: Client, story: Story) -> None:
    engine_says(
        story,
        story,
        "claims.story.compared",
        **{"points added": [1, 2], "discrepancies reopened": [3], "claims withdrawn": 1},
    )
    text = told(client, story)
    assert (
        "The engine compared again: 2 points added, 1 flag reopened, 1 claim no longer found"
        in text
    )


def test_a_comparison_without_changes_and_one_that_failed(client: Client, story: Story) -> None:
    engine_says(story, story, "claims.story.compared")
    engine_says(story, story, "claims.story.comparison_failed", error="WorkerLost")
    text = told(client, story)
    assert "The engine compared again: nothing changed that is shown" in text
    assert "The engine could not compare the reports" in text
    assert text.index("Details") < text.index("WorkerLost")


def test_a_real_comparison_can_be_told(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    assert "The engine compared again: " in told(client, story)


def test_a_corrected_claim_is_told_field_by_field_in_readable_words(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    claim = claims_of(compared.points[0])[0]
    figure = {**claim.reading["quantities"][0], "low": "900", "high": "900", "modifier": "exact"}
    annotating.edit_claim(
        person=editor,
        claim_id=claim.pk,
        row_version=claim.row_version,
        target=Target(start=claim.start, end=claim.end, exact=claim.exact),
        corrected={"quantities": [figure], "certainty": "hedged", "place": "seoul"},
        place=None,
    )
    text = told(client, story)
    assert f"Ada corrected the claim {claim.exact} of {story.slug} source 1" in text
    assert "Status Suggested → became Accepted" in text
    assert "Figures about 1,000 soldiers [950 to 1,050] → became 900 soldiers" in text
    assert "Certainty attributed → became hedged" in text
    assert "Place nothing → became seoul" in text
    assert "Set by people nothing → became Figures, Certainty, Place" in text
    assert "Point “Soldiers in the port” → became nothing" in text
    assert "Placed by Engine → became Person" in text


def test_many_claims_of_one_act_are_one_sentence_with_each_below(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    article = compared.articles[0]
    annotating.set_all(person=editor, article_id=article.pk, status="accepted", expected=3)
    page = client.get(url(story))
    assertContains(page, "data-act=", count=1)
    text = told(client, story)
    assert "Ada accepted 3 claims" in text
    assert "Ada accepted the claim The government denied it" in text


def test_points_are_told_by_their_names_of_today(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    first, second, third = compared.points
    arranging.rename_point(
        person=editor, point_id=first.pk, row_version=first.row_version, label="Troops"
    )
    arranging.merge_points(
        person=editor,
        point_id=second.pk,
        row_version=second.row_version,
        others={third.pk: third.row_version},
    )
    text = told(client, story)
    assert "Ada renamed the point Troops" in text
    assert "Label Soldiers in the port → became Troops" in text
    assert "Named by Engine → became Person" in text
    assert "Ada merged points into The answer" in text
    assert "Claims 2 claims → became 4 claims" in text
    assert "Took over “Grounds”" in text
    assert "Ada moved the claim They train at five grounds" in text
    assert "Point “Grounds” → became “The answer”" in text


def test_a_moved_claims_own_history_tells_of_the_merge(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    _first, second, third = compared.points
    claim = claims_of(third)[0]
    arranging.merge_points(
        person=editor,
        point_id=second.pk,
        row_version=second.row_version,
        others={third.pk: third.row_version},
    )
    text = told(client, story, object=f"claims.claim:{claim.pk}")
    assert "All that happened to They train at five grounds" in text
    assert "Ada moved the claim" in text
    assert "merged" not in text


def test_an_undo_says_what_it_reversed_and_the_reversed_one_that_it_was(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    undoing.undo(person=editor, decision_id=dismiss(compared.flag, editor))
    text = told(client, story)
    assert "Ada undid the dismissal: the quantity flag on Soldiers in the port" in text
    assert "Undone since" in text


def test_a_decision_that_a_changed_value_has_overtaken_offers_no_undo(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    client.force_login(editor)
    back = reverse("claims:undo", args=[dismiss(compared.flag, editor)])
    page = client.get(url(story)).content.decode()
    assert back in page
    Discrepancy.objects.filter(pk=compared.flag.pk).update(status="open", values_key="f" * 64)
    Story.objects.filter(pk=story.pk).bump()
    assert back not in client.get(url(story)).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_told(
    client: Client, compared: Compared, story: Story, editor: User
) -> None:
    def one_of_each(at: int) -> None:
        claim = Claim.objects.filter(story=story, status="suggested").order_by("pk")[0]
        annotating.set_status(
            person=editor, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
        )
        point = Point.objects.get(pk=compared.points[1].pk)
        arranging.rename_point(
            person=editor, point_id=point.pk, row_version=point.row_version, label=f"Answer {at}"
        )
        undoing.undo(person=editor, decision_id=dismiss(compared.flag, editor))
        engine_says(story, story, "claims.story.compared")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(story)).status_code == 200
        return len(captured)

    one_of_each(0)
    few = queries()
    for at in range(1, 5):
        one_of_each(at)
    assert queries() == few
    assert few <= 13
