"""Names that a newsroom adds: what they do to a reading, and that they stay where they belong."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from claims.engine import actors, compare, documents, gazetteer, people, selection
from claims.engine.gazetteer import Alias
from claims.engine.readings import Comparison, Report
from claims.engine.settings import Settings

ELMS = Alias("Elm House", "Norway")
KESTREL = Alias("KNDC", "Kestrel Dam Company")


def under(*aliases: Alias) -> gazetteer.Gazetteer:
    return actors.extended(aliases)


def report(name: str, text: str) -> Report:
    return Report(id=name, source=f"Desk {name}", title="", published=date(2024, 5, 3), text=text)


REPORTS = [
    report("a", "Elm House said on Thursday that 40 boats had left the port of Dorn."),
    report("b", "Norway said on Thursday that 70 boats had left the port of Dorn."),
]


def compared(aliases: Sequence[Alias], reports: Sequence[Report] = REPORTS) -> Comparison:
    return compare.compare(reports, settings=Settings(aliases=frozenset(aliases)))


def test_a_house_stands_for_its_government_only_where_it_was_added() -> None:
    with gazetteer.using(under(ELMS)):
        assert actors.canonical("Elm House") == "norway"
        assert actors.canonical("the Elm House") == "norway"
        assert actors.find("In Oslo the Elm House agreed.", 0, 29)[-1][1] == "norway"
    assert actors.canonical("Elm House") is None


def test_a_body_that_nobody_knows_goes_by_both_names() -> None:
    with gazetteer.using(under(KESTREL)):
        assert actors.canonical("KNDC") == "kestrel dam company"
        assert actors.canonical("Kestrel Dam Company") == "kestrel dam company"
        assert actors.display("kestrel dam company") == "Kestrel Dam Company"


def test_the_two_speakers_of_a_story_are_one_with_the_alias_and_two_without() -> None:
    def speakers(aliases: Sequence[Alias]) -> set[str | None]:
        read = compare.read(REPORTS, settings=Settings(aliases=frozenset(aliases)))
        with gazetteer.using(read.names):
            named = {c.reading.attribution[-1].name for c in read.claims if c.reading.attribution}
            return {actors.canonical(name) for name in named}

    assert speakers([ELMS]) == {"norway"}
    assert speakers([]) == {None, "norway"}


def test_a_comparison_knows_the_names_its_reports_were_read_under() -> None:
    read = compare.read(REPORTS, settings=Settings(aliases=frozenset([ELMS])))
    assert compare.relate(read) == compared([ELMS])


def test_names_are_forgotten_when_the_comparison_is_done_even_by_an_error() -> None:
    compared([ELMS])
    assert actors.canonical("Elm House") is None
    with pytest.raises(ZeroDivisionError), gazetteer.using(under(ELMS)):
        _ = 1 / 0
    assert actors.canonical("Elm House") is None


def test_names_of_one_comparison_do_not_reach_the_next() -> None:
    before = compared([])
    compared([ELMS, Alias("Dorn", "Peru", "nation")])
    assert compared([]) == before


def test_a_selection_is_read_under_the_names_too() -> None:
    settings = Settings(aliases=frozenset([Alias("Elm Gazette", "Elm Gazette Group", "agency")]))
    text = "Two boats sank, Elm Gazette reported on Friday."
    plain = selection.read_selection(report("a", text), 0, len(text))
    named = selection.read_selection(report("a", text), 0, len(text), settings=settings)
    assert [link.kind for link in named.attribution] == ["agency"]
    assert plain.attribution != named.attribution


def test_the_order_of_aliases_and_reports_changes_nothing() -> None:
    aliases = [ELMS, KESTREL, Alias("Dorn Hall", "Kestrel Dam Company")]
    first = compared(aliases)
    for order in permutations(aliases):
        assert under(*order) is under(*aliases)
        assert compared(order, REPORTS[::-1]) == first


def test_without_aliases_the_names_are_those_of_the_data_files() -> None:
    assert under() is gazetteer.plain()
    assert actors.table() is gazetteer.plain().table


def test_an_alias_wins_over_the_data_files_and_the_longest_name_over_shorter_ones() -> None:
    with gazetteer.using(under(Alias("Kremlin", "Kremlin Hotel Group"), Alias("Oslo Elm", "Peru"))):
        assert actors.canonical("the Kremlin") == "kremlin hotel group"
        assert [name for _, name in actors.find("Oslo Elm and Oslo", 0, 17)] == ["peru", "norway"]


def test_what_an_alias_stands_for_is_looked_up_in_the_data_files_alone() -> None:
    there, back = Alias("Elm House", "Dorn House"), Alias("Dorn House", "Elm House")
    with gazetteer.using(under(there, back)):
        assert actors.canonical("Elm House") in {"dorn house", "elm house"}


def test_a_nation_names_land_and_a_house_does_not() -> None:
    with gazetteer.using(under(Alias("Elmland", "Norway", "nation"), ELMS)):
        found = {entry.pieces: entry.place for entry in gazetteer.in_use().table["elm"]}
        assert found["elm", "house"] is False
        assert gazetteer.in_use().table["elmland"][0].place is True


def test_a_firm_that_was_added_is_still_the_company_and_a_nation_is_not() -> None:
    text = "Kestrel Loom runs the lock. The company denied on Friday that it leaks."

    def who(*aliases: Alias) -> str | None:
        with gazetteer.using(under(*aliases)):
            document = documents.parse(report("a", text))
            return people.body_before(document, 28, "company", company=True)

    assert who(Alias("KDW", "Kestrel Loom")) == "Kestrel Loom"
    assert who(Alias("Kestrel Loom", "Norway")) is None


def test_another_name_of_an_agency_is_that_of_an_agency() -> None:
    with gazetteer.using(under(Alias("The Elm Wire", "Reuters"))):
        ((_, entry),) = actors.matches("the Elm Wire", 0, 12)
        assert (entry.canonical, entry.kind) == ("reuters", "agency")


@pytest.mark.parametrize("name", ["Elms|-", "Elms|the", "Elms*", "the --", "Elms’s"])
def test_the_signs_of_the_data_files_mean_nothing_in_a_typed_name(name: str) -> None:
    with gazetteer.using(under(Alias(name, "Norway"), Alias("Dorn", f"{name} Union"))):
        assert actors.canonical("the") is None
        entries = gazetteer.in_use().table.get("elms", ())
        assert not any(entry.risky for entry in entries)
