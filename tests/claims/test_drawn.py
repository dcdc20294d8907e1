"""What of the side-by-side page is drawn without templates: nothing that people wrote is markup."""

from dataclasses import replace

import pytest
from django.urls import reverse
from lxml import html

from claims.cells import Cell
from claims.columns_base import Held
from claims.comparison import build_comparison
from claims.drawn_columns import draw_cell
from claims.models import Point
from reader.models import Article, Role, Source
from tests.claims.claim_forms import signed_in
from tests.claims.compared import compared_story
from tests.factories import make_member

pytestmark = pytest.mark.django_db
EVIL = """"'><script>bad()</script>&amp;"""


def test_no_value_at_a_foot_is_markup() -> None:
    compared = compared_story()
    person = make_member(compared.story.desk, Role.READER)
    column = build_comparison(compared.story, person).columns[0]
    cell = Cell(
        claim=1, value=EVIL, quote=EVIL, verdict_word=EVIL, tone="", facts=(EVIL,), more=EVIL
    )
    held = Held(relation="other", word=EVIL, difference=EVIL)
    tree = html.fromstring(f"<div>{draw_cell(replace(column, cell=cell, held=held))}</div>")
    told = [text.strip() for text in tree.itertext()]
    assert told == [EVIL] * 7


def test_no_name_title_or_label_is_markup() -> None:
    compared = compared_story()
    for number, report in enumerate(compared.articles):
        Source.objects.filter(pk=report.source_id).update(name=f"{EVIL}{number}")
    Article.objects.filter(story=compared.story).update(title=EVIL, language=EVIL[:8])
    Point.objects.filter(story=compared.story).update(label=EVIL)
    base = compared.articles[0].pk
    address = reverse("claims:compare", args=[compared.story.slug])
    client = signed_in(make_member(compared.story.desk, Role.EDITOR))
    page = client.get(f"{address}?base={base}&colour=source&arrange=1", follow=True)
    assert b"<script>bad" not in page.content
    tree = html.fromstring(page.content)
    shown = {
        "source": '//h2[starts-with(@id, "source-")]//bdi/text()',
        "title": '//h3[starts-with(@id, "title-")]/text()',
        "language": "//*[@data-column-text]/@lang",
        "menu": '//summary[starts-with(@id, "menu-open-")]/@aria-label',
        "label": '//*[@class="point-label"]/text()',
        "full label": "//*[@data-point]/@title",
        "panel": '//*[@class="layout-row"]//bdi/text()',
    }
    found = {name: set(tree.xpath(path)) for name, path in shown.items()}
    sources = {f"{EVIL}0", f"{EVIL}1"}
    assert found == {
        "source": sources,
        "title": {EVIL},
        "language": {EVIL[:8]},
        "menu": {f"Column of {name}" for name in sources},
        "label": {EVIL},
        "full label": {EVIL},
        "panel": sources,
    }
