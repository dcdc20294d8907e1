"""What people say of a pair in doubt, and taking it back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.comparison import build_comparison
from claims.layout import Layout
from claims.models import Claim, Counterpart, Decision, Point, SharedPassage
from claims.pairs import PointPairs
from claims.services import pairing, undoing
from claims.services.changes import Refused, Stale
from reader.models import Article, AuditEntry, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#pairs-said"}


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR, "editor")


@pytest.fixture
def checker(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER, "checker")


@pytest.fixture
def loose(compared: Compared) -> Counterpart:
    """A claim of the first point, and one of the second report that is in no point."""
    free = factories.make_claim(compared.articles[1].current_version, "Nothing")
    return factories.make_counterpart(claims_of(compared.points[0])[0], free)


@pytest.fixture
def across(compared: Compared) -> Counterpart:
    """A claim of the first point, and one of the second."""
    one, other = (claims_of(point)[at] for at, point in enumerate(compared.points[:2]))
    return factories.make_counterpart(
        one,
        other,
        kind="quantity",
        severity="high",
        rule="quantity-intervals",
        explanation="Why they differ.",
        evidence={"groups": [{"value": "12 injured"}, {"value": "19 injured"}]},
    )


def pairs(compared: Compared, user: User, mode: str = "thorough") -> PointPairs:
    chosen = build_comparison(compared.story, user, layout=Layout(mode=mode)).chosen  # type: ignore[arg-type]
    assert chosen is not None
    return chosen.pairs


class TestJoining:
    def test_a_claim_in_no_point_is_put_into_this_one(
        self, compared: Compared, loose: Counterpart, checker: User
    ) -> None:
        point = compared.points[0]
        done = pairing.join(
            person=checker,
            counterpart_id=loose.pk,
            row_version=1,
            point_id=point.pk,
            other_point=None,
        )
        assert Claim.objects.get(exact="Nothing").point == point
        loose.refresh_from_db()
        assert loose.status == "joined"
        undoing.undo(person=checker, decision_id=done.pk)
        assert Claim.objects.get(exact="Nothing").point is None
        loose.refresh_from_db()
        assert loose.status == "open"

    def test_points_are_merged_and_the_merge_is_taken_back_with_it(
        self, compared: Compared, across: Counterpart, editor: User
    ) -> None:
        point, other = compared.points[:2]
        own = claims_of(other)
        done = pairing.merge(
            person=editor,
            counterpart_id=across.pk,
            row_version=1,
            point_id=point.pk,
            other_point=other.pk,
        )
        assert set(own) < set(claims_of(point))
        assert Point.objects.get(pk=other.pk).status == "retired"
        undoing.undo(person=editor, decision_id=done.pk)
        assert claims_of(other) == own
        assert Counterpart.objects.get().status == "open"
        with pytest.raises(Refused, match="undone already"):
            undoing.undo(person=editor, decision_id=done.pk)

    def test_a_claim_that_went_elsewhere_meanwhile_is_not_moved(
        self, compared: Compared, across: Counterpart, editor: User
    ) -> None:
        for seen in (None, compared.points[2].pk):
            with pytest.raises(Stale):
                pairing.join(
                    person=editor,
                    counterpart_id=across.pk,
                    row_version=1,
                    point_id=compared.points[0].pk,
                    other_point=seen,
                )
        with pytest.raises(Stale):
            pairing.merge(
                person=editor,
                counterpart_id=across.pk,
                row_version=2,
                point_id=compared.points[0].pk,
                other_point=compared.points[1].pk,
            )
        assert not Decision.objects.exists()

    def test_who_undoes_the_placing_alone_can_no_longer_undo_the_pair_wrongly(
        self, compared: Compared, loose: Counterpart, checker: User
    ) -> None:
        joined = pairing.join(
            person=checker,
            counterpart_id=loose.pk,
            row_version=1,
            point_id=compared.points[0].pk,
            other_point=None,
        )
        placed = Decision.objects.get(action="place")
        undoing.undo(person=checker, decision_id=placed.pk)
        undoing.undo(person=checker, decision_id=joined.pk)
        assert Claim.objects.get(exact="Nothing").point is None
        assert Counterpart.objects.get().status == "open"


class TestKeepingApart:
    def test_it_is_said_once_audited_and_undone(self, across: Counterpart, checker: User) -> None:
        done = pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=1)
        assert Counterpart.objects.told().get() == across
        entry = AuditEntry.objects.get(action="claims.counterpart.keep_apart")
        assert entry.after == {"status": "kept_apart", "decision": done.pk}
        with pytest.raises(Stale):
            pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=1)
        undoing.undo(person=checker, decision_id=done.pk)
        assert not Counterpart.objects.told().exists()

    def test_only_a_comparison_on_its_way_is_followed_by_another(
        self, across: Counterpart, checker: User
    ) -> None:
        def revision() -> int:
            return Story.objects.values_list("texts_revision", flat=True).get()

        before = revision()
        done = pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=1)
        assert revision() == before
        undoing.undo(person=checker, decision_id=done.pk)
        Story.objects.update(compared_revision=before - 1)
        pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=3)
        assert revision() == before + 1

    def test_a_closed_story_stays_as_it_is(self, across: Counterpart, checker: User) -> None:
        Story.objects.update(status="closed")
        with pytest.raises(Refused, match="closed"):
            pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=1)

    def test_a_persons_desk_alone_sees_the_pair(self, across: Counterpart, editor: User) -> None:
        assert list(Counterpart.objects.visible_to(editor)) == [across]
        assert not Counterpart.objects.visible_to(factories.make_user()).exists()


class TestEvidence:
    def test_the_other_claim_is_shown_with_its_source_and_point(
        self, compared: Compared, across: Counterpart, checker: User
    ) -> None:
        (card,) = pairs(compared, checker).open
        names = [article.source.name for article in compared.articles]
        assert (card.source, card.beside, card.label) == (names[1], names[0], "The answer")
        assert card.quote == "The government denied it"
        assert card.near == "About 1,000 soldiers are in the port"
        assert (card.differs, card.why) == ("12 injured / 19 injured", "Why they differ.")

    def test_quiet_mode_names_the_pair_and_no_difference(
        self, compared: Compared, across: Counterpart, checker: User
    ) -> None:
        (card,) = pairs(compared, checker, "quiet").open
        assert (card.differs, card.why, card.kind_word) == ("", "", "")

    def test_the_best_five_are_shown_each_claim_once(
        self, compared: Compared, checker: User
    ) -> None:
        near = claims_of(compared.points[0])
        version = compared.articles[1].current_version
        words = ["Nothing", "is known", "train", "five", "grounds", "else"]
        far = [factories.make_claim(version, word) for word in words]
        for at, claim in enumerate(far):
            factories.make_counterpart(near[0], claim, score=float(at))
        factories.make_counterpart(near[1], far[0], score=9.0)
        shown = pairs(compared, checker).open
        assert [card.quote for card in shown] == ["Nothing", "else", "grounds", "five", "train"]

    @pytest.mark.parametrize("hidden", ["draft", "rejected", "orphan"])
    def test_what_is_not_shown_is_no_pair(
        self, compared: Compared, across: Counterpart, checker: User, hidden: str
    ) -> None:
        far = claims_of(compared.points[1])[1]
        if hidden == "draft":
            Article.objects.filter(pk=compared.articles[1].pk).update(status="draft")
        elif hidden == "rejected":
            Claim.objects.filter(pk=far.pk).update(status="rejected")
        else:
            Claim.objects.filter(pk=far.pk).update(anchor_state="orphan")
        assert pairs(compared, checker).open == ()

    def test_another_value_of_words_in_the_point_is_no_pair(
        self, compared: Compared, checker: User
    ) -> None:
        near = claims_of(compared.points[0])[0]
        version = compared.articles[1].current_version
        factories.make_counterpart(near, factories.make_claim(version, "soldiers are in"))
        assert pairs(compared, checker).open == ()

    def test_a_claim_kept_apart_comes_back_beside_no_claim_of_the_point(
        self, compared: Compared, loose: Counterpart, checker: User
    ) -> None:
        near = factories.make_claim(
            compared.articles[0].current_version, "is known", point=compared.points[0]
        )
        factories.make_counterpart(near, Claim.objects.get(exact="Nothing"), score=0.5)
        done = pairing.keep_apart(person=checker, counterpart_id=loose.pk, row_version=1)
        assert pairs(compared, checker).open == ()
        undoing.undo(person=checker, decision_id=done.pk)
        (card,) = pairs(compared, checker).open
        assert card.id == loose.pk

    @pytest.mark.parametrize("one_origin", [True, False])
    def test_copies_of_one_claim_take_one_place(
        self, compared: Compared, checker: User, one_origin: bool
    ) -> None:
        near = claims_of(compared.points[0])[0]
        text = "Some say Nothing else is known here, and more is to come."
        copies = [factories.make_article(compared.story, text) for _ in range(2)]
        versions = [copy.versions.get() for copy in copies]
        for at, version in enumerate(versions):
            far = factories.make_claim(version, "Nothing else is known" + " here" * at)
            factories.make_counterpart(near, far, score=float(at))
        SharedPassage.objects.create(
            story=compared.story,
            version=versions[0],
            start=0,
            end=len(text),
            other=versions[1],
            other_start=0,
            other_end=len(text),
            words=12,
            one_origin=one_origin,
        )
        shown = [card.quote for card in pairs(compared, checker).open]
        both = ["Nothing else is known here", "Nothing else is known"]
        assert shown == (both[:1] if one_origin else both)

    def test_a_joined_pair_names_the_claim_that_was_put_into_the_point(
        self, compared: Compared, checker: User
    ) -> None:
        far = factories.make_claim(compared.articles[0].current_version, "Nothing")
        near = claims_of(compared.points[0])[1]
        pair = factories.make_counterpart(near, far)
        pairing.join(
            person=checker,
            counterpart_id=pair.pk,
            row_version=1,
            point_id=compared.points[0].pk,
            other_point=None,
        )
        (card,) = pairs(compared, checker).told
        assert (card.quote, card.near) == ("Nothing", near.exact)

    def test_what_was_decided_stands_apart_with_who_did_and_its_undo(
        self, compared: Compared, across: Counterpart, checker: User
    ) -> None:
        done = pairing.keep_apart(person=checker, counterpart_id=across.pk, row_version=1)
        shown = pairs(compared, checker)
        assert shown.open == ()
        assert shown.told[0].undo == done.pk
        assert shown.told[0].decided.startswith("Kept apart by checker, ")


class TestForms:
    @pytest.fixture
    def client(self, client: Client, checker: User) -> Client:
        client.force_login(checker)
        return client

    def send(
        self, client: Client, pair: Counterpart, point: Point, *, htmx: bool = True, **form: Any
    ) -> Any:
        here = pair.story.get_absolute_url()
        headers = {**HX, "HX-Current-URL": f"http://testserver{here}?point={point.pk}"}
        sent = {"point": point.pk, "row_version": 1, **form}
        url = reverse("claims:pair", args=[pair.pk])
        return client.post(url, sent, headers=headers if htmx else {})

    def test_the_evidence_offers_both_words_to_those_who_may(
        self, client: Client, compared: Compared, across: Counterpart, editor: User
    ) -> None:
        url = compared.story.get_absolute_url()
        page = client.get(url, {"mode": "thorough"})
        assertContains(page, "If these are one point, they differ: 12 injured / 19 injured")
        assertContains(page, 'data-pair-action="apart"')
        assertContains(page, 'value="join"')  # merging is for editors
        client.force_login(editor)
        assertContains(client.get(url), 'value="merge"')
        client.force_login(factories.make_member(compared.story.desk, Role.READER))
        page = client.get(url)
        assertContains(page, "Perhaps the same: 1 claim")
        assertNotContains(page, "data-pair-action")

    def test_with_htmx_the_evidence_alone_comes_back(
        self, client: Client, compared: Compared, across: Counterpart
    ) -> None:
        answer = self.send(client, across, compared.points[0], verb="apart")
        assertContains(answer, "Kept apart. They will not be offered again.")
        assertContains(answer, '<hx-partial hx-target="#evidence"')
        assertContains(answer, "1 pair decided")
        assertNotContains(answer, "<html")
        done = Decision.objects.get()
        answer = self.send(client, across, compared.points[0], verb="undo", decision=done.pk)
        assertContains(answer, "Perhaps the same: 1 claim")

    def test_without_scripts_one_comes_back_to_the_pairs(
        self, client: Client, compared: Compared, loose: Counterpart
    ) -> None:
        point = compared.points[0]
        answer = self.send(client, loose, point, htmx=False, verb="join", mode="thorough")
        assert answer["Location"].endswith(f"?point={point.pk}&mode=thorough#pairs")
        assert Claim.objects.get(exact="Nothing").point == point

    @pytest.mark.parametrize("htmx", [True, False])
    def test_who_comes_too_late_is_told_why(
        self, client: Client, compared: Compared, across: Counterpart, htmx: bool
    ) -> None:
        Counterpart.objects.update(row_version=2)
        answer = self.send(client, across, compared.points[0], htmx=htmx, verb="apart")
        assertContains(answer, "This has changed since", status_code=409)
        assertContains(answer, "data-pair-refused", status_code=409)

    def test_a_fact_checker_merges_no_points_and_takes_no_merge_back(
        self, client: Client, compared: Compared, across: Counterpart, editor: User
    ) -> None:
        point, other = compared.points[:2]
        merge: dict[str, Any] = {"verb": "merge", "other_point": other.pk}
        assert self.send(client, across, point, **merge).status_code == 403
        client.force_login(editor)
        assert self.send(client, across, point, **merge).status_code == 200
        done = Decision.objects.get(action="join_points")
        client.force_login(User.objects.get(username="checker"))
        undo: dict[str, Any] = {"verb": "undo", "decision": done.pk}
        assert self.send(client, across, point, **undo).status_code == 403

    def test_an_unknown_word_and_a_strange_decision_are_not_found(
        self,
        client: Client,
        compared: Compared,
        across: Counterpart,
        loose: Counterpart,
        checker: User,
    ) -> None:
        done = pairing.keep_apart(person=checker, counterpart_id=loose.pk, row_version=1)
        forms: list[dict[str, Any]] = [{"verb": "burn"}, {"verb": "undo", "decision": done.pk}]
        for form in forms:
            answer = self.send(client, across, compared.points[0], **form)
            assert answer.status_code == 404

    def test_the_history_tells_it_and_offers_to_undo_it(
        self, client: Client, compared: Compared, across: Counterpart
    ) -> None:
        self.send(client, across, compared.points[0], verb="apart")
        page = client.get(reverse("reader:history", args=[compared.story.slug]))
        assertContains(page, "apart from")
        assertContains(page, reverse("claims:undo", args=[Decision.objects.get().pk]))
