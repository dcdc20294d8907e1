"""Each guard of the claims' tables, attacked with plain SQL."""

import pytest
from django.db import IntegrityError, transaction

from claims.models import Claim, Decision, SharedPassage
from tests import factories
from tests.plain_sql import refused, run

pytestmark = pytest.mark.django_db

UPDATE_SPAN = 'UPDATE claims_claim SET start = %s, "end" = %s, exact = %s WHERE id = %s'


@pytest.mark.parametrize(
    ("start", "end", "exact", "match"),
    [
        (0, 5, "wrong", "does not quote"),
        (1, 9, "At least", "does not quote"),
        (5, 5, "", "claim_span_not_empty"),
        (8, 3, "", "claim_span_not_empty"),
        (0, 8, "", "does not quote"),
        (0, 9, "At least", "as_long_as_its_text"),
        (75, 99, "comment.", "as_long_as_its_text"),
        (10_000, 10_004, "text", "does not quote"),
        (-1, 3, "At l", "claims_claim_start"),
    ],
)
def test_a_claim_quotes_its_version(start: int, end: int, exact: str, match: str) -> None:
    claim = factories.make_claim()
    refused(UPDATE_SPAN, start, end, exact, claim.pk, match=match)


def test_a_wrong_claim_among_many_in_one_statement_is_refused() -> None:
    version = factories.make_article().versions.get()
    rows = [
        Claim(story_id=version.story_id, article_version=version, start=0, end=8, exact=exact)
        for exact in ["At least", "at least", "At least"]
    ]
    with pytest.raises(IntegrityError, match="does not quote"), transaction.atomic():
        Claim.objects.bulk_create(rows)
    assert not Claim.objects.exists()


def test_a_claim_cannot_change_its_key_and_its_text_at_once() -> None:
    claim = factories.make_claim()
    refused(
        "UPDATE claims_claim SET id = id + 1000, exact = upper(exact) WHERE id = %s",
        claim.pk,
        match="does not quote",
    )


def test_offsets_are_code_points() -> None:
    text = "Port 😀 office 👨‍👩‍👧 opened"
    version = factories.make_article(text=text).versions.get()
    claim = factories.make_claim(version, "opened")
    assert (claim.start, claim.end) == (len(text) - 6, len(text))
    refused(UPDATE_SPAN, claim.start + 1, claim.end + 1, "opened", claim.pk, match="quote")


def test_a_claim_cannot_go_over_to_a_version_that_says_something_else() -> None:
    claim = factories.make_claim()
    newer = factories.make_version(claim.article_version.article, "Other words altogether here.")
    refused(
        "UPDATE claims_claim SET article_version_id = %s WHERE id = %s",
        newer.pk,
        claim.pk,
        match="does not quote",
    )


def test_other_fields_of_a_claim_change_freely_and_spans_to_right_ones() -> None:
    claim = factories.make_claim()
    assert run("UPDATE claims_claim SET status = 'accepted' WHERE id = %s", claim.pk) == 1
    assert run(UPDATE_SPAN, 3, 8, "least", claim.pk) == 1


def test_a_quote_is_empty_only_where_its_version_was_erased() -> None:
    claim = factories.make_claim()
    run("SET LOCAL parallax.erasure = 'on'")
    run(
        """UPDATE reader_articleversion
           SET text = '', blocks = '[]', body_html = '', erased_at = now() WHERE id = %s""",
        claim.article_version_id,
    )
    run("SET LOCAL parallax.erasure = 'off'")
    assert run("UPDATE claims_claim SET exact = '' WHERE id = %s", claim.pk) == 1
    refused(
        "UPDATE claims_claim SET exact = repeat('x', \"end\" - start) WHERE id = %s",
        claim.pk,
        match="does not quote",
    )


@pytest.mark.parametrize(
    ("column", "match"),
    [
        ("article_version_id", "claim_version_in_story"),
        ("point_id", "claim_point_in_story"),
    ],
)
def test_what_a_claim_refers_to_lies_in_its_story(column: str, match: str) -> None:
    claim, other = factories.make_claim(), factories.make_claim()
    factories.make_point(claims=[other])
    refused(
        f"UPDATE claims_claim SET {column} = %s WHERE id = %s",
        getattr(other, column),
        claim.pk,
        match=match,
    )


@pytest.mark.parametrize(
    "table",
    [
        "claims_claim",
        "claims_point",
        "claims_discrepancy",
        "claims_discrepancyclaim",
        "claims_counterpart",
    ],
)
def test_a_row_below_a_story_does_not_go_to_another(table: str) -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    factories.make_discrepancy(point, [claim])
    factories.make_counterpart(claim, factories.make_claim(claim.article_version, "Officials"))
    refused(f"UPDATE {table} SET story_id = %s", factories.make_story().pk, match="_in_story")


