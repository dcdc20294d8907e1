"""Near copies of a text that comes in, and the passages that two reports share."""

import random

import pytest

from claims.engine.origins import find, passages
from claims.engine.readings import Report
from reader.ingest.dedupe import Likeness, Runs, Shelf, look_alike
from reader.words import lower_words, tokenize
from tests.claims.engine.test_origins import LEAD, OWN, QUOTE, WIRE


def words(rng: random.Random, size: int) -> list[str]:
    return ["".join(rng.choices("abcdefgh", k=5)) for _ in range(size)]


def only(text: str, other: str) -> Likeness:
    (found,) = look_alike(text, {7: other})
    return found


def test_wire_copy_with_a_new_lead_is_a_copy_both_ways() -> None:
    longer = LEAD + WIRE
    one, other = only(longer, WIRE), only(WIRE, longer)
    assert one == Likeness(id=7, share=65 / 83, of_other=1.0, words=65, kind="copy")
    assert (other.share, other.of_other, other.kind) == (1.0, 65 / 83, "copy")


def test_wire_copy_cut_short_is_a_copy() -> None:
    assert only(WIRE[:230], WIRE).kind == "copy"
    assert only(WIRE, WIRE[:230]).kind == "copy"


def test_an_edited_version_is_a_copy() -> None:
    found = only(WIRE, WIRE.replace("Eleven", "Nine").replace("two bridges", "both bridges"))
    assert found.kind == "copy"
    assert 0.9 < found.share < 1


def test_capitals_marks_and_spaces_hide_nothing() -> None:
    assert only(WIRE.upper().replace(". ", " -\n\n"), WIRE).share == 1.0


def test_a_wire_report_inside_a_long_one_is_a_shared_passage() -> None:
    long_one = f"{OWN} {LEAD} {WIRE} " + " ".join(OWN.split()[::-1]) + " ".join(LEAD.split()[::-1])
    found = only(long_one, WIRE)
    assert (found.kind, found.of_other, found.words) == ("copy", 1.0, 65)
    found = only(long_one + " " + " ".join(f"word{n}" for n in range(100)), WIRE)
    assert (found.kind, found.of_other, found.words) == ("passages", 1.0, 65)


def test_a_shared_paragraph_is_no_copy() -> None:
    shared = WIRE.partition(" Engineers")[0]
    own = " ".join(f"other{n}" for n in range(60))
    assert only(f"{OWN} {shared}", f"{shared} {own}").kind == "passages"


@pytest.mark.parametrize(
    "other", [OWN, OWN + QUOTE, "", "Nobody was hurt.", "Eleven houses were flooded " * 3]
)
def test_a_quotation_or_a_few_words_are_nothing(other: str) -> None:
    assert look_alike(WIRE + QUOTE, {1: other}) == []


def test_empty_texts_are_like_nothing() -> None:
    assert look_alike("", {1: "", 2: WIRE}) == []
    assert look_alike(WIRE, {}) == []


def test_the_most_alike_comes_first_and_copies_before_passages() -> None:
    shelf = {1: OWN, 2: WIRE[:230] + " " + OWN, 3: LEAD + WIRE, 4: WIRE, 5: WIRE + OWN * 5}
    assert [(one.id, one.kind) for one in look_alike(WIRE, shelf)] == [
        (3, "copy"),
        (4, "copy"),
        (2, "copy"),
        (5, "passages"),
    ]


def test_a_text_that_is_added_is_found() -> None:
    shelf = Shelf({1: OWN})
    assert shelf.look_alike(Runs.of(WIRE)) == []
    shelf.add(2, Runs.of(WIRE))
    assert [one.id for one in shelf.look_alike(Runs.of(LEAD + WIRE))] == [2]


def test_what_is_printed_in_every_report_makes_no_copies() -> None:
    rng = random.Random(1)
    closing = " ".join(words(rng, 30))
    shelf = {n: " ".join(words(rng, 30)) + " " + closing for n in range(60)}
    text = "Something else that is short, and then " + closing
    assert look_alike(text, shelf) == []
    assert len(look_alike(text, {n: shelf[n] for n in range(50)})) == 50


@pytest.mark.parametrize("seed", range(30))
def test_a_stretch_of_fifteen_words_never_escapes_the_index(seed: int) -> None:
    rng = random.Random(seed)
    shared = words(rng, 25)
    texts = [
        " ".join(words(rng, rng.randrange(300)) + shared + words(rng, rng.randrange(300)))
        for _ in range(2)
    ]
    assert only(*texts).words >= 25


@pytest.mark.parametrize("seed", range(20))
def test_what_is_shared_is_what_the_engine_counts_origins_by(seed: int) -> None:
    rng = random.Random(seed)
    whole = words(rng, 300)
    edited = [word if rng.random() > 0.03 else "new" for word in whole]
    cut = rng.randrange(60, 280)
    texts = [" ".join(whole), " ".join(edited[:cut] + words(rng, rng.randrange(200)))]
    reports = [
        Report(id=str(n), source="", title="", published=None, text=text)
        for n, text in enumerate(texts)
    ]
    found = look_alike(texts[0], {1: texts[1]})
    counted = sum(passage.words for passage in passages(reports))
    assert [one.words for one in found] == [counted]
    one_origin = len(set(find(reports).by_report.values())) == 1
    assert one_origin or found[0].kind == "passages"


def test_the_engine_cuts_words_as_an_import_does() -> None:
    from claims.engine import tokens

    assert tokens.tokenize is tokenize


@pytest.mark.parametrize(
    "text",
    [
        WIRE,
        "The U.S.'s “rights” and O’Neil's 1,200.5 acres, 3½ a_b _c 12a a12 e.g.\u00a05\u00a0000",
        "It's İstanbul’s; STRASSE ß 's ’s '' x's'y İ\u0307 naïve-né ½½ 1,00,000 \ud83d",
    ],
)
def test_words_without_their_places_are_the_same_words(text: str) -> None:
    known = [token.lower for token in tokenize(text) if token.kind != "mark"]
    assert lower_words(text) == known


def test_runs_know_of_each_stretch_of_eight_its_least_hash() -> None:
    for size in (0, 7, 8, 9, 14, 15, 16, 17, 40):
        runs = Runs.of(" ".join("a" * (n + 1) for n in range(size)))
        hashes = list(runs.hashes)
        assert len(hashes) == max(size - 7, 0)
        last = max(len(hashes) - 8, 0)
        assert runs.marks == [min(hashes[min(at, last) :][:8]) for at in range(len(hashes))]


def test_a_run_has_one_hash_wherever_it_stands() -> None:
    run = ["a" * (n + 1) for n in range(8)]
    (alone,) = Runs.of(" ".join(run)).hashes
    assert Runs.of(" ".join(["Some", "other", *run, "more"])).hashes[2] == alone
    assert Runs.of(" ".join(run[::-1])).hashes[0] != alone
