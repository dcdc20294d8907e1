"""What one comparison stores, and what it leaves alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import NumericRange

from claims.engine.readings import Comparison
from claims.models import Claim, Discrepancy, DiscrepancyClaim, Point
from claims.services import comparing
from claims.services.comparing import compare_story
from claims.services.comparison_inputs import read_inputs
from reader.models import Article, AuditEntry, Story
from tests import factories
from tests.claims.conftest import Reported

TABLES = [
    "claims_claim",
    "claims_point",
    "claims_discrepancy",
    "claims_discrepancyclaim",
    "claims_decision",
    "reader_story",
    "reader_auditentry",
]


def row_versions() -> dict[str, list[tuple[object, ...]]]:
    """Where each row lies and who wrote it: any write shows."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT id, ctid::text, xmin::text FROM {table} ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def test_claims_points_and_discrepancies_are_stored(story: Story, reported: Reported) -> None:
    reported("Some say troops: 3000 came.", "Others say troops: 12000 came.")
    assert compare_story(story.pk) == "changed"
    claims = list(Claim.objects.order_by("start", "pk"))
    point, flag = Point.objects.get(), Discrepancy.objects.get()
    assert [claim.exact for claim in claims] == ["troops: 3000", "troops: 12000"]
    assert {claim.point for claim in claims} == {point}
    assert (claims[0].prefix, claims[0].suffix) == ("Some say ", " came.")
    assert (point.label, point.verdict, point.origins) == ("Number of troops", "conflict", 2)
    assert (flag.point, flag.kind, flag.status) == (point, "quantity", "open")
    assert set(flag.claims.all()) == set(claims)


def test_the_search_columns_mirror_the_principal_value(story: Story, reported: Reported) -> None:
    reported("Some say troops: 3000 came.")
    compare_story(story.pk)
    around = NumericRange(Decimal(2000), Decimal(4000))
    claim = Claim.objects.get(amount__contained_by=around)
    assert (claim.unit, claim.certainty) == ("troops", "asserted")
    assert claim.amount == NumericRange(Decimal(3000), Decimal(3000), "[]")


def test_the_same_texts_twice_write_no_row(story: Story, reported: Reported) -> None:
    reported("Some say troops: 3000 came.", "Others say troops: 12000 came.")
    compare_story(story.pk)
    before = row_versions()
    assert compare_story(story.pk) == "unchanged"
    assert row_versions() == before


def test_the_revision_grows_once_for_a_run_that_changed_something(
    story: Story, reported: Reported
) -> None:
    reported("troops: 3000", "troops: 12000")
    story.refresh_from_db()
    before = story.revision
    compare_story(story.pk)
    compare_story(story.pk)
    story.refresh_from_db()
    assert story.revision == before + 1


def test_the_order_of_import_changes_nothing(reported: Reported, story: Story) -> None:
    texts = ["troops: 1 ships: 5", "troops: 2 ships: 5", "troops: 1 ships: 6"]
    sources = [factories.make_source() for _ in texts]
    seen = []
    for order in ([0, 1, 2], [2, 0, 1]):
        other = factories.make_story()
        for at in order:
            factories.make_article(other, texts[at], sources[at])
        compare_story(other.pk)
        points = Point.objects.filter(story=other)
        seen.append([(p.label, p.verdict, p.position, p.claims.count()) for p in points])
    assert seen[0] == seen[1]


def test_an_act_of_the_engine_is_audited_as_one(story: Story, reported: Reported) -> None:
    reported("troops: 3000", "troops: 12000")
    compare_story(story.pk)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.actor_name) == (
        "claims.story.compared",
        None,
        "engine",
    )
    assert entry.story == story
    assert entry.after["claims added"] == 2
    assert entry.after["points added"] == [Point.objects.get().pk]


def test_only_live_english_reports_are_compared(story: Story, reported: Reported) -> None:
    reported("troops: 1")
    factories.make_article(story, "troops: 2", language="cs")
    factories.make_article(story, "troops: 3", status=Article.Status.EMBARGOED)
    factories.make_article(story, text=None)
    compare_story(story.pk)
    assert [claim.exact for claim in Claim.objects.all()] == ["troops: 1"]


@pytest.mark.parametrize(
    ("at", "precision", "zone", "day", "known_to_the_minute"),
    [
        (datetime(2024, 10, 22, 20, tzinfo=UTC), "minute", "UTC", 23, True),
        (datetime(2024, 10, 22, 22, tzinfo=UTC), "day", "Europe/Prague", 23, False),
        (datetime(2024, 10, 22, 0, tzinfo=UTC), "day", "UTC", 22, False),
    ],
)
def test_the_day_of_publication_is_the_desks(
    at: datetime, precision: str, zone: str, day: int, known_to_the_minute: bool, db: None
) -> None:
    article = factories.make_article(
        factories.make_story(factories.make_desk(zone="Asia/Tokyo")),
        published_at=at,
        published_precision=precision,
        published_zone=zone,
    )
    inputs = read_inputs(article.story_id)
    assert inputs is not None
    assert inputs.reports[0].published == date(2024, 10, day)
    assert (inputs.reports[0].published_at == at) is known_to_the_minute