@pytest.mark.parametrize(
    ("column", "match"),
    [("version_id", "passage_version_in_story"), ("other_id", "passage_other_in_story")],
)
def test_the_texts_of_a_shared_passage_lie_in_its_story(column: str, match: str) -> None:
    first = factories.make_article().versions.get()
    second = factories.make_article(first.story, "another text").versions.get()
    SharedPassage.objects.create(
        story=first.story,
        version=first,
        start=0,
        end=3,
        other=second,
        other_start=0,
        other_end=3,
        words=1,
    )
    elsewhere = factories.make_article().current_version_id
    refused(f"UPDATE claims_sharedpassage SET {column} = %s", elsewhere, match=match)


def test_a_discrepancys_claims_belong_to_its_point() -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    discrepancy = factories.make_discrepancy(point, [claim])
    other = factories.make_point(claim.story)
    for sql in (
        "UPDATE claims_claim SET point_id = %s WHERE id = %s",
        "UPDATE claims_discrepancyclaim SET point_id = %s WHERE claim_id = %s",
    ):
        refused(sql, other.pk, claim.pk, match="discrepancy_claim_point_of_")
    refused("UPDATE claims_claim SET point_id = NULL WHERE id = %s", claim.pk, match="point_of_")
    refused(
        "UPDATE claims_discrepancy SET point_id = %s WHERE id = %s",
        other.pk,
        discrepancy.pk,
        match="point_of_discrepancy",
    )
    free = factories.make_claim(claim.article_version, "Officials")
    refused(
        """INSERT INTO claims_discrepancyclaim (story_id, discrepancy_id, claim_id, point_id)
           VALUES (%s, %s, %s, %s)""",
        claim.story_id,
        discrepancy.pk,
        free.pk,
        point.pk,
        match="point_of_claim",
    )


def test_a_claim_moves_when_its_discrepancies_are_mended_before_the_end() -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    factories.make_discrepancy(point, [claim])
    other = factories.make_point(claim.story)
    run("SET CONSTRAINTS discrepancy_claim_point_of_claim DEFERRED")
    run("UPDATE claims_claim SET point_id = %s WHERE id = %s", other.pk, claim.pk)
    refused("SET CONSTRAINTS discrepancy_claim_point_of_claim IMMEDIATE", match="point_of_claim")
    run("DELETE FROM claims_discrepancyclaim WHERE claim_id = %s", claim.pk)
    run("SET CONSTRAINTS discrepancy_claim_point_of_claim IMMEDIATE")


def test_decisions_never_change() -> None:
    claim = factories.make_claim()
    discrepancy = factories.make_discrepancy(factories.make_point(claims=[claim]), [claim])
    decision = factories.make_decision(factories.make_user(), discrepancy, note="seen")
    for sql in (
        "UPDATE claims_decision SET new_status = 'open' WHERE id = %s",
        "UPDATE claims_decision SET note = 'other' WHERE id = %s",
        "UPDATE claims_decision SET note = note WHERE id = %s",
        "DELETE FROM claims_decision WHERE id = %s",
    ):
        refused(sql, decision.pk, match="never changed")
    run("SET LOCAL parallax.erasure = 'on'")
    assert run("UPDATE claims_decision SET note = '' WHERE id = %s", decision.pk) == 1
    refused("UPDATE claims_decision SET action = '' WHERE id = %s", decision.pk, match="never")
    refused("DELETE FROM claims_decision WHERE id = %s", decision.pk, match="never")


def test_what_a_decision_is_about_cannot_be_deleted() -> None:
    claim = factories.make_claim()
    discrepancy = factories.make_discrepancy(factories.make_point(claims=[claim]))
    factories.make_decision(factories.make_user(), discrepancy)
    refused(
        "DELETE FROM claims_discrepancy WHERE id = %s",
        discrepancy.pk,
        match="decision_discrepancy_in_story",
    )


@pytest.mark.parametrize(
    "about",
    [[], ["claim", "point"], ["claim", "counterpart"], ["claim", "point", "discrepancy"]],
)
def test_a_decision_is_about_exactly_one_thing(about: list[str]) -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    things = {
        "claim": claim,
        "point": point,
        "discrepancy": factories.make_discrepancy(point, [claim]),
        "counterpart": factories.make_counterpart(
            claim, factories.make_claim(claim.article_version, "Officials")
        ),
    }
    chosen = {name: things[name] for name in about}
    with pytest.raises(IntegrityError, match="decision_about_one_thing"), transaction.atomic():
        Decision.objects.create(
            story_id=claim.story_id, person=factories.make_user(), action="note", **chosen
        )


