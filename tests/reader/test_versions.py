"""What kind of change a new text is, on invented reports of many subjects."""

import pytest

from reader.text import text_sha256
from reader.versions import kind_of_change, version_columns
from reader.versions_rows import MOST_LETTERS

FIRE = "A warehouse burned down in Port Lewin.\n\nNine people were hurt, the fire service said."
BANK = (
    "The bank kept its rate at 4.5 per cent.\n\nInflation fell, and analysts had asked for a cut."
)
GAME = "Orlen beat Tarn 3-1 on Sunday.\n\nBoth goals in the second half came from the bench."
TEXTS = (FIRE, BANK, GAME)


def change(old: str, new: str, *earlier: str) -> str:
    return kind_of_change(old, new, [text_sha256(text) for text in earlier]).change


def note(old: str, new: str) -> str:
    return kind_of_change(old, new, []).correction_note


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One fact.\n\nAnother fact.", "One fact. Another  fact.\n"),
        ("“Stay,” it said – or so we’re told…", '"Stay," it said -- or so we\'re told...'),
        ("The vote—a close one—passed.", "The vote - a close one - passed."),
        ("Pages 12–15 say so.", "Pages 12-15 say so."),
        ("A co\u00adoperative of 12\u00a0000 members.", "A cooperative of 12 000 members."),
        ("• milk\n• bread", "milk\nbread"),
        ("The ﬁnal oﬀer.", "The final offer."),
    ],
)
def test_other_blanks_and_marks_are_spacing(old: str, new: str) -> None:
    assert change(old, new) == "spacing"
    assert change(new, old) == "spacing"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Costs rose by 12,5 million.", "Costs rose by 125 million."),
        ("The area is 10² metres.", "The area is 102 metres."),
        ("She works with Polish firms.", "She works with polish firms."),
        ("Let's eat, grandma.", "Let's eat grandma."),
        ("He is nowhere.", "He is now here."),
        ("The company re-signed.", "The company resigned."),
        ('The "reform" failed.', "The reform failed."),
    ],
)
def test_a_sign_that_says_something_is_a_change_of_words(old: str, new: str) -> None:
    assert change(old, new) == "words"


STAMPS = [
    "Updated 14:05 GMT",
    "Last modified on Tue 22 Oct 2024 18.30 BST",
    "Oct. 23, 2024 at 9:14 a.m. EDT",
    "Published: 2024-10-23T14:05Z",
    "First published on 3 May 2024, last updated 4 May 2024 at 7.15pm",
    "Posted 3 hours ago",
    "Wednesday, October 23rd, 2024",
    "UPDATED: 23/10/2024 14:05 CET",
    "Wed 23 Oct 2024 14.05 BST Last modified on Wed 23 Oct 2024 14.22 BST",
    "Published 10 minutes ago | Updated just now",
]


@pytest.mark.parametrize("stamp", STAMPS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_that_only_dates_the_report_is_a_date_line(text: str, stamp: str) -> None:
    other = "Last updated 24 October 2024, 08:00 UTC"
    assert change(text, f"{stamp}\n\n{text}") == "date_line"
    assert change(f"{stamp}\n\n{text}", text) == "date_line"
    assert change(f"{stamp}\n\n{text}", f"{other}\n\n{text}") == "date_line"
    assert change(f"By A. Writer | {stamp}\n\n{text}", f"By A. Writer | {other}\n\n{text}") == (
        "date_line"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12", "9"),
        ("12 March", "13 March"),
        ("3-1", "3-2"),
        ("The ceasefire begins on 23 October 2024.", "The ceasefire begins on 24 October 2024."),
        ("LEWIN, Oct 22 (Agency) - A ship sank.", "LEWIN, Oct 23 (Agency) - A ship sank."),
        ("Updated rules for 14 ports", "Updated rules for 15 ports"),
        ("May", "June"),
        ("Second Sunday of May", "Third Sunday of May"),
    ],
)
@pytest.mark.parametrize("text", TEXTS)
def test_a_date_that_belongs_to_the_story_is_a_change_of_words(
    text: str, old: str, new: str
) -> None:
    assert change(f"{text}\n\n{old}", f"{text}\n\n{new}") == "words"


def test_the_dates_that_head_a_timeline_are_no_date_lines() -> None:
    days = ["1 May 2024", "2 May 2024", "3 May 2024"]
    old = "\n\n".join(f"{day}\n\nThe strike went on." for day in days)
    assert change(old, old.replace("2 May", "4 May")) == "words"


def test_a_bare_date_far_down_is_no_date_line() -> None:
    old = f"{FIRE}\n\n{BANK}\n\n1 May 2024\n\nThe talks began."
    assert change(old, old.replace("1 May", "2 May")) == "words"


def test_a_text_that_was_there_before_is_a_flip_flop_whatever_it_changes() -> None:
    changed = FIRE.replace("Nine", "Twelve")
    assert change(changed, FIRE, FIRE, changed) == "flip_flop"
    assert change(f"{FIRE} ", FIRE, FIRE) == "flip_flop"
    assert change(changed, FIRE, BANK) == "words"


