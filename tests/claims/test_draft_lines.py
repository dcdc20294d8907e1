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
