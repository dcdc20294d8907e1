"""Each case runs once on tiny sizes; how long it takes is nobody's business here."""

import io
import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker

from claims.bench import cases
from claims.bench.cases import CASES, chosen, run
from claims.bench.rows import Row
from claims.bench.setting import Setting, Sizes
from claims.bench.weight import Links, imports
from claims.models import Claim

TINY = Sizes(
    reports=3,
    words=80,
    claims=4,
    render_words=200,
    render_claims=10,
    engine_reports=(2, 3),
    related_reports=2,
    hostile_length=400,
    loaded=3,
    tables=(2, 4),
    columns=3,
    column_words=400,
    column_claims=40,
    browser_reps=2,
    reps=2,
    least=0,
)
ALONE = [name for name in CASES if name.startswith(("render", "engine", "extract"))]
BROWSER = [name for name in CASES if name.startswith("browser")]
SERVED = [name for name in CASES if name not in [*ALONE, *BROWSER]]


@pytest.fixture(scope="module")
def setting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Setting]:
    """One tiny site for all cases, in the database that the bench makes and drops itself."""
    with django_db_blocker.unblock(), Setting(sizes=TINY) as made:
        yield made


@pytest.mark.parametrize("name", ALONE)
def test_case_without_a_database_runs(name: str) -> None:
    (row,) = run([name], Setting(sizes=TINY))
    assert row.name == name
    assert row.figure is not None or row.skipped == "spaCy is not installed"


@pytest.mark.parametrize("name", ["browser.paint", "browser.hover", "browser.align"])
def test_case_in_a_browser_runs(name: str) -> None:
    (row,) = run([name], Setting(sizes=TINY))
    assert row.name == name
    assert row.figure is not None or row.skipped in ("Chromium is missing", "Playwright is missing")


@pytest.mark.parametrize("name", SERVED)
def test_case_on_the_site_runs(name: str, setting: Setting) -> None:
    (row,) = run([name], setting)
    assert row.name == name
    assert row.figure is not None
    assert row.figure > 0


def test_read_model_asks_as_often_for_few_reports_as_for_many(setting: Setting) -> None:
    rows = {row.name: row for row in run(["page.queries", "page.queries.growth"], setting)}
    assert rows["page.queries"].result == "PASS"
    assert rows["page.queries.growth"].ratio == 1


def test_stored_story_has_the_claims_that_were_made_up(setting: Setting) -> None:
    claims = Claim.objects.filter(story=setting.site.story, made_by="engine")
    assert claims.count() == TINY.reports * TINY.claims
    assert claims.filter(point__isnull=False).exists()


def test_name_takes_all_cases_below_it() -> None:
    assert chosen(["page"]) == [name for name in CASES if name.startswith("page")]
    assert chosen(["save", "render.displacy"]) == ["render.displacy", "save"]
    assert chosen([]) == list(CASES)


def test_unknown_name_is_one_line_and_exit_code_2() -> None:
    with pytest.raises(CommandError, match=r"^Unknown case pag; there are: render,") as refusal:
        call_command("bench", "pag")
    assert refusal.value.returncode == 2


def counted(figure: float) -> Row:
    return Row(name="n", unit="queries", against="-", goal=6, figure=figure, is_count=True)


def test_command_prints_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "CASES", {"n": lambda setting: counted(6)})
    out = io.StringIO()
    call_command("bench", "--format", "json", stdout=out)
    assert [row["result"] for row in json.loads(out.getvalue())["rows"]] == ["PASS"]


def test_missed_count_ends_with_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "CASES", {"n": lambda setting: counted(7)})
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^Over the limit: n\.$") as refusal:
        call_command("bench", stdout=out)
    assert refusal.value.returncode == 1
    assert "MISS" in out.getvalue()


def test_links_are_what_a_browser_fetches() -> None:
    html = '<link rel="icon" href="/i.svg"><script src="/a.js"></script><a href="/b">b</a>'
    assert Links(html).found == ["/i.svg", "/a.js"]


def test_imports_are_found_beside_the_script() -> None:
    script = 'import { a } from "./a.js";\nimport "../b.js";\nconst c = "./c.js";\n'
    assert imports(script, "/static/js/main.js") == ["/static/js/a.js", "/static/b.js"]
