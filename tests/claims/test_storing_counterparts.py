"""Pairs in doubt over comparisons: which come, which go, and which a person's word keeps."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from claims.comparison import build_comparison
from claims.engine.compare import Read
from claims.engine.corrections import Corrections
from claims.engine.readings import Comparison, Counterpart, Discrepancy
from claims.models import Claim, Decision, Point
from claims.models import Counterpart as Pair
from claims.services import annotating, comparing, pairing
from claims.services.comparing import compare_story
from claims.services.comparison_inputs import Inputs, read_inputs
from reader.models import AuditEntry, Role, Story, User
from tests import factories
from tests.claims import tiny_engine
from tests.claims.conftest import Reported

Doubt = Callable[..., None]


@pytest.fixture
def person(story: Story) -> User:
    return factories.make_member(story.desk, Role.EDITOR)


@pytest.fixture
def doubting(monkeypatch: pytest.MonkeyPatch) -> Doubt:
    """Compare with the tiny engine, in doubt about claims of these words; it keeps to `apart`."""

    def doubt(*things: str, would: Discrepancy | None = None, score: float = 0.5) -> None:
        def relate(found: Read, corrections: Corrections, inputs: Inputs) -> Comparison:
            known = tiny_engine.relate(found, corrections)
            own = [one for one in found.claims if one.exact.split(":")[0] in things]
            pairs = [
                Counterpart(claim=one.id, other=other.id, score=score, would=would)
                for at, one in enumerate(own)
                for other in own[at + 1 :]
                if frozenset({one.id, other.id}) not in corrections.apart
            ]
            return replace(known, counterparts=pairs)

        monkeypatch.setattr(comparing, "_engine_relate", relate)

    return doubt


@pytest.fixture
def pair(story: Story, reported: Reported, doubting: Doubt) -> Pair:
    """Two reports, each with a claim of its own, of which the engine is in doubt."""
    reported("troops: 3000 and ships: 4", "soldiers: 3000 and ships: 4")
    doubting("troops", "soldiers")
    assert compare_story(story.pk) == "changed"
    return Pair.objects.get()


def again(story: Story) -> str:
    comparing.request_comparison(story.pk)
    return compare_story(story.pk)


def test_pairs_in_doubt_are_stored_the_smaller_id_first(pair: Pair) -> None:
    assert {pair.claim.exact, pair.other.exact} == {"troops: 3000", "soldiers: 3000"}
    assert pair.claim_id < pair.other_id
    assert (pair.score, pair.status, pair.kind, pair.evidence) == (0.5, "open", "", {})


def test_what_the_rules_would_say_is_kept_with_the_ids_of_rows(
    story: Story, reported: Reported, doubting: Doubt
) -> None:
    articles = reported("troops: 3000", "soldiers: 4000")
    names = [claim.id for claim in tiny_engine.read(read_inputs(story.pk).reports).claims]  # type: ignore[union-attr]
    would = Discrepancy(
        id="d",
        point=names[0],
        kind="quantity",
        within_article=False,
        claims=tuple(names),
        severity="high",
        confidence="0.8",
        judge="rules",
        rule="quantity-intervals",
        explanation="3000 and 4000",
        evidence={"groups": [{"value": "3000", "claims": names[:1]}]},
        suggestion=True,
        in_doubt=True,
    )
    doubting("troops", "soldiers", would=would)
    compare_story(story.pk)
    stored = Pair.objects.get()
    rows = {claim.article_version.article_id for claim in (stored.claim, stored.other)}
    assert rows == {article.pk for article in articles}
    assert (stored.kind, stored.severity, stored.rule) == ("quantity", "high", would.rule)
    assert stored.evidence["groups"][0]["claims"][0] in (stored.claim_id, stored.other_id)


def test_the_same_doubt_again_writes_nothing(pair: Pair, story: Story) -> None:
    assert compare_story(story.pk) == "unchanged"
    again(story)
    entry = AuditEntry.objects.filter(action="claims.story.compared").latest("pk")
    assert not [name for name in entry.after if name.startswith("pairs")]
    assert Pair.objects.get().row_version == pair.row_version


def test_another_score_is_taken_over_and_a_lost_doubt_goes(
    pair: Pair, story: Story, doubting: Doubt
) -> None:
    doubting("troops", "soldiers", score=0.7)
    again(story)
    pair.refresh_from_db()
    assert pair.score == 0.7
    doubting()
    again(story)
    assert not Pair.objects.exists()
    assert Claim.objects.filter(pk__in=[pair.claim_id, pair.other_id]).count() == 2


def test_a_claim_that_goes_takes_an_undecided_pair_along(
    pair: Pair, story: Story, doubting: Doubt, blind: Callable[..., None]
) -> None:
    doubting()
    comparing.request_comparison(story.pk)
    blind("troops: 3000")
    assert not Pair.objects.exists()
    assert not Claim.objects.filter(exact="troops: 3000").exists()


def test_a_pair_kept_apart_never_comes_back(pair: Pair, story: Story, person: User) -> None:
    pairing.keep_apart(person=person, counterpart_id=pair.pk, row_version=pair.row_version)
    again(story)
    pair.refresh_from_db()
    assert pair.status == "kept_apart"
    assert Pair.objects.count() == 1
    inputs = read_inputs(story.pk)
    assert inputs is not None
    assert len(inputs.apart) == 1


def test_a_pair_kept_apart_stays_so_in_a_newer_text(pair: Pair, story: Story, person: User) -> None:
    pairing.keep_apart(person=person, counterpart_id=pair.pk, row_version=pair.row_version)
    article = pair.claim.article_version.article
    factories.make_version(article, f"New lead. {pair.claim.exact} and no more")
    again(story)
    assert Pair.objects.get() == pair
    assert Claim.objects.filter(exact=pair.claim.exact).count() == 2


def test_a_claim_of_a_pair_that_was_decided_is_withdrawn_and_not_deleted(
    pair: Pair, story: Story, person: User, blind: Callable[..., None]
) -> None:
    pairing.keep_apart(person=person, counterpart_id=pair.pk, row_version=pair.row_version)
    comparing.request_comparison(story.pk)
    blind("troops: 3000")
    assert Claim.objects.get(exact="troops: 3000").status == "withdrawn"
    assert Pair.objects.get().status == "kept_apart"


def test_an_undone_word_on_a_pair_that_is_no_longer_found_stays_on_record(
    pair: Pair, story: Story, person: User, doubting: Doubt
) -> None:
    done = pairing.keep_apart(person=person, counterpart_id=pair.pk, row_version=1)
    pairing.reverse(done, person)
    doubting()
    again(story)
    pair.refresh_from_db()
    assert pair.status == "superseded"
    doubting("troops", "soldiers")
    again(story)
    pair.refresh_from_db()
    assert pair.status == "open"
    assert Decision.objects.filter(counterpart=pair).count() == 2


def test_a_joined_pair_whose_claims_were_parted_since_is_in_doubt_again(
    pair: Pair, story: Story, person: User
) -> None:
    point = Point.objects.get()
    near = pair.claim
    near = annotating.place_claim(
        person=person, claim_id=near.pk, row_version=near.row_version, place=point.pk
    )
    pairing.join(
        person=person,
        counterpart_id=pair.pk,
        row_version=pair.row_version,
        point_id=point.pk,
        other_point=None,
    )
    again(story)
    pair.refresh_from_db()
    assert pair.status == "joined"
    near.refresh_from_db()
    annotating.place_claim(
        person=person, claim_id=near.pk, row_version=near.row_version, place=None
    )
    again(story)
    pair.refresh_from_db()
    assert pair.status == "open"
    entry = AuditEntry.objects.get(action="claims.counterpart.parted")
    assert (entry.object_id, entry.before, entry.after) == (
        pair.pk,
        {"status": "joined"},
        {"status": "open"},
    )
    chosen = build_comparison(story, person, point=point.pk).chosen
    assert chosen is not None
    (card,) = chosen.pairs.open
    assert (card.decided, card.undo) == ("", None)  # what was said is over: it can be said anew