def test_a_decision_lies_in_the_story_of_what_it_is_about() -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    discrepancy = factories.make_discrepancy(point, [claim])
    elsewhere = factories.make_story().pk
    person = factories.make_user()
    first = factories.make_decision(person, discrepancy)
    pair = factories.make_counterpart(
        claim, factories.make_claim(claim.article_version, "Officials")
    )
    things = {"claim": claim, "point": point, "discrepancy": discrepancy, "counterpart": pair}
    for column, thing in things.items():
        about = {column: thing}
        match = f"decision_{column}_in_story"
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            Decision.objects.create(story_id=elsewhere, person=person, action="note", **about)
    abroad = factories.make_claim()
    with pytest.raises(IntegrityError, match="decision_undoes_in_story"), transaction.atomic():
        Decision.objects.create(
            story_id=abroad.story_id, claim=abroad, person=person, action="undo", undoes=first
        )


def test_a_decision_is_undone_once() -> None:
    claim = factories.make_claim()
    discrepancy = factories.make_discrepancy(factories.make_point(claims=[claim]), [claim])
    person = factories.make_user()
    first = factories.make_decision(person, discrepancy)
    factories.make_decision(person, discrepancy, action="undo", undoes=first)
    with pytest.raises(IntegrityError, match="undoes_id"), transaction.atomic():
        factories.make_decision(person, discrepancy, action="undo", undoes=first)


def test_a_story_has_a_natural_key_once() -> None:
    point = factories.make_point()
    factories.make_discrepancy(point, natural_key="key")
    with pytest.raises(IntegrityError, match="natural_key_once"), transaction.atomic():
        factories.make_discrepancy(point, natural_key="key")


def test_a_claim_takes_part_in_a_discrepancy_once() -> None:
    claim = factories.make_claim()
    point = factories.make_point(claims=[claim])
    with pytest.raises(IntegrityError, match="discrepancy_claim_once"), transaction.atomic():
        factories.make_discrepancy(point, [claim, claim])


def test_a_persons_claim_has_an_author_and_the_engines_has_none() -> None:
    claim = factories.make_claim()
    refused("UPDATE claims_claim SET made_by = 'person'", match="claim_author_if_person")
    refused(
        "UPDATE claims_claim SET author_id = %s WHERE id = %s",
        factories.make_user().pk,
        claim.pk,
        match="claim_author_if_person",
    )


@pytest.mark.parametrize(
    ("table", "column", "constraint"),
    [
        ("claims_claim", "status", "claim_status_known"),
        ("claims_claim", "anchor_state", "claim_anchor_known"),
        ("claims_point", "status", "point_status_known"),
        ("claims_point", "verdict", "point_verdict_known"),
        ("claims_discrepancy", "status", "discrepancy_status_known"),
        ("claims_counterpart", "status", "counterpart_status_known"),
    ],
)
def test_states_are_known_words(table: str, column: str, constraint: str) -> None:
    claim = factories.make_claim()
    factories.make_discrepancy(factories.make_point(claims=[claim]))
    factories.make_counterpart(claim, factories.make_claim(claim.article_version, "Officials"))
    refused(f"UPDATE {table} SET {column} = 'odd'", match=constraint)


def test_a_pair_in_doubt_is_of_two_claims_of_its_story_once() -> None:
    claim = factories.make_claim()
    other = factories.make_claim(claim.article_version, "Officials")
    pair = factories.make_counterpart(claim, other)
    abroad = factories.make_claim()
    for column in ("claim", "other"):
        refused(
            f"UPDATE claims_counterpart SET {column}_id = %s",
            {"claim": 0, "other": abroad.pk}[column],
            match=f"counterpart_{column}_in_story",
        )
    refused("UPDATE claims_counterpart SET other_id = claim_id", match="smaller_first")
    with pytest.raises(IntegrityError, match="counterpart_pair_once"), transaction.atomic():
        factories.make_counterpart(other, claim)
    refused("DELETE FROM claims_claim WHERE id = %s", other.pk, match="counterpart_other_in_story")
    Decision.objects.create(
        story_id=claim.story_id, person=factories.make_user(), action="join", counterpart=pair
    )
    refused("DELETE FROM claims_counterpart", match="decision_counterpart_in_story")
