"""What outlives the next comparison: ids of claims and points, decisions, what a person set."""

from dataclasses import replace

import pytest

from claims.engine.compare import Read
from claims.engine.readings import Comparison
from claims.models import Claim, Discrepancy, MadeBy, Point
from claims.services import comparing
from claims.services.comparing import compare_story
from claims.services.comparison_inputs import Inputs
from reader.models import Article, Story
from tests import factories
from tests.claims import tiny_engine
from tests.claims.conftest import Blind, Reported, renew


def claim_of(article: Article) -> Claim:
    return Claim.objects.get(article_version__article=article)


# Claims


def test_a_claim_is_found_again_by_version_span_and_kind(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 3000 and ships: 4")
    compare_story(story.pk)
    before = dict(Claim.objects.values_list("exact", "pk"))

    def reads_otherwise(inputs: Inputs) -> Read:
        found = tiny_engine.read(inputs.reports)
        for claim in found.claims:
            figure = claim.reading.quantities[0]
            object.__setattr__(figure, "unit", f"own {figure.unit}")
        return found

    monkeypatch.setattr(comparing, "_engine_read", reads_otherwise)
    compare_story(story.pk)
    assert dict(Claim.objects.values_list("exact", "pk")) == before
    seen = set(Claim.objects.values_list("unit", "row_version"))
    assert seen == {("own troops", 2), ("own ships", 2)}


def test_two_figures_of_one_span_keep_their_rows_when_a_third_is_found(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1 ships: 2 planes: 3")

    def whole_text(*things: str):
        def read(inputs: Inputs) -> Read:
            found = tiny_engine.read(inputs.reports)
            kept = tuple(c for c in found.claims if c.reading.quantities[0].unit in things)
            for claim in kept:
                object.__setattr__(claim, "start", 0)
                object.__setattr__(claim, "end", 28)
            return replace(found, claims=kept)

        return read

    monkeypatch.setattr(comparing, "_engine_read", whole_text("ships", "planes"))
    compare_story(story.pk)
    before = dict(Claim.objects.values_list("unit", "pk"))
    monkeypatch.setattr(comparing, "_engine_read", whole_text("troops", "ships", "planes"))
    compare_story(story.pk)
    after = dict(Claim.objects.values_list("unit", "pk"))
    assert {unit: after[unit] for unit in before} == before
    assert len(after) == 3


def test_a_claim_that_nothing_refers_to_is_deleted(
    story: Story, reported: Reported, blind: Blind
) -> None:
    reported("troops: 1")
    compare_story(story.pk)
    blind("troops: 1")
    assert not Claim.objects.exists()


def test_a_claim_that_a_flag_refers_to_is_withdrawn_and_comes_back(
    story: Story, reported: Reported, blind: Blind
) -> None:
    reported("troops: 1", "troops: 2")
    compare_story(story.pk)
    ids = set(Claim.objects.values_list("pk", flat=True))
    blind("troops: 1", "troops: 2")
    assert set(Claim.objects.values_list("pk", "status")) == {(pk, "withdrawn") for pk in ids}
    compare_story(story.pk)
    assert set(Claim.objects.values_list("pk", "status")) == {(pk, "suggested") for pk in ids}


@pytest.mark.parametrize(
    "fields",
    [{"status": "accepted"}, {"status": "rejected"}, {"overrides": {"certainty": "hedged"}}],
)
def test_what_a_person_set_of_a_claim_stays(
    story: Story, reported: Reported, blind: Blind, fields: dict[str, object]
) -> None:
    reported("troops: 1")
    compare_story(story.pk)
    Claim.objects.update(**fields)
    blind("troops: 1")
    assert Claim.objects.filter(**fields).count() == 1


def test_a_persons_own_claim_is_not_the_engines_to_touch(story: Story, reported: Reported) -> None:
    (article,) = reported("troops: 1 and more")
    mine = factories.make_claim(
        article.versions.get(),
        "more",
        made_by=MadeBy.PERSON,
        author=factories.make_user(),
    )
    compare_story(story.pk)
    mine.refresh_from_db()
    assert (mine.row_version, mine.status) == (1, "suggested")


def test_an_override_lies_on_top_of_a_renewed_reading(
    story: Story, reported: Reported, blind: Blind
) -> None:
    reported("troops: 1")
    compare_story(story.pk)
    claim = Claim.objects.get()
    claim.overrides = {"certainty": "hedged"}
    claim.reading = {**claim.reading, "place": "old"}
    claim.save(update_fields=["overrides", "reading"])
    compare_story(story.pk)
    claim.refresh_from_db()
    assert (claim.reading["place"], claim.reading["certainty"]) == (None, "asserted")
    assert claim.certainty == "hedged"


# Points


def all_in_one(found: Read, *args: object) -> Comparison:
    """The tiny engine gone dull: all claims make one point."""
    return Comparison(claims=found.claims, points=[tiny_engine.point_of(found.claims, "All")])


def test_a_point_keeps_its_id_when_reports_join_and_change(
    story: Story, reported: Reported
) -> None:
    first, _ = reported("troops: 1", "troops: 1")
    compare_story(story.pk)
    before = Point.objects.get()
    reported("troops: 2")
    renew(first, "Correction. troops: 1")
    after = Point.objects.get()
    assert (after.pk, after.verdict, after.claims.count()) == (before.pk, "conflict", 3)


def test_a_split_point_stays_with_its_larger_part(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("a: 1", "a: 1 b: 1", "b: 1", "b: 1")

    with monkeypatch.context() as patch:
        patch.setattr(comparing, "_engine_relate", all_in_one)
        compare_story(story.pk)
    before = Point.objects.get().pk
    compare_story(story.pk)
    assert Point.objects.get(pk=before).label == "Number of b"
    assert Point.objects.exclude(pk=before).get().label == "Number of a"


def test_of_two_points_that_share_as_much_the_older_lives_on(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("a: 1 b: 1", "a: 1 b: 1")
    compare_story(story.pk)
    older, newer = Point.objects.order_by("pk")

    monkeypatch.setattr(comparing, "_engine_relate", all_in_one)
    compare_story(story.pk)
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.label, older.status) == ("All", "open")
    assert newer.status == "retired"


def test_an_emptied_point_is_retired(story: Story, reported: Reported, blind: Blind) -> None:
    reported("troops: 1", "troops: 1")
    compare_story(story.pk)
    blind("troops: 1")
    assert Point.objects.get().status == "retired"


def test_a_persons_empty_point_is_not_retired(story: Story, reported: Reported) -> None:
    mine = factories.make_point(story, made_by=MadeBy.PERSON)
    reported("troops: 1")
    compare_story(story.pk)
    mine.refresh_from_db()
    assert mine.status == "open"


def test_what_a_person_attached_stays_and_carries_the_points_id(
    story: Story, reported: Reported
) -> None:
    first, second, third = reported("a: 1", "a: 1", "b: 2")
    compare_story(story.pk)
    point = Point.objects.get()
    claim = claim_of(third)
    Claim.objects.filter(pk=claim.pk).update(point=point, point_by=MadeBy.PERSON)
    reported("b: 2")
    compare_story(story.pk)
    claim.refresh_from_db()
    assert claim.point == point
    assert claim_of(first).point == claim_of(second).point == point


def test_what_a_person_took_out_stays_out_and_flags_nothing(
    story: Story, reported: Reported
) -> None:
    first, second, _ = reported("a: 1", "a: 2", "a: 1")
    compare_story(story.pk)
    Discrepancy.objects.get().links.all().delete()
    Claim.objects.filter(pk=claim_of(second).pk).update(point=None, point_by=MadeBy.PERSON)
    compare_story(story.pk)
    assert claim_of(second).point is None
    assert claim_of(first).point is not None
    assert Discrepancy.objects.get().status == "superseded"


def test_points_that_a_person_merged_stay_one(story: Story, reported: Reported) -> None:
    reported("a: 1 b: 1", "a: 1 b: 2")
    compare_story(story.pk)
    kept, other = Point.objects.order_by("pk")
    Discrepancy.objects.get().links.all().delete()
    Claim.objects.filter(point=other).update(point=kept, point_by=MadeBy.PERSON)
    reported("a: 1 b: 2")
    compare_story(story.pk)
    kept.refresh_from_db()
    assert kept.claims.count() == 6
    assert (kept.label, kept.verdict) == ("Number of a and b", "conflict")
    assert not other.claims.exists()


def test_a_persons_label_stays(story: Story, reported: Reported) -> None:
    reported("a: 1", "a: 1")
    compare_story(story.pk)
    Point.objects.update(label="Arrivals", label_by=MadeBy.PERSON)
    reported("a: 2")
    compare_story(story.pk)
    point = Point.objects.get()
    assert (point.label, point.verdict) == ("Arrivals", "conflict")


def test_a_rejected_claim_stands_in_no_point(story: Story, reported: Reported) -> None:
    first, second, _ = reported("a: 1", "a: 2", "a: 3")
    compare_story(story.pk)
    Claim.objects.filter(pk=claim_of(second).pk).update(status=Claim.Status.REJECTED)
    compare_story(story.pk)
    assert claim_of(second).point is None
    assert claim_of(first).point is not None
