"""Fitted weights: kept apart from use, one in use for a desk, and switched off again."""

import pytest

from claims.engine import weights
from claims.learning import switching
from claims.models import FittedWeights
from claims.services.newsroom import settings_of
from reader.models import AuditEntry, Desk, Story
from reader.services.people import Refused
from tests import factories, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return factories.make_desk()


def keep(desk: Desk) -> FittedWeights:
    return switching.keep(desk, weights.default(), [["pairs", "0.48", "0.51"]])


def test_kept_weights_are_not_in_use(desk: Desk) -> None:
    assert keep(desk).measured == [["pairs", "0.48", "0.51"]]
    assert settings_of(desk).weights is None


def test_weights_that_are_switched_on_are_those_of_the_desk_alone(desk: Desk) -> None:
    switching.switch_on(keep(desk))
    assert settings_of(desk).weights == weights.default()
    assert settings_of(factories.make_desk()).weights is None


def test_one_is_in_use_at_most(desk: Desk) -> None:
    first, second = keep(desk), keep(desk)
    switching.switch_on(first)
    switching.switch_on(second)
    assert [one.pk for one in FittedWeights.objects.filter(on=True)] == [second.pk]


def test_switched_off_the_weights_that_come_with_the_engine_count_again(desk: Desk) -> None:
    switching.switch_on(keep(desk))
    switching.switch_off(desk)
    assert settings_of(desk).weights is None


def test_a_switch_compares_open_stories_anew_and_is_on_record(desk: Desk) -> None:
    story = factories.make_article(factories.make_story(desk)).story
    closed = factories.make_story(desk, status=Story.Status.CLOSED)
    switching.switch_on(keep(desk))
    compared = [one["story_id"] for one in jobs.waiting()]
    assert story.pk in compared
    assert closed.pk not in compared
    actions = AuditEntry.objects.values_list("action", flat=True).order_by("pk")
    assert "claims.fittedweights.switched_on" in actions


def test_what_is_so_already_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="come with Parallax"):
        switching.switch_off(desk)
    kept = keep(desk)
    switching.switch_on(kept)
    with pytest.raises(Refused, match="in use already"):
        switching.switch_on(kept)


def test_weights_of_another_engine_end_no_comparison_and_are_not_switched_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    kept = keep(desk)
    switching.switch_on(kept)
    FittedWeights.objects.update(numbers="prior_pairs = 1")
    assert settings_of(desk).weights is None
    assert "are not used" in caplog.text
    switching.switch_off(desk)
    with pytest.raises(Refused, match="another engine"):
        switching.switch_on(kept)
