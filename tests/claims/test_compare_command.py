"""`manage.py compare` as its user meets it: a report, stable JSON, one clear line for bad input.

No database: the command must run where none is.
"""

import io
import itertools
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.reader.ingest.made import CORE, docx, paragraph

STORIES = Path(__file__).parents[2] / "fixtures" / "stories"
FERRY = sorted((STORIES / "sea-heron-ferry").glob("*.html"))
PUBLISHED = "2025-03-13"
WIRE = (
    "Police said 12 people were injured when a grandstand collapsed in Dorn on Friday. "
    "The match was called off and the crowd left by the southern gate. The club promised to pay "
    "for the repair, and the mayor asked the builders to explain how the beams had been checked."
)
OWN_WORDS = (
    "A hospital said 19 people were injured when a grandstand collapsed in Dorn on Friday. "
    "Thousands had come to watch. Trains were delayed until late in the night."
)


def compare(*arguments: object) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("compare", *map(str, arguments), "--no-model", stdout=out)
    return out.getvalue()


def compared(*arguments: object) -> dict[str, Any]:
    """What the command prints as JSON."""
    found: dict[str, Any] = json.loads(compare(*arguments, "--format", "json"))
    return found


def test_the_text_report_names_reports_points_and_values() -> None:
    text = compare(*FERRY)
    assert text.startswith(f"{len(FERRY)} reports, ")
    assert "Matched by words alone." in text.splitlines()[0]
    assert "Sarel Courier, 2025-03-13" in text


def test_the_text_report_says_where_reports_are_of_one_origin(tmp_path: Path) -> None:
    for name, text in (("one", WIRE), ("two", WIRE), ("three", OWN_WORDS)):
        (tmp_path / f"{name}.txt").write_text(text)
    text = compare(*sorted(tmp_path.glob("*.txt")))
    assert "; 3 reports, 2 origins]" in text


@pytest.mark.parametrize("given", [PUBLISHED, f"={PUBLISHED}", "flood.txt"])
def test_a_date_without_its_file_is_asked_for_it(given: str) -> None:
    with pytest.raises(CommandError, match="of which file, as NAME=YYYY-MM-DD") as refusal:
        compare(*FERRY, "--published", given)
    assert refusal.value.returncode == 2


def test_a_name_that_is_not_utf8_is_refused_in_one_line(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff.txt")
    odd.write_text("At least 14 people died.")
    with pytest.raises(CommandError, match="not written in UTF-8; rename the file") as refusal:
        compare(odd)
    assert refusal.value.returncode == 2
    assert str(refusal.value).encode().count(b"\n") == 0


def test_every_claim_of_the_json_quotes_its_article() -> None:
    found = compared(*FERRY)
    texts = {article["id"]: article["text"] for article in found["articles"]}
    assert found["schema"] == 1
    assert found["claims"]
    for claim in found["claims"]:
        assert texts[claim["article"]][claim["start"] : claim["end"]] == claim["exact"]


def test_every_reference_of_the_json_resolves() -> None:
    found = compared(*FERRY, "--mode", "thorough")
    claims = {claim["id"] for claim in found["claims"]}
    points = {point["id"] for point in found["points"]}
    for point in found["points"]:
        assert set(point["claims"]) <= claims
    for flag in found["discrepancies"]:
        assert flag["point"] in (points | claims if flag["in_doubt"] else points)
        assert set(flag["claims"]) <= claims
        for group in flag["evidence"]["groups"]:
            assert set(group["claims"]) <= claims
    for pair in found["counterparts"]:
        assert {pair["claim"], *(other["claim"] for other in pair["with"])} <= claims


def test_the_order_of_the_files_changes_nothing() -> None:
    results = []
    for order in itertools.permutations(FERRY):
        found = compared(*order)
        found["articles"] = sorted(found["articles"], key=lambda article: article["id"])
        results.append(found)
    assert all(result == results[0] for result in results)


def test_an_undated_report_says_so_and_keeps_its_days_open(tmp_path: Path) -> None:
    report = tmp_path / "flood.txt"
    report.write_text("The health office said that 12 people had died in the flood.")
    assert "undated" in compare(report)
    (claim,) = compared(report)["claims"]
    assert claim["as_of"] is None


def test_the_day_given_wins_by_path_or_by_bare_name(tmp_path: Path) -> None:
    report = tmp_path / "flood.txt"
    report.write_text("The health office said that 12 people had died in the flood.")
    for name in (report, report.name):
        (article,) = compared(report, "--published", f"{name}={PUBLISHED}")["articles"]
        assert article["published"] == PUBLISHED


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("photo.txt", bytes(range(256)) * 20, "not a text file"),
        ("long.txt", b"The ministry said 12 people died. " * 160_000, "2 MB"),
        ("missing.txt", None, "no such file"),
        ("sheet.xlsx", b"x", "an Excel table"),
        ("deck.pptx", b"x", ".txt, .md, .html, .docx"),
    ],
)
def test_bad_input_is_one_line_that_names_the_file(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        compare(path)
    message = str(caught.value)
    assert caught.value.returncode == 2
    assert message.startswith(str(path))
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("given", "reason"),
    [("other.txt=2025-01-01", "names none of the files"), ("flood.txt=May", "YYYY-MM-DD")],
)
def test_a_day_that_fits_no_file_or_calendar_is_refused(
    tmp_path: Path, given: str, reason: str
) -> None:
    report = tmp_path / "flood.txt"
    report.write_text("The health office said that 12 people had died in the flood.")
    with pytest.raises(CommandError, match=reason) as caught:
        compare(report, "--published", given)
    assert caught.value.returncode == 2


def test_a_bare_name_that_two_files_share_is_refused(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "flood.txt" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"The health office said that 12 people had died in {path.parent.name}.")
    with pytest.raises(CommandError, match="more than one file"):
        compare(*paths, "--published", f"flood.txt={PUBLISHED}")


def test_documents_are_compared_too_and_their_properties_date_nothing(tmp_path: Path) -> None:
    word = docx(paragraph("At least 14 people died in the ferry."), {"docProps/core.xml": CORE})
    (tmp_path / "a.docx").write_bytes(word)
    (tmp_path / "b.txt").write_text("At least 15 people died in the ferry.")
    found = compared(tmp_path / "a.docx", tmp_path / "b.txt")
    texts = {article["text"]: article["published"] for article in found["articles"]}
    assert texts["At least 14 people died in the ferry."] is None
