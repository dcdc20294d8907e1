"""Labels of points: short, in the reports' own words, one of a kind, the same in any order."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from claims.engine import labels
from claims.engine.readings import DateRange, Frame, Link, Per, Response
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


def test_what_was_done_follows_the_thing_it_was_done_to():
    texts = ["A woman who had been arrested went home.", "The woman arrested in May is free."]
    assert named(texts, ["A woman was seen."]) == "Woman arrested"


def test_the_active_voice_gives_the_same_name():
    texts = ["The council closed the bridge.", "The bridge was closed by the council."]
    assert named(texts, ["The council met.", "The council paid."]) == "Bridge closed"


def test_a_verb_that_is_not_of_the_thing_is_no_part_of_its_label():
    texts = ["So far 40 people fled as a storm fanned by heat grew."] * 2
    label = named(texts, ["Some 30 people stayed."], quantities=count("person"))
    assert "fanned" not in label or label.startswith("Storm")


def test_what_is_not_said_to_be_done_is_named_as_a_deed():
    texts = ["The city will lift the embargo.", "The embargo has not been lifted."]
    assert named(texts, ["The city waits."]) == "Lifting of the embargo"


def test_a_complement_tells_more_than_a_noun_alone():
    texts = ["The tax on sugar rises.", "A new tax on sugar is near."]
    assert named(texts, ["The tax office shut."]) == "Tax on sugar"


def test_a_bare_count_says_that_it_is_a_number():
    texts = ["It has four pages.", "The text runs to one page."]
    assert named(texts, quantities=count("page")) == "Number of pages"


def test_a_measure_is_named_by_what_it_measures():
    texts = ["The flood covered 300 hectares.", "Water has covered 200 hectares."]
    assert named(texts, quantities=count("hectare")) == "Area covered"


def test_a_share_says_of_what():
    texts = ["They get a share of 60 percent of the harvest.", "Forty percent of its harvest goes."]
    assert named(texts, quantities=count("percent")) == "Share of the harvest"


def test_a_time_says_of_what_it_is_the_length():
    texts = ["The ban lasts two years.", "It is a ban of three years."]
    assert named(texts, quantities=count("year")) == "Length of the ban"


def test_a_day_that_is_set_is_the_date_of_something():
    days = (DateRange(start=0, end=1, first=None, last=None),)
    frame = Frame(subjects=("hearing",), verb="schedule", objects=())
    texts = ["A hearing is scheduled for 30 June.", "The hearing was scheduled for 14 July."]
    assert named(texts, dates=days, frame=frame) == "Date of the hearing"


def test_a_count_that_names_nothing_is_the_figure_of_its_source():
    link = Link(start=0, end=10, name="The police", kind="institution", cue="say")
    texts = ["The police say 18,000.", "The police had spoken of 22,000."]
    named_so = named(texts, quantities=count("person"), attribution=(link,))
    assert named_so == "The police’s figure"


def test_a_responder_is_written_with_the_whole_of_its_name():
    texts = ["Tern Energia denied it.", "It was denied by Tern Energia."]
    assert named(texts, response=answer("energia")) == "Tern Energia’s answer"


def test_points_that_would_have_one_name_are_told_apart_by_their_words():
    figures = count("person", state="arrested")
    texts = ["There were 50 arrests.", "In all, 40 arrests.", "Nine are minors.", "Ten are minors."]
    documents = {f"r{n}": document(f"r{n}", text) for n, text in enumerate(texts)}
    claims = [claim_of(found, 0, quantities=figures) for found in documents.values()]
    found = labels.label_all([claims[:2], claims[2:]], claims, documents)
    assert found == ["Arrests", "Arrests: minors"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The amount was tiny.", "tiny"),
        ("They went to the north.", "north"),
        ("The firm, based here, manages assets.", "manages"),
        ("The gate stays open.", "stays"),
        ("All of them said yes.", "yes"),
    ],
)
def test_a_word_that_is_no_noun_is_no_part_of_a_label(text, word):
    assert word not in named([text, text]).lower().split()


@pytest.mark.parametrize("time", ["spring", "autumn", "morning", "weekend"])
def test_a_time_is_no_thing_that_a_label_names(time):
    texts = [f"Work is to begin next {time}.", f"Building will start this {time}."]
    assert time not in named(texts).lower()


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (["The ferry will cost 4 million euros.", "The ferry is priced at 5 million."], "ferry"),
        (["The stadium will cost 4 million euros.", "The stadium costs 5 million."], "stadium"),
    ],
)
def test_a_sum_says_what_it_is_of_and_of_which_thing(texts, label):
    figures = tuple(replace(one, measured="price") for one in count("eur"))
    assert named(texts, quantities=figures) == f"Price of the {label}"


def test_a_name_alone_is_told_apart_by_what_most_reports_say_of_it():
    texts = ["Open Taps is for the boycott.", "The boycott is by Open Taps."]
    others = ["The boycott was long.", "A boycott again.", "No boycott.", "One boycott."]
    assert named(texts, others) == "Open Taps: boycott"


def test_a_deed_with_no_noun_is_named_by_its_verb():
    assert named(["Nothing was paid.", "They will not pay."], ["It rained."]) == "Paying"
