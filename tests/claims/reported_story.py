"""A story with flags in every state, decided on by people with names and notes that tell."""

from dataclasses import dataclass
from datetime import UTC, datetime

from claims.models import Discrepancy, Draft
from claims.services import deciding
from reader.models import Role, Source, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

# What nobody outside the desk is told.
TELLING = (
    "Rosalind",
    "Vane",
    "rvane",
    "Ask the general again",
    "their lawyer called",
    "Only between us",
    "harbour-codename",
    "half-written words of our own",
)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The story, its parts, and the editor who decided."""

    compared: Compared
    editor: User
    flags: dict[str, Discrepancy]

    @property
    def story(self) -> Story:
        """The story as it is now."""
        return Story.objects.select_related("desk").get(pk=self.compared.story.pk)

    @property
    def path(self) -> str:
        """The address of its report."""
        return f"/stories/{self.compared.story.slug}/report/"


def reported_story() -> Reported:
    """Flags that are open, confirmed, dismissed, reopened and settled; a suggestion; a draft."""
    desk = factories.make_desk(zone="Europe/Berlin")
    names = {"first_name": "Rosalind", "last_name": "Vane", "zone": "Asia/Tokyo"}
    editor = factories.make_member(desk, Role.EDITOR, "rvane", **names)
    compared = compared_story(desk, slug="harbour-codename", title="Soldiers <at> the harbour")
    for article, name in zip(compared.articles, ("Port Herald", "Coast Wire"), strict=True):
        Source.objects.filter(articles=article).update(name=name)
    counted, answered, trained = compared.points
    flags = {
        "open": compared.flag,
        "confirmed": factories.make_discrepancy(
            answered, claims_of(answered), kind="response", severity="medium", rule="response-acts"
        ),
        "dismissed": factories.make_discrepancy(
            trained, claims_of(trained), kind="description", severity="low"
        ),
        "reopened": factories.make_discrepancy(counted, claims_of(counted), kind="date"),
        "suggestion": factories.make_discrepancy(
            counted, claims_of(counted), kind="place", suggestion=True
        ),
        "settled": factories.make_discrepancy(counted, claims_of(counted), kind="actor"),
    }
    _decide(editor, flags["confirmed"], "confirm", note="Ask the general again")
    _decide(editor, flags["dismissed"], "note", note="Only between us")
    _decide(
        editor, flags["dismissed"], "dismiss", reason="not_material", note="their lawyer called"
    )
    _decide(editor, flags["reopened"], "dismiss", reason="same_value", note="their lawyer called")
    # as a comparison leaves them that finds other values, or a text that settles one
    Discrepancy.objects.filter(pk=flags["reopened"].pk).update(status="open")
    Discrepancy.objects.filter(pk=flags["settled"].pk).update(
        status="settled",
        settlement={
            "source": "The Post",
            "was": "12 people",
            "now": "9 people",
            "at": "2025-05-03T12:05:00+00:00",
        },
    )
    Draft.objects.create(
        story=compared.story,
        person=editor,
        title="half-written words of our own",
        text="half-written words of our own",
    )
    changed = datetime(2024, 10, 30, 12, 4, tzinfo=UTC)
    Story.objects.filter(pk=compared.story.pk).update(revision=41, changed_at=changed)
    return Reported(compared=compared, editor=editor, flags=flags)


def _decide(
    person: User, flag: Discrepancy, action: str, *, reason: str = "", note: str = ""
) -> None:
    deciding.decide(
        person=person,
        discrepancy_id=flag.pk,
        row_version=Discrepancy.objects.get(pk=flag.pk).row_version,
        action=action,
        reason_code=reason,
        note=note,
    )
