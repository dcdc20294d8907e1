"""An editor's own draft on a compared story, as a check would have left it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.models import Desk

TEXT = "Exactly 1,000 soldiers are in the port.\n\nThey train at five grounds."


def make_draft(desk: "Desk") -> None:
    """A draft with two findings on the first point, in a story that nothing else changes."""
    from claims.models import Draft
    from reader.models import User
    from tests.claims.compared import claims_of, compared_story

    compared = compared_story(desk, articles=3, slug="drafted", title="Soldiers, drafted")
    first, *others = [str(claim.pk) for claim in claims_of(compared.points[0])]
    findings = [
        {"kind": "firmer", "rule": "draft-bound", "told": [first], "against": [],
         "arithmetic": "“1,000 soldiers” is firmer than “about 1,000 soldiers”"},
        {"kind": "one_sided", "rule": "draft-one-side", "told": [first], "against": others,
         "arithmetic": "950 to 1,050 and 1,900 to 2,100 do not meet"},
    ]  # fmt: skip
    Draft.objects.create(
        story=compared.story,
        person=User.objects.get(username="editor"),
        title="A port full",
        text=TEXT,
        findings=[
            {
                "start": 8,
                "end": 38,
                "point": compared.points[0].pk,
                "normal": "1,000 soldiers",
                "told": [first],
                "origins": 1,
                "findings": findings,
            }
        ],
        checked_revision=compared.story.revision,
    )
