"""Templates keep to the content security policy and to what htmx can do under it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ENTRY = ROOT / "static/css/parallax.css"
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))

FORBIDDEN = {
    "hx-on": r"\bhx-on\b",
    "js: value": r"=\s*[\"']js:",
    "trigger filter": r"hx-trigger=\"[^\"]*\[",
    "style attribute": r"\sstyle\s*=",
    "inline script": r"<script(?![^>]*\bsrc=)",
    "inline style": r"<style\b",
    "event attribute": r"\son[a-z]+\s*=",
    "javascript address": r"javascript:",
    "data address": r"(src|href)=\"data:",
    "label on a mark": r"<mark[^>]*aria-label",
    "unescaped text": r"\|safe\b|{%\s*autoescape off",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text()
    assert {name for name, rule in FORBIDDEN.items() if re.search(rule, text)} == set()
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_module_imports_by_relative_path_and_stays_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    imports = re.findall(r"^import .*$", text, re.MULTILINE)
    assert [line for line in imports if not re.search(r' from "\./[a-z-]+\.js";$', line)] == []
    assert not re.search(r"\beval\(|new Function|\.(inner|outer)HTML|document\.write", text)


def test_modules_do_not_import_in_a_circle() -> None:
    needs = {
        path.stem: set(re.findall(r'from "\./([a-z-]+)\.js"', path.read_text())) for path in SCRIPTS
    }
    while needs:
        free = {name for name, wanted in needs.items() if not wanted & needs.keys()}
        assert free, f"a circle among {sorted(needs)}"
        needs = {name: wanted for name, wanted in needs.items() if name not in free}


def test_stylesheets_stay_small_and_only_tokens_names_colours() -> None:
    for path in sorted((ROOT / "static/css").glob("*.css")):
        text = path.read_text()
        assert len(text.splitlines()) <= 400, path.name
        # "* + *" has a browser style all that stands below whatever something is put into
        assert not re.search(r"\*\s*[+~]\s*\*", text), path.name
        if path.name != "tokens.css":
            assert re.findall(r":[^;{]*(?:#[0-9a-f]{3,8}|\brgba?\()", text) == [], path.name


def test_stylesheets_are_set_by_the_direction_of_reading() -> None:
    """Starts and ends, not left and right; `.more` alone names an edge of the window."""
    physical = (
        r"(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)|^\s+(?:left|right):"
    )
    for path in sorted((ROOT / "static/css").glob("*.css")):
        text = re.sub(r"^\.more[^{]*\{.*?^\}", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
        assert re.findall(physical, text, re.MULTILINE) == [], path.name


def test_every_part_is_in_the_one_stylesheet_and_none_is_linked_by_a_page() -> None:
    """`static/css/parallax.css` says how a part is added. Django's admin has its own pages."""
    parts = [path.name for path in (ROOT / "static/css").glob("*.css")]
    imported = re.findall(r'^@import url\("(.+)"\)', ENTRY.read_text(), re.MULTILINE)
    assert sorted([*imported, "admin.css", ENTRY.name]) == sorted(parts)
    for path in TEMPLATES:
        linked = re.findall(r"css/([\w-]+\.css)'", path.read_text())
        whole = path.name in ("base.html", "500.html")
        assert linked == [ENTRY.name] * whole or "admin" in path.parts, path


def test_every_template_is_found() -> None:
    assert TEMPLATES
    assert SCRIPTS
