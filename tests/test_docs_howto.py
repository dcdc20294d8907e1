"""The how-tos name what the product shows: verdicts, kinds of flags, keys, buttons, pictures."""

import re
from pathlib import Path

import pytest

from claims import words
from tests.pictures import SCHEMES, SIZES, VIEWS

ROOT = Path(__file__).resolve().parent.parent
HOWTOS = {
    path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs/howto").glob("*.md")
}
KEYS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates/keys").iterdir())
READ, REVIEW = HOWTOS["read"], HOWTOS["review"]
TOUR = "docs/tour.md"
IN_THE_BROWSER = ("annotate", "read", "review")
MOST_BYTES = 200_000  # of a picture


def shown() -> str:
    """What the templates and the code of the claims may put on a page."""
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "claims").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sources)


SHOWN = shown()


@pytest.mark.parametrize("verdict", [str(word) for word in words.VERDICTS.values()])
def test_every_verdict_is_explained_by_the_word_that_the_page_shows(verdict: str) -> None:
    assert f"\n| {verdict} | " in READ


@pytest.mark.parametrize("kind", [str(word) for word in words.KINDS.values()])
def test_every_kind_of_flag_is_named(kind: str) -> None:
    assert kind in READ.split("## Flags")[1].split("## Keys")[0]


@pytest.mark.parametrize("reason", [str(word) for word in words.DISMISSAL_REASONS.values()])
def test_every_reason_to_dismiss_is_named(reason: str) -> None:
    assert f'"{reason}"' in REVIEW


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("read", set("jkhlpe?")),
        ("annotate", {*"jkareusSxa", "Enter", "Esc"}),
        ("review", {*"cdmujk", "Enter"}),
    ],
)
def test_every_key_that_is_explained_is_in_the_list_of_keys(name: str, least: set[str]) -> None:
    rows = re.findall(r"^\|[^`\n]*((?:`[^`]+` ?)+)\|", HOWTOS[name], re.MULTILINE)
    keys = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert keys >= least
    assert keys <= set(re.findall(r"<kbd>([^<]+)</kbd>", KEYS))


@pytest.mark.parametrize("name", IN_THE_BROWSER)
def test_every_quoted_word_is_one_that_a_page_shows(name: str) -> None:
    told = " ".join(HOWTOS[name].split())
    quoted = set(re.findall(r'"([A-Z][^"]+)"', re.sub(r"!\[[^]]*\]\([^)]*\)", "", told)))
    assert len(quoted) > 1
    assert {said for said in quoted if said not in SHOWN} <= {"Also: ..."}


def test_every_button_of_deciding_is_explained() -> None:
    deciding = (ROOT / "templates/claims/_decide.html").read_text(encoding="utf-8")
    actions = set(re.findall(r'data-action="(\w+)"', deciding))
    rows = re.findall(r"^\| (\w+) \| `\w` \| ", REVIEW, re.MULTILINE)
    assert {row.lower() for row in rows} == actions


def test_every_picture_is_there_is_light_and_has_words_in_its_place() -> None:
    told = {**HOWTOS, **{name: (ROOT / name).read_text("utf-8") for name in ("README.md", TOUR)}}
    used = {
        found for text in told.values() for found in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", text)
    }
    names = {Path(address).name for _said, address in used}
    pictures = list((ROOT / "docs/img").rglob("*.png"))
    assert names == {path.name for path in pictures}
    assert all(len(said) > 20 for said, _address in used)
    assert all(path.stat().st_size < MOST_BYTES for path in pictures)


def test_the_tour_shows_every_view_at_three_widths_light_and_dark() -> None:
    shown = re.findall(r"img/tour/(\w+)-(\d+)-(\w+)\.png", (ROOT / TOUR).read_text("utf-8"))
    wanted = {(name, str(width), scheme) for name in VIEWS for width in SIZES for scheme in SCHEMES}
    assert len(shown) == len(wanted)
    assert set(shown) == wanted


@pytest.mark.parametrize("name", sorted(HOWTOS))
def test_every_how_to_is_listed_in_the_readme(name: str) -> None:
    assert f"docs/howto/{name}.md" in (ROOT / "README.md").read_text(encoding="utf-8")