def test_a_story_that_is_gone_is_no_error(db: None) -> None:
    assert compare_story(12345) == "missing"


def test_evidence_holds_ids_of_rows_and_no_text(story: Story, reported: Reported) -> None:
    reported("Some say troops: 3000 came.", "Others say troops: 12000 came.")
    compare_story(story.pk)
    flag = Discrepancy.objects.get()
    ids = {str(c.reading["quantities"][0]["low"]): c.pk for c in Claim.objects.all()}
    assert flag.evidence["groups"] == [
        {"value": "12000", "claims": [ids["12000"]]},
        {"value": "3000", "claims": [ids["3000"]]},
    ]
    assert "came" not in str(flag.evidence)


def test_the_number_of_queries_does_not_grow_with_the_story(
    story: Story, reported: Reported
) -> None:
    counts: list[int] = []
    for articles in (2, 12):
        other = factories.make_story()
        for number in range(articles):
            text = " ".join(f"thing{n}: {n + number}" for n in range(20))
            factories.make_article(other, text)
        with connection.execute_wrapper(Counting(counts)):
            compare_story(other.pk)
    assert counts[0] == counts[1] <= 32


class Counting:
    """Counts the statements of a block."""

    def __init__(self, counts: list[int]) -> None:
        counts.append(0)
        self.counts = counts

    def __call__(self, execute, sql, params, many, context):
        self.counts[-1] += 1
        return execute(sql, params, many, context)


def test_a_closed_story_is_never_regrouped(story: Story, reported: Reported) -> None:
    reported("troops: 1", "troops: 2")
    compare_story(story.pk)
    Story.objects.filter(pk=story.pk).update(status=Story.Status.CLOSED)
    reported("troops: 3")
    before = row_versions()["claims_claim"]
    assert compare_story(story.pk) == "closed"
    assert row_versions()["claims_claim"] == before
    story.refresh_from_db()
    assert story.comparison_state == "ready"


def test_newer_texts_are_left_to_their_own_job(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1", "troops: 2")

    def meanwhile(*args: object) -> Comparison:
        reported("troops: 3")
        return Comparison()

    monkeypatch.setattr(comparing, "_engine_relate", meanwhile)
    assert compare_story(story.pk) == "stale"
    story.refresh_from_db()
    assert (story.comparison_state, Claim.objects.count()) == ("pending", 0)


def test_the_state_goes_from_empty_over_pending_to_ready(story: Story, reported: Reported) -> None:
    states = [story.comparison_state]
    reported("troops: 1")
    story.refresh_from_db()
    states.append(story.comparison_state)
    compare_story(story.pk)
    story.refresh_from_db()
    states.append(story.comparison_state)
    assert states == ["empty", "pending", "ready"]


def test_a_failure_is_shown_and_keeps_what_was_stored(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1", "troops: 2")
    compare_story(story.pk)
    before = row_versions()["claims_claim"]
    reported("troops: 3")

    def broken(inputs: object) -> Comparison:
        raise ArithmeticError("quotes troops: 3")

    with monkeypatch.context() as patch:
        patch.setattr(comparing, "_compare", broken)
        for _ in range(2):
            with pytest.raises(ArithmeticError):
                compare_story(story.pk)
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("failed", "ArithmeticError")
    assert row_versions()["claims_claim"] == before
    failures = AuditEntry.objects.filter(action="claims.story.comparison_failed")
    assert [entry.after["error"] for entry in failures] == ["ArithmeticError"]
    compare_story(story.pk)
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("ready", "")


def test_a_failure_while_storing_leaves_nothing_half_done(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1", "troops: 2")

    def broken(*args: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(comparing, "retire_emptied", broken)
    with pytest.raises(ArithmeticError):
        compare_story(story.pk)
    assert not Claim.objects.exists()
    assert not Point.objects.exists()
    assert not DiscrepancyClaim.objects.exists()
    story.refresh_from_db()
    assert story.comparison_state == "failed"


def test_a_late_failure_does_not_hide_a_newer_success(story: Story, reported: Reported) -> None:
    reported("troops: 1")
    reported("troops: 2")
    compare_story(story.pk)
    comparing._fail(story.pk, 1, "Late")
    story.refresh_from_db()
    assert (story.comparison_state, story.compared_revision) == ("ready", 2)


@pytest.mark.django_db(transaction=True)
def test_two_comparisons_at_once_double_nothing(story: Story, reported: Reported) -> None:
    reported("troops: 1", "troops: 2")

    def compare(_: int) -> str:
        try:
            return compare_story(story.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(compare, range(2)))
    assert outcomes == ["changed", "unchanged"]
    assert (Claim.objects.count(), Point.objects.count(), Discrepancy.objects.count()) == (2, 1, 1)
