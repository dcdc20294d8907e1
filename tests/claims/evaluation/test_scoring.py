"""What the engine says of a small story is judged against its labels."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.engine import compare
from claims.engine.readings import Comparison
from claims.evaluation.corpus import LabelledStory, load_story
from claims.evaluation.flags import flag_tallies, judge_flags
from claims.evaluation.scoring import evaluate
from claims.evaluation.stages import Evaluated, tallies
from claims.evaluation.tallies import matched
from tests.claims.evaluation.conftest import WriteStory


@pytest.fixture
def story(write_story: WriteStory) -> LabelledStory:
    return load_story(write_story())


@pytest.fixture
def comparison(story: LabelledStory) -> Comparison:
    return compare.compare(list(story.reports.values()), mode="thorough")


def test_each_label_meets_the_claim_that_stands_there(
    story: LabelledStory, comparison: Comparison
) -> None:
    aligned = Evaluated.of(story, comparison).aligned
    found = {name: claim.exact for name, claim in aligned.items() if claim}
    assert "41" in found["a1"]
    assert "12" in found["b1"]
    assert "declined" in found["b2"]


def test_right_readings_count_as_right(story: LabelledStory, comparison: Comparison) -> None:
    stages = tallies(Evaluated.of(story, comparison))
    assert stages["quantities"] == matched(right=2, found=2, wanted=2)
    assert stages["responses"] == matched(right=1, found=1, wanted=1)


def test_a_story_without_any_claim_found_has_no_recall(story: LabelledStory) -> None:
    stages = tallies(Evaluated.of(story, Comparison()))
    assert stages["quantities"] == matched(right=0, found=0, wanted=2)
    assert stages["matching, pairs"].recall == 0
    assert stages["flags, quiet, serious"].recall == 0


def test_a_flag_at_the_claims_that_differ_is_right(
    story: LabelledStory, comparison: Comparison
) -> None:
    flags = judge_flags(story, comparison)
    assert [one.flag.kind for one in flags] == ["quantity"]
    assert flags[0].differences == story.labels.differences
    assert flag_tallies(story, comparison)["flags, quiet"].precision == 1


def test_a_flag_elsewhere_is_wrong(story: LabelledStory, comparison: Comparison) -> None:
    answer = next(claim.id for claim in comparison.claims if claim.reading.response)
    flags = [replace(flag, claims=(answer,)) for flag in comparison.discrepancies]
    moved = replace(comparison, discrepancies=tuple(flags))
    assert flag_tallies(story, moved)["flags, quiet"].precision == 0


def test_what_no_flag_finds_is_listed_as_missed(write_story: WriteStory) -> None:
    result = evaluate(load_story(write_story('kind = "quantity"', 'kind = "date"')), None)
    assert result.missed == ()  # the flag points at it, though it calls it another kind
    assert result.card.stages["flags, quiet, kind"] == matched(right=0, found=1, wanted=1)


def test_the_command_prints_each_story_and_both_halves(write_story: WriteStory) -> None:
    out = StringIO()
    call_command("evaluate", str(write_story()), "--no-model", "--errors", stdout=out)
    assert "a-flood" in out.getvalue()
    assert "only scored, together" in out.getvalue()
    assert "used for rules" not in out.getvalue()


def test_the_json_holds_counts_and_shares(write_story: WriteStory) -> None:
    out = StringIO()
    call_command("evaluate", str(write_story()), "--no-model", "--format", "json", stdout=out)
    card = json.loads(out.getvalue())["cards"][0]
    assert card["name"] == "a-flood"
    assert card["stages"]["quantities"]["f1"] == 1


def test_bad_labels_end_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no labelled story") as caught:
        call_command("evaluate", str(tmp_path))
    assert caught.value.returncode == 2
