"""Drawing marks into text: against spaCy's displaCy, and against escaping the text alone."""

from html import escape
from importlib import import_module

from claims.bench.made_up import MadeReport, make_story
from claims.bench.rows import Row, Skipped
from claims.bench.setting import Setting
from claims.bench.timing import race, timed_row
from reader.rendering import render_text
from reader.text import Mark, paragraphs

ESCAPE_GOAL = 15
DISPLACY_GOAL = 1 / 200
EVERY_OVERLAP = 5  # one mark in so many reaches into the next sentence, so that marks overlap


def against_escape(setting: Setting) -> Row:
    """`render_text` against `html.escape` of the same text, the least that any renderer does."""
    report = _report(setting)
    marks, blocks = _marks(report), paragraphs(report.text)  # versions are stored with theirs
    sizes = setting.sizes
    found = race(
        lambda: render_text(report.text, marks, blocks),
        lambda: escape(report.text),
        reps=sizes.reps,
        least=sizes.least,
    )
    return timed_row(found, name="render", against="html.escape", goal=ESCAPE_GOAL)


def against_displacy(setting: Setting) -> Row:
    """`render_text` against displaCy's style for overlapping spans, on the same spans."""
    report = _report(setting)
    marks = _marks(report)
    try:
        displacy = import_module("spacy.displacy")
    except ImportError as error:
        raise Skipped("spaCy is not installed") from error
    words = report.text.split()
    spans = [
        {
            "start_token": len(report.text[: mark.start].split()),
            "end_token": len(report.text[: mark.end].split()),
            "label": "claim",
        }
        for mark in marks
    ]
    document = {"text": report.text, "spans": spans, "tokens": words}
    sizes = setting.sizes
    found = race(
        lambda: render_text(report.text, marks),
        lambda: displacy.render(document, style="span", manual=True, jupyter=False),
        reps=min(3, sizes.reps),
        least=0,
    )
    return timed_row(found, name="render.displacy", against="displaCy span", goal=DISPLACY_GOAL)


def _report(setting: Setting) -> MadeReport:
    sizes = setting.sizes
    (report,) = make_story(reports=1, words=sizes.render_words, claims=sizes.render_claims)
    return report


def _marks(report: MadeReport) -> list[Mark]:
    """The report's claims as the page marks them, each with a point."""
    return [
        Mark(
            start=claim.start,
            end=min(claim.end + (40 if number % EVERY_OVERLAP == 0 else 0), len(report.text)),
            claims=(number,),
            points=(claim.fact,),
            numbers=(claim.fact,),
        )
        for number, claim in enumerate(report.claims)
    ]
