"""The lines of a draft with the reports' words to them."""

import pytest

from claims.draft_lines import load_lines
from claims.models import Draft
from claims.statements import load_cited
from claims.whole_story import load_whole_story
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_line_names_each_report_once_in_the_order_of_what_was_told() -> None:
    story = factories.make_story()
    claims = []
    for name, quotes in (("First", ("Nine are dead", "Nine died")), ("Second", ("Nine killed",))):
        text = ". ".join(quotes)
        version = factories.make_article(story, text, factories.make_source(name)).current_version
        assert version is not None
        claims += [factories.make_claim(version, quote) for quote in quotes]
    first, again, second = claims
    line = {
        "start": 0,
        "end": 4,
        "point": None,
        "normal": "9",
        "told": [str(one.pk) for one in (first, second, again)],
        "origins": 2,
        "findings": [],
    }
    reports = load_whole_story(story).reports
    assert len(load_cited(story, [one.pk for one in claims], reports)) == 3
    (found,) = load_lines(Draft(text="Nine", findings=[line]), story, reports, ()).borne_out
    assert [(one.source, one.quote) for one in found.told] == [
        ("First", "Nine are dead"),
        ("Second", "Nine killed"),
    ]


def test_sentences_with_nothing_told_of_them_are_counted() -> None:
    story = factories.make_story()
    version = factories.make_article(story, "Nine died", factories.make_source("A")).current_version
    assert version is not None
    claim = str(factories.make_claim(version, "Nine died").pk)
    gone = [{"kind": "older", "rule": "draft-older", "told": ["0"], "against": ["0"]}]
    bare = {"point": None, "normal": "", "origins": 0}
    lines = [
        {**bare, "start": 0, "end": 4, "within": [0, 9], "told": [], "findings": []},
        {**bare, "start": 5, "end": 9, "within": [0, 9], "told": [claim], "findings": []},
        {**bare, "start": 10, "end": 14, "within": [10, 19], "told": [], "findings": []},
        {**bare, "start": 15, "end": 19, "within": [10, 19], "told": [], "findings": []},
        # of which nothing is told any more, for its reports are shown no longer
        {**bare, "start": 20, "end": 25, "within": [20, 29], "told": [], "findings": gone},
    ]
    reports = load_whole_story(story).reports
    found = load_lines(Draft(text="Nine died" * 4, findings=lines), story, reports, ())
    assert len(found.borne_out) == 1
    assert found.unchecked == 2
