"""Claims of a report's older texts go along to its new one, or wait; none is lost."""

import pytest
from django.db import transaction
from django.test import Client

from claims.models import Claim, Discrepancy, Point
from claims.services import annotating, carrying
from claims.services.comparing import compare_story
from claims.services.quoting import Target
from reader.models import Article, AuditEntry, Role, Story, User
from tests import factories
from tests.claims.conftest import Reported, renew
from tests.claims.test_comparing import row_versions

TEXT = (
    "The ministry spoke on Monday. It counted troops: 3000 at the border. Others spoke of ships: 4."
)


@pytest.fixture
def person(story: Story) -> User:
    return factories.make_member(story.desk, Role.EDITOR)


def accept(person: User, claim: Claim) -> None:
    annotating.set_status(
        person=person, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
    )


def mark(person: User, article: Article, exact: str) -> Claim:
    version = article.versions.latest("number")
    start = version.text.index(exact)
    return annotating.add_claim(
        person=person,
        version_id=version.pk,
        target=Target(start=start, end=start + len(exact), exact=exact),
        reading={},
        place=None,
    )


def test_claims_of_unchanged_words_move_with_all_they_have(
    story: Story, reported: Reported, person: User
) -> None:
    article, _ = reported(TEXT, "There are troops: 9 and ships: 4.")
    compare_story(story.pk)
    before = {claim.pk: claim for claim in Claim.objects.filter(article_version__article=article)}
    flag = Discrepancy.objects.get()
    renew(article, f"Corrected at noon.\n\n{TEXT}")
    newest = article.versions.latest("number")
    for claim in Claim.objects.filter(pk__in=before):
        old = before[claim.pk]
        assert claim.article_version_id == newest.pk
        assert newest.text[claim.start : claim.end] == claim.exact == old.exact
        assert claim.start == old.start + 20
        assert (claim.point_id, claim.status) == (old.point_id, old.status)
        assert claim.slot == old.slot + 20
        assert claim.reading["quantities"][0]["start"] == claim.slot
    assert Claim.objects.count() == len(before) + 2
    assert Discrepancy.objects.get() == flag
    assert Discrepancy.objects.get().status == "open"


def test_rows_of_other_reports_and_points_are_not_written(story: Story, reported: Reported) -> None:
    first, second, third = reported(TEXT, "troops: 9 and planes: 4.", "Here are planes: 5.")
    compare_story(story.pk)
    others = Claim.objects.filter(article_version__article__in=[second, third])
    claims = set(others.values_list("pk", flat=True))
    planes = set(Discrepancy.objects.filter(claims__unit="planes").values_list("pk", flat=True))
    assert (len(claims), len(planes)) == (3, 1)

    def untouched() -> list[tuple[object, ...]]:
        rows = row_versions()
        found = [row for row in rows["claims_claim"] if row[0] in claims]
        return found + [row for row in rows["claims_discrepancy"] if row[0] in planes]

    before = untouched()
    renew(first, TEXT.replace("3000", "2500"))
    assert untouched() == before


def test_a_changed_figure_is_read_anew_at_its_place_in_the_same_point(
    story: Story, reported: Reported
) -> None:
    article, _ = reported(TEXT, "There are troops: 9.")
    compare_story(story.pk)
    old = Claim.objects.get(unit="troops", article_version__article=article)
    point = old.point_id
    renew(article, TEXT.replace("3000", "2500"))
    old.refresh_from_db()
    assert point is not None
    assert (old.status, old.anchor_state, old.point_id) == ("withdrawn", "changed", point)
    newest = article.versions.latest("number")
    assert newest.text[old.proposed_start : old.proposed_end].endswith("2500")
    new = Claim.objects.get(unit="troops", article_version=newest)
    assert (new.point_id, new.status) == (point, "suggested")
    assert Point.objects.shown().get(pk=point)


def test_what_a_person_set_waits_and_comes_back_with_its_words(
    story: Story, reported: Reported, person: User
) -> None:
    article, _ = reported(TEXT, "There are troops: 9.")
    compare_story(story.pk)
    claim = Claim.objects.get(unit="troops", article_version__article=article)
    accept(person, claim)
    mine = mark(person, article, "spoke on Monday")
    renew(article, "Nothing of it was true, the ministry now says, and it takes everything back.")
    for row in (claim, mine):
        row.refresh_from_db()
        assert (row.status, row.anchor_state) == ("accepted", "orphan")
        assert row.article_version.number == 1
    renew(article, TEXT)
    for row in (claim, mine):
        row.refresh_from_db()
        assert (row.status, row.anchor_state, row.article_version.number) == (
            "accepted",
            "exact",
            3,
        )
        assert row.decisions.count() == 1


def test_a_waiting_claim_supports_no_flag(story: Story, reported: Reported, person: User) -> None:
    article, _ = reported(TEXT, "There are troops: 9.")
    compare_story(story.pk)
    accept(person, Claim.objects.get(unit="troops", article_version__article=article))
    renew(article, TEXT.replace("troops: 3000", "troops: 9"))
    assert not Discrepancy.objects.found().exists()
    assert Claim.objects.shown().anchored().filter(unit="troops").count() == 2


def test_one_entry_says_what_became_of_the_claims(story: Story, reported: Reported) -> None:
    article, _ = reported(TEXT, "There are troops: 9 and ships: 4.")
    compare_story(story.pk)
    troops = Claim.objects.get(unit="troops", article_version__article=article)
    renew(article, TEXT.replace("3000", "2500"))
    entry = AuditEntry.objects.get(action="claims.article.carried")
    assert (entry.object_id, entry.actor_name) == (article.pk, "engine")
    assert entry.after == {
        "version": article.versions.latest("number").pk,
        "exact": 1,
        "moved": [],
        "changed": [troops.pk],
        "orphan": [],
    }


def test_a_text_is_not_stored_where_a_claim_would_be_lost(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = reported(TEXT)
    factories.make_claim(article.versions.get(), "spoke on Monday")
    monkeypatch.setattr(carrying, "_place", lambda rows, text, version: [])
    version = factories.make_version(article, "Something else.")
    with pytest.raises(AssertionError, match="0 of 1 claims"), transaction.atomic():
        carrying.carry_claims(version.pk)


def test_queries_do_not_grow_with_the_claims(
    story: Story, reported: Reported, django_assert_num_queries
) -> None:
    lines = ". ".join(f"They counted things{number}: {number}" for number in range(60))
    (article,) = reported(lines)
    for number in range(60):
        factories.make_claim(article.versions.get(), f"things{number}: {number}")
    version = factories.make_version(article, f"A new lead came first. {lines}")
    with transaction.atomic(), django_assert_num_queries(5):
        carried = carrying.carry_claims(version.pk)
    assert carried.placed == carried.total == 60


def test_the_history_says_what_became_of_the_claims(
    story: Story, reported: Reported, person: User, client: Client
) -> None:
    article, _ = reported(TEXT, "There are troops: 9 and ships: 4.")
    compare_story(story.pk)
    renew(article, TEXT.replace("3000", "2500"))
    client.force_login(person)
    page = client.get(f"/stories/{story.slug}/history/").content.decode()
    assert f'took the claims of a report along to <a href="/articles/{article.pk}/"' in page
    assert "1 placed, 1 found changed or gone" in page
