"""The whole way, on the stories of `fixtures/`: what must come out, and what must not matter."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from claims.engine import compare, vectors
from claims.engine.readings import Block, Comparison, Discrepancy, Point, Report
from reader.ingest import files

STORIES = Path(__file__).parents[3] / "fixtures" / "stories"
DEMO = "north-korean-troops-in-russia"
SLUGS = sorted(path.name for path in STORIES.iterdir() if path.is_dir())


@cache
def reports_of(slug: str) -> tuple[Report, ...]:
    """The reports of a fixture story, read as an import would read them."""
    told = tomllib.loads((STORIES / slug / "story.toml").read_text(encoding="utf-8"))
    reports = []
    for entry in told["reports"]:
        article = files.read_file(STORIES / slug / entry["file"])
        when = datetime.fromisoformat(entry["published"])
        blocks = tuple(Block(start=b.start, end=b.end, kind=b.kind) for b in article.blocks)
        reports.append(
            Report(
                id=entry["file"],
                source=entry["source"],
                title=article.title,
                published=when.date(),
                published_at=when,
                text=article.text,
                blocks=blocks,
            )
        )
    return tuple(reports)


@pytest.fixture(params=["words", "model"])
def demo(request: pytest.FixtureRequest) -> Comparison:
    encoder = None
    if request.param == "model":
        encoder = vectors.load()
        if encoder is None:
            pytest.skip("the sentence model is not installed")
    return compare.compare(reports_of(DEMO), encoder=encoder)


def flag(comparison: Comparison, label: str, kind: str) -> Discrepancy:
    (point,) = [point for point in comparison.points if point.label == label]
    (found,) = [
        item for item in comparison.discrepancies if (item.point, item.kind) == (point.id, kind)
    ]
    return found


def values(found: Discrepancy) -> dict[str, list[str]]:
    """The values of a flag with the speakers of each."""
    groups = found.evidence["groups"]
    assert isinstance(groups, list)
    return {group["value"]: group["speakers"] for group in groups}


def test_speakers_whose_figures_exclude_each_other_are_flagged(demo: Comparison) -> None:
    figures = values(flag(demo, "Soldiers in Russia", "quantity"))
    assert figures["about 12,000 soldiers"] == ["Ukraine"]
    assert figures["about 10,000 soldiers"] == ["United States"]


def test_a_floor_is_in_no_flag(demo: Comparison) -> None:
    flagged = {name for item in demo.discrepancies for name in item.claims}
    floors = [
        claim
        for claim in demo.claims
        if claim.reading.quantities and claim.reading.quantities[0].modifier == "at_least"
    ]
    assert floors
    assert not flagged & {claim.id for claim in floors}


def test_silence_is_set_against_what_the_same_responder_said(demo: Comparison) -> None:
    answers = values(flag(demo, "North Korea’s answer", "response"))
    assert answers == {
        "stayed silent": ["North Korea"],
        "dismissed": ["North Korea"],
        "denied": ["North Korea"],
    }


def test_answers_in_between_are_compatible(demo: Comparison) -> None:
    (point,) = [point for point in demo.points if point.label == "Russia’s answer"]
    assert point.verdict == "refined"


def test_not_known_is_set_against_stated(demo: Comparison) -> None:
    assert any(
        {"not known", "stated, with its source"} <= set(values(item))
        for item in demo.discrepancies
        if item.kind == "certainty"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_the_order_of_the_reports_changes_nothing(slug: str) -> None:
    reports = list(reports_of(slug))
    first = compare.compare(reports, mode="thorough")
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        assert compare.compare(reports, mode="thorough") == first


@pytest.mark.parametrize("slug", SLUGS)
def test_quiet_flags_are_those_of_thorough_mode_without_suggestions(slug: str) -> None:
    quiet = compare.compare(reports_of(slug))
    thorough = compare.compare(reports_of(slug), mode="thorough")
    assert [item for item in thorough.discrepancies if not item.suggestion] == list(
        quiet.discrepancies
    )
    assert thorough.points == quiet.points


def test_a_report_given_under_two_sources_counts_once() -> None:
    original = reports_of(DEMO)[0]
    copy = Report(
        id="copy",
        source="Copying desk",
        title=original.title,
        published=original.published,
        text=original.text,
        blocks=original.blocks,
    )
    comparison = compare.compare([original, copy])
    assert comparison.points
    assert {point.origins for point in comparison.points} == {1}
    assert {point.verdict for point in comparison.points} == {"single_source"}


def test_reports_that_have_nothing_in_common_share_no_point() -> None:
    ferry, results = reports_of("sea-heron-ferry")[0], reports_of("brennick-foods-results")[0]
    assert _points(ferry, results) == []


def _points(*reports: Report) -> Sequence[Point]:
    return list(compare.compare(reports).points)


def test_the_callers_ids_change_nothing() -> None:
    def groups(reports: Sequence[Report]) -> set[frozenset[tuple[str, str]]]:
        comparison = compare.compare(reports)
        named = {report.id: report.source for report in reports}
        told = {claim.id: (named[claim.report], claim.exact) for claim in comparison.claims}
        return {frozenset(told[name] for name in point.claims) for point in comparison.points}

    given = reports_of(DEMO)
    renamed = [replace(report, id=f"{9 - at}") for at, report in enumerate(given)]
    assert groups(renamed) == groups(given)
