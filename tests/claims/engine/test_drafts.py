"""A draft held against small stories: what is found of a line, and where nothing is said."""

from datetime import date

import pytest

from claims.engine import compare, drafts, origins
from claims.engine.readings import Block, BlockKind, Report


def ground(*texts: str) -> drafts.Ground:
    """A story of these reports, a day apart, as a comparison by words alone leaves it."""
    reports = [
        Report(id=f"r{n}", source=f"Paper {n}", title="", published=date(2025, 3, n), text=text)
        for n, text in enumerate(texts, start=10)
    ]
    found = compare.read(reports)
    compared = compare.relate(found, encoder=None)
    return drafts.Ground(
        reports={report.id: report for report in reports},
        documents=found.documents,
        claims=tuple(compared.claims),
        points={name: point.id for point in compared.points for name in point.claims},
        origins=origins.find(reports),
    )


def found(draft: str, *texts: str, headline: bool = False) -> list[str]:
    """The kinds that are found of a draft, in the order of its text."""
    head, _, rest = draft.partition("\n\n")
    kind: BlockKind = "heading" if headline else "paragraph"
    blocks = [Block(start=0, end=len(head), kind=kind)]
    if rest:
        blocks.append(Block(start=len(head) + 2, end=len(draft), kind="paragraph"))
    report = Report(
        id="draft",
        source="",
        title="",
        published=date(2025, 3, 14),
        text=draft,
        blocks=tuple(blocks),
    )
    lines = drafts.hold(report, ground(*texts))
    return [finding.kind for line in lines for finding in line.findings]


@pytest.mark.parametrize(
    ("line", "reports", "kinds"),
    [
        pytest.param(
            "Nine people have died in the sinking of the ferry.",
            (
                "At least 14 people have died in the sinking of the ferry, the coast guard said.",
                "The death toll rose to 31, the coast guard said.",
            ),
            ["differs"],
            id="a-later-report-only-replaces-what-it-differs-from",
        ),
        pytest.param(
            "Exactly 40 houses have burnt down.",
            ("About 40 houses have burnt down.", "About 40 houses have burnt down in the town."),
            ["firmer"],
            id="a-bound-made-exact",
        ),
        pytest.param(
            "The club will pay 30 million euros for the stadium.",
            ("The club will pay 30 million euros for the stadium.",),
            [],
            id="what-a-report-says-in-the-same-words",
        ),
        pytest.param(
            "The trust employs 11,400 people.",
            ("Operations will be called off, says the trust, which employs 11,400 people.",),
            [],
            id="an-aside-is-as-sure-as-its-own-words",
        ),
        pytest.param(
            "The warning did not reach their phones until 18:40.",
            ("The warning reached their phones at 18:40.",),
            [],
            id="not-until-is-no-denial",
        ),
        pytest.param(
            "The union wants a rise of 9 percent.",
            ("The union is asking for a rise of 9 percent, it said.",),
            [],
            id="whose-word-it-is-is-named-without-a-word-of-saying",
        ),
        pytest.param(
            "The strike could cost 9 million, and the trust has 640 unfilled posts.",
            ("The trust has 640 unfilled posts, the union said.",),
            ["firmer"],
            id="a-figure-stated-flatly",
        ),
        pytest.param(
            "Two riders of the team failed a doping test.",
            ("The captain of the team failed a doping test, riders said.",),
            [],
            id="a-small-figure-whose-words-are-there",
        ),
        pytest.param(
            "The list of incidents grew from 14 to 31.",
            (
                "The union has a list of 14 incidents at the hospital.",
                "The union has a list of 31 incidents at the hospital.",
            ),
            [],
            id="both-figures-in-one-line",
        ),
        pytest.param(
            "Two of her team-mates have rented a cottage by the lake.",
            ("The captain failed a doping test, the board said.",),
            ["unsupported"],
            id="a-small-figure-tells-nothing-so-the-words-do",
        ),
    ],
)
def test_a_line_is_marked_or_left_alone(
    line: str, reports: tuple[str, ...], kinds: list[str]
) -> None:
    assert found(line, *reports) == kinds


@pytest.mark.parametrize(
    ("source", "kinds"),
    [("the Pentagon", True), ("Ukraine", False), ("the United Nations", False)],
)
def test_a_figure_of_one_source_is_not_that_of_another(source: str, kinds: bool) -> None:
    reports = (
        "About 12,000 North Korean soldiers are in Russia, Ukraine said.",
        "About 10,000 North Korean soldiers are in Russia, the Pentagon said.",
        "Other estimates reach 12,000 North Korean soldiers in Russia.",
    )
    line = f"About 12,000 North Korean soldiers are in Russia, {source} said."
    assert ("attributed" in found(line, *reports)) == kinds


def test_a_headline_is_read_like_a_sentence() -> None:
    reports = ("About 40 houses have burnt down.", "About 40 houses have burnt down in the town.")
    draft = "40 houses burnt down\n\nThe mayor was on the scene."
    assert found(draft, *reports, headline=True) == ["firmer"]


def test_a_headline_with_to_and_a_verb_is_of_what_is_planned() -> None:
    reports = ("Norrhall will cut 1,200 jobs, the company said.",)
    assert found("Norrhall to cut 1,200 jobs\n\nThe talks begin.", *reports, headline=True) == []


def test_the_order_of_the_reports_changes_nothing() -> None:
    told = ("Police arrested 43 people at the march.", "Police arrested 57 people at the march.")
    reports = ground(*told)
    turned = ground(*told)
    turned = drafts.Ground(
        reports=dict(list(turned.reports.items())[::-1]),
        documents=dict(list(turned.documents.items())[::-1]),
        claims=turned.claims[::-1],
        points=turned.points,
        origins=turned.origins,
    )
    draft = Report(
        id="draft",
        source="",
        title="",
        published=date(2025, 3, 14),
        text="Police arrested 43 people at the march.",
    )
    assert drafts.hold(draft, reports) == drafts.hold(draft, turned)