NOTES = [
    "Correction: Nine people were hurt, not twelve.",
    "CORRECTION, March 15, 2026, 4:30 p.m.: The vote was 6-1.",
    "Clarification (3 May): The fee is per year.",
    "Correction — the bridge is in Lund.",
    "Corrections and clarifications: the bridge is in Lund.",
    "An earlier version of this article misstated the year.",
    "A previous version of this story said 12 people were hurt. It was nine.",
    "Because of an editing error, an earlier version of this report misidentified the owner.",
    "In an earlier version of this post we gave the fee as monthly.",
    "A previous headline on this story misstated the score.",
    "This story has been updated to correct the number of people hurt.",
    "This story has been corrected to show that the bridge is in Lund.",
    "This article was amended on 3 May 2024. An earlier version said that two had died.",
    "The headline on this article was changed to correct the score.",
    "(Corrects paragraph 3 to say nine, not 12)",
    "(This Oct. 22 story has been corrected to fix the spelling of Lund)",
    "This story was first published on May 3. It was updated on May 4 to correct the toll.",
    "A correction was made on Oct. 3, 2024: An earlier version of this article misstated the toll.",
    "This report originally said the rate had fallen; it rose.",
    "This article incorrectly described the vote as unanimous.",
    "Editor’s note: This article has been updated to clarify that the fee is per year.",
    "Editor's note: an earlier version gave the wrong name.",
]


@pytest.mark.parametrize("said", NOTES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_correction_is_what_calls_itself_one_in_its_own_words(text: str, said: str) -> None:
    below = kind_of_change(text, f"{text}\n\n{said}", [])
    assert below.change == "correction"
    assert below.correction_note.endswith(said[-20:])
    assert change(text, f"{said}\n\n{text}") == "correction"
    assert change(text, f"{text} {said}") == "correction" or said.startswith("(")


@pytest.mark.parametrize("said", NOTES)
def test_a_note_that_was_there_before_corrects_nothing_now(said: str) -> None:
    old = f"{FIRE}\n\n{said}"
    assert change(old, old.replace("Port Lewin", "Port Tarn")) == "words"
    assert change(old, FIRE) == "words"


@pytest.mark.parametrize(
    "said",
    [
        "Editor’s note: The reporter’s spouse works for the bank.",
        "Editor's note: This story was updated at 3:45 PM to include a second witness.",
        "This article has been updated with the bank's answer.",
        "Update: All nine have left hospital.",
        "The company issued a correction: its shares fell at once.",
        "The minister said an earlier version of the bill misstated the fee.",
        "An earlier version of the law omitted the fee, lawyers said.",
        "“This report was amended on Friday,” the minister said.",
        "Correction officers walked out of the prison.",
        "Correction or crash? What the bank's numbers say",
        "The report was corrected on Friday, the ministry said.",
        "This post originally appeared on another site.",
        "The driver had mistakenly turned left.",
        "Correction",
    ],
)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_correction_of_the_report_is_a_change_of_words(text: str, said: str) -> None:
    assert change(text, f"{text}\n\n{said}") == "words"


def test_a_label_of_its_own_line_takes_the_next_for_its_words() -> None:
    new = f"{FIRE}\n\nCorrections and clarifications\n\nThe port is Lewin. It is no city."
    assert note(FIRE, new) == "Corrections and clarifications The port is Lewin. It is no city."


def test_a_note_that_goes_on_gives_only_its_new_words() -> None:
    old = f"{FIRE}\n\nCorrection: The port is Lewin."
    assert note(old, f"{old} We also misspelled the mayor's name.") == (
        "We also misspelled the mayor's name."
    )


def test_a_long_note_is_cut_at_a_word() -> None:
    cut = note(FIRE, f"{FIRE}\n\nCorrection: " + "very " * 400 + "wrong.")
    assert len(cut) <= 1000
    assert cut.endswith("very …")


def test_a_first_version_has_its_words_counted_and_no_change() -> None:
    assert version_columns(FIRE, [], None, []) == {
        "change": "first",
        "correction_note": "",
        "words": 15,
        "extent": {},
    }


def test_a_later_version_says_how_much_differs() -> None:
    new = FIRE.replace("Nine", "At least ten") + "\n\nThe cause is not known."
    columns = version_columns(new, [], (FIRE, []), [text_sha256(FIRE)])
    assert columns["change"] == "words"
    assert columns["extent"] == {
        "changed": 1,
        "added": 1,
        "removed": 0,
        "moved": 0,
        "words_in": 8,
        "words_out": 1,
    }


@pytest.mark.parametrize(
    "letter", [" ", "\n", "-", "Updated ", "1 May 2024 | ", "(", "an earlier "]
)
def test_a_hostile_text_is_told_without_delay(letter: str) -> None:
    text = letter * (60_000 // len(letter))
    assert change(text, f"{text}x.") in ("words", "date_line", "spacing", "correction")


def test_of_texts_that_are_too_long_to_compare_only_the_kind_is_told() -> None:
    old, new = "The dam broke. " * (MOST_LETTERS // 20), "The dam held. " * (MOST_LETTERS // 20)
    columns = version_columns(new, [], (old, []), [text_sha256(old)])
    assert columns["change"] == "words"
    assert columns["extent"] == {}
