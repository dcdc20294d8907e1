"""Wire copy is one origin, whatever lead it got; a shared quotation is not."""

import itertools

from claims.engine import origins
from claims.engine.readings import Claim, Reading, Report

WIRE = (
    "The dam at Lower Brae gave way shortly before four in the morning, the water board said. "
    "Eleven houses were flooded and two bridges were swept away. Nobody was hurt, because the "
    "valley had been cleared on Sunday after cracks were seen in the wall. Engineers from three "
    "countries are on their way to look at the damage, and the power station will stay shut."
)
LEAD = "Our readers in the valley have had a night that they will not forget, and we were there. "
OWN = (
    "A farmer who lives above the river told us that he heard it before he saw it. He had packed "
    "his things on Sunday, like everybody else in the village, and slept in his car on the hill. "
    "The water board has promised to answer questions in the school hall at noon."
)
QUOTE = " “We have always said that this wall would not last another winter,” the mayor said."


def report(name, text):
    return Report(id=name, source=name, title=name, published=None, text=text)


def counted(reports):
    return origins.find(reports).by_report


def test_wire_copy_with_a_new_lead_is_one_origin():
    found = counted([report("a", WIRE), report("b", LEAD + WIRE), report("c", OWN)])
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_wire_copy_cut_short_is_one_origin():
    assert counted([report("b", WIRE), report("a", WIRE[:230])]) == {"a": "a", "b": "a"}


def test_a_shared_quotation_leaves_two_origins():
    found = counted([report("a", WIRE + QUOTE), report("b", OWN + QUOTE)])
    assert found == {"a": "a", "b": "b"}


def test_capitals_marks_and_line_breaks_do_not_hide_wire_copy():
    changed = WIRE.replace(". ", ".\n\n").replace(",", " -").upper()
    assert set(counted([report("a", WIRE), report("b", changed)]).values()) == {"a"}


def test_order_of_the_reports_changes_nothing():
    reports = [report("a", OWN), report("b", WIRE), report("c", LEAD + WIRE), report("d", QUOTE)]
    found = [(counted(o), origins.passages(o)) for o in itertools.permutations(reports)]
    assert all(one == found[0] for one in found)


def test_short_equal_flashes_are_one_origin_and_empty_reports_none():
    flash = "Dam at Lower Brae breaks, eleven houses flooded, nobody hurt"
    found = counted([report("a", flash), report("b", flash), report("c", ""), report("d", "")])
    assert found == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_passages_are_the_same_words_in_both_reports():
    first, second = report("a", OWN + QUOTE), report("b", WIRE + QUOTE)
    (passage,) = origins.passages([second, first])
    assert passage.span.of(first.text) == passage.other_span.of(second.text)
    assert passage.span.of(first.text).startswith("We have always said")
    assert passage.words == 15


def test_words_between_two_passages_are_not_counted_twice():
    (passage,) = origins.passages([report("a", WIRE), report("b", WIRE)])
    assert passage.words == len(WIRE.split())


EDITED = WIRE.replace("two bridges", "both bridges").replace("countries", "lands")


def test_small_edits_do_not_part_a_passage():
    first, second = report("a", WIRE), report("b", EDITED)
    found = origins.passages([first, second])
    assert [passage.span.of(first.text)[:12] for passage in found] == ["The dam at L"]
    assert found[0].span.of(first.text).endswith("will stay shut")
    assert found[0].words == len(WIRE.split()) - 2


def claim(name, of, exact):
    start = of.text.index(exact)
    return Claim(
        id=name,
        report=of.id,
        start=start,
        end=start + len(exact),
        exact=exact,
        sentence=0,
        reading=Reading(),
    )


def test_claims_in_one_copied_passage_are_one_origin_though_the_reports_are_two():
    copied = WIRE.partition(" Engineers")[0]
    first = report("a", f"{OWN} {OWN} {copied}")
    second = report("b", f"{copied} {QUOTE} {LEAD} {LEAD} {LEAD} {LEAD} {LEAD}")
    found = origins.find([first, second])
    assert found.by_report == {"a": "a", "b": "b"}
    flooded = [claim(one.id, one, "Eleven houses were flooded") for one in (first, second)]
    assert found.of(flooded) == {"a": "a", "b": "a"}


def test_claims_beside_a_copied_passage_stay_two_origins():
    copied = WIRE.partition(" Engineers")[0]
    first = report("a", f"{OWN} {OWN} {copied}")
    second = report("b", f"{copied} {QUOTE} {LEAD} {LEAD} {LEAD} {LEAD} {LEAD}")
    found = origins.find([first, second])
    said = [
        claim("a", first, "slept in his car on the hill"),
        claim("b", second, "this wall would not last another winter"),
    ]
    assert found.of(said) == {"a": "a", "b": "b"}
