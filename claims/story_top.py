"""The head that the matrix, the timeline, the report and the draft share: `_story_top.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims import judge_words, page_words
from claims.modes import Mode
from claims.statements import ReportFacts
from claims.whole_story import WholeStory
from reader.models import Story


@dataclass(frozen=True, kw_only=True)
class StoryTop:
    """What the head says of a story.

    `view` is the tab that is open ("compare", "matrix", "timeline", "report"); `here` is the
    page's own address, to which the switch of modes leads back, empty where a page has no switch.
    """

    view: str
    facts: tuple[str, ...]
    open_flags: int
    open_suggestions: int
    mode: Mode
    here: str


def top_of(story: Story, whole: WholeStory, *, view: str, mode: Mode, here: str = "") -> StoryTop:
    """The head of a page about the story as a whole, with what the last comparison lacked."""
    matched = sum(len(own) for own in whole.statements.values())
    return StoryTop(
        view=view,
        facts=facts_of(story, whole.reports, whole.claims, matched),
        open_flags=sum(flag.counts for flag in whole.flags),
        open_suggestions=sum(flag.is_open and flag.suggestion for flag in whole.flags),
        mode=mode,
        here=here,
    )


def facts_of(
    story: Story, reports: Sequence[ReportFacts], claims: int, matched: int
) -> tuple[str, ...]:
    """The line under the title, with what the last comparison did without."""
    said = judge_words.note(story.compare_note)
    facts = page_words.facts(reports, story.origins, claims, matched)
    return (*facts, said) if said else facts
