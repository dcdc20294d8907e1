"""`manage.py fit`: labelled stories become training pairs, and only-scored ones never do."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.engine import weights
from claims.evaluation.corpus import load_story
from claims.evaluation.training import training

OPEN = Path("fixtures/corpus/open")
STORIES = [str(OPEN / name) for name in ("norrhall-results", "port-amsel-water-march")]


def test_labels_become_pairs_of_claims_of_different_reports():
    found = training(load_story(OPEN / "norrhall-results"))
    reports = {claim.id: claim.report for claim in found.claims}
    assert found.same
    assert not {*found.same} & {*found.apart}
    assert all(reports[one] != reports[other] for one, other in found.judged)


def test_a_story_that_is_only_scored_is_never_fitted_on():
    story = replace(load_story(OPEN / "norrhall-results"), scored=True)
    with pytest.raises(ValueError, match="only scored"):
        training(story)


def test_the_table_shows_old_and_new_and_the_weights_to_write(monkeypatch, tmp_path):
    monkeypatch.setattr(weights, "FILE", tmp_path / "weights.toml")
    told = StringIO()
    call_command(
        "fit", *STORIES, no_model=True, write=True, format="json", stdout=told, stderr=StringIO()
    )
    found = json.loads(told.getvalue())
    assert [fold["story"] for fold in found["stories"]] == [Path(one).name for one in STORIES]
    assert set(found["together"]) == {"story", "old", "new"}
    written = (tmp_path / "weights.toml").read_text(encoding="utf-8")
    assert written == found["weights"]
    assert weights.parse(written).stories == tuple(Path(one).name for one in STORIES)


def test_one_story_ends_with_one_line_and_code_2():
    with pytest.raises(CommandError, match="two or more stories") as error:
        call_command("fit", STORIES[0], no_model=True)
    assert error.value.returncode == 2
