"""Stories for reading: claims in every part of a text, its very first and last words included."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.bench.made_up import MadeReport
    from reader.models import Desk

PARAGRAPHS, FACTS = 20, 9
FILLER = " ".join(
    f"The {who} walked past the {where} while the rain went on."
    for who, where in (("neighbours", "mill"), ("children", "town hall"), ("farmers", "bridge"))
)


def make_reading_stories(desk: "Desk") -> None:
    """Make `align-3` and `align-6`, named by their number of reports."""
    from claims.bench.stored_story import store_story

    for reports in (3, 6):
        store_story(desk, f"align-{reports}", [_report(number) for number in range(reports)])


def _report(number: int) -> "MadeReport":
    """A long report; what it tells stands in other places than in the report before.

    The first fact is told with the first words of one report and the last words of the next. The
    fourth report says nothing of the last facts.
    """
    from claims.bench.made_up import MadeClaim, MadeReport

    told = range(FACTS if number != 3 else FACTS - 3)
    places = {fact: (fact * 7 + number * 5) % PARAGRAPHS for fact in told}
    places[0] = 0 if number % 2 == 0 else PARAGRAPHS
    text, claims = "", []
    for place in range(PARAGRAPHS + 1):
        text += "\n\n" if place else ""
        own = [fact for fact, at in places.items() if at == place]
        for fact in own if place == 0 else []:
            claims.append(_tell(text, fact, number))
            text += claims[-1][0] + " "
        text += FILLER
        for fact in own if place else []:
            text += " "
            claims.append(_tell(text, fact, number))
            text += claims[-1][0]
    return MadeReport(
        source=f"Reader {number + 1}",
        title=f"What the river did, part {number + 1}",
        published=date(2026, 3, 2 + number),
        text=text,
        claims=tuple(MadeClaim(**claim) for _sentence, claim in claims),
    )


def _tell(before: str, fact: int, number: int) -> tuple[str, dict[str, int]]:
    """A sentence and where it stands behind `before`; every third fact differs between reports."""
    figure = 100 + fact * 11 + (number if fact % 3 == 0 else 0)
    sentence = f"{figure} houses in street {fact} were flooded."
    start = len(before)
    end = start + len(sentence) - 1
    place = {"start": start, "end": end, "fact": fact, "figure": figure}
    return sentence, {**place, "figure_start": start, "figure_end": start + len(str(figure))}
