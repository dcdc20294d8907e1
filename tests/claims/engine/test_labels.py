"""Labels of points: short, in the reports' own words, one of a kind, the same in any order."""

import itertools
from decimal import Decimal

import pytest

from claims.engine import labels
from claims.engine.readings import Per, Response
from tests.claims.engine.texts import claim_of, count, document, read


def named(texts, others=(), **reading):
    """The label of a point with one claim for each text; further texts are claims of others."""
    documents = {f"r{n}": document(f"r{n}", text) for n, text in enumerate([*texts, *others])}
    claims = [claim_of(found, 0) for found in documents.values()]
    point = [claim_of(documents[f"r{n}"], 0, **reading) for n in range(len(texts))]
    return labels.label(point, [*point, *claims[len(texts) :]], documents)


def answer(actor):
    return Response(start=0, end=1, actor=actor, act="denied")


def test_answers_of_one_responder_are_named_by_it():
    texts = ["Pyongyang dismissed the report.", "North Korea has denied the report."]
    assert named(texts, response=answer("north korea")) == "North Korea’s answer"


def test_a_responder_that_no_table_knows_is_written_as_the_reports_write_it():
    texts = ["Harbour Line denied it.", "A spokeswoman for Harbour Line denied it."]
    assert named(texts, response=answer("harbour line")) == "Harbour Line’s answer"


def test_a_responder_without_a_name_gets_its_article():
    texts = ["The union denied it.", "It was denied by the union."]
    assert named(texts, response=answer("union")) == "The union’s answer"


def test_a_count_is_named_by_what_is_counted_and_where():
    texts = ["Some 300 tents stand in Kenya.", "There are 400 tents in Kenya."]
    assert named(texts, quantities=count("tent"), place="kenya") == "Tents in Kenya"


def test_a_count_without_a_place_is_named_by_what_is_counted():
    texts = ["About 90 ballots were spoilt.", "The office found 80 spoilt ballots."]
    assert named(texts, quantities=count("ballot")) in ("Ballots", "Spoilt ballots")


def test_an_addition_says_so():
    texts = ["A further 30 tents came.", "Another 20 tents came."]
    assert named(texts, quantities=count("tent", role="addition")) == "More tents"


def test_a_ratio_names_both_sides():
    figures = count("steward", role="ratio", per=Per(value=Decimal(25), unit="voter"))
    texts = ["There was one steward per 25 voters.", "Each 25 voters had a steward."]
    assert named(texts, quantities=figures) == "Stewards per voter"


def test_what_is_counted_in_many_points_is_told_apart_by_what_happened_to_it():
    figures = count("person")
    point = ["So far 130 people were rescued.", "In all, 150 people have been rescued."]
    other = ["About 60 people are missing."]
    documents = {f"r{n}": document(f"r{n}", text) for n, text in enumerate(point + other)}
    claims = [claim_of(found, 0, quantities=figures) for found in documents.values()]
    assert labels.label(claims[:2], claims, documents) == "People rescued"


def test_money_and_shares_are_named_by_their_subject():
    texts = ["Net profit fell to 112 million euros.", "The net profit was 102 million euros."]
    assert named(texts, quantities=count("eur")) == "Net profit"


def test_a_phrase_that_the_claims_share_and_others_do_not_is_the_label():
    texts = [
        "The last inspection of the ship took place in May.",
        "The ship had its last inspection in June.",
    ]
    others = ["The ship sank in July.", "The ship was bought in March.", "A ship came to help."]
    assert named(texts, others) == "Last inspection"


def test_dates_numbers_and_speakers_are_no_labels():
    texts = ["On Monday seven reefs were closed.", "The reefs were closed on Monday in May."]
    assert named(texts) == "Reefs closed"


def test_a_point_without_a_noun_still_has_a_label():
    assert named(["It was over.", "They were not there."])


def test_no_two_points_have_one_label():
    documents = {name: document(name, "The wage offer was rejected.") for name in "abcd"}
    claims = [claim_of(found, 0) for found in documents.values()]
    found = labels.label_all([claims[:2], claims[2:]], claims, documents)
    assert len({name.lower() for name in found}) == 2


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_order_of_the_claims_changes_nothing(order):
    texts = ["The ferry ran late.", "A late ferry ran aground.", "The ferry was late again."]
    documents = {f"r{n}": document(f"r{n}", text) for n, text in enumerate(texts)}
    claims = [claim_of(found, 0) for found in documents.values()]
    mixed = [claims[at] for at in order]
    assert labels.label(mixed, mixed, documents) == labels.label(claims, claims, documents)


def test_labels_begin_with_a_capital_and_stay_short():
    texts = ["The regional water board of the northern valley is repairing its oldest dams."] * 2
    found = named(texts)
    assert found[0].isupper()
    assert len(found) <= 60


@pytest.mark.parametrize(
    ("state", "name"),
    [("dead", "Deaths"), ("arrested", "Arrests"), ("missing", "Miners missing")],
)
def test_people_in_one_state_are_named_by_it(state, name):
    texts = {"a": "Nine miners were underground.", "b": "The toll of miners reached 12."}
    _, documents = read(texts)
    figures = count("miner", state=state)
    claims = [claim_of(found, 0, quantities=figures) for found in documents.values()]
    assert labels.label(claims, claims, documents) == name


@pytest.mark.parametrize("word", ["Two billionths", "Some thousandths", "Favour", "Longer"])
def test_words_that_name_no_thing_are_no_label(word):
    texts = {"a": f"{word} of a gramme was found.", "b": f"{word} of a gramme were in it."}
    claims, documents = read(texts)
    assert word.split()[-1].lower() not in labels.label(claims, claims, documents).lower()
