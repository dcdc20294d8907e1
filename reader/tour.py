"""The tour: what each part of the side-by-side page is for, in the words of a person's role."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reader.models import Role, Story, User
from reader.web import roles_of


@dataclass(frozen=True, kw_only=True)
class Step:
    """One card: what it points at, as selectors of which the first that is seen counts."""

    place: str
    title: str
    text: str


def highest_role(user: User) -> Role:
    """The most that the person may do on any desk; a reader without one."""
    held = [Role(role) for role in roles_of(user).values()]
    return max(held, key=lambda role: role.rank, default=Role.READER)


def steps_for(role: Role) -> tuple[Step, ...]:
    """The cards of the tour, in their order."""
    return (
        Step(
            place='[data-point-list] | [data-fold-button="points"]',
            title=_("Points of comparison"),
            text=_(
                "Each line is a question that the reports answer, with how their answers relate: "
                "conflicts stand first. Press j and k to go from one to the next, or choose one."
            ),
        ),
        Step(
            place="[data-column-text] | [data-columns]",
            title=_("Reports, side by side"),
            text=_(
                "Claims are underlined. For the chosen point, what every report says is lit and "
                "comes to one line. The number behind a claim leads to its point."
            ),
        ),
        Step(
            place="[data-cell]",
            title=_("The foot of each report"),
            text=_(
                "What this report says on the chosen point: the value, who gives it, as of when. "
                "A report that says nothing is silent, which is never a conflict."
            ),
        ),
        Step(
            place='[data-inspector] | [data-fold-button="evidence"]',
            title=_("The evidence"),
            text=_evidence(role),
        ),
        Step(
            place=".view-tabs",
            title=_("Other views of the story"),
            text=_views(role),
        ),
        Step(place="[data-open-keys]", title=_("Keys, and this tour"), text=_last(role)),
    )


def _views(role: Role) -> str:
    """The views that the person may open: the report is the editors'."""
    if role.includes(Role.EDITOR):
        return _(
            "The matrix shows who is silent, the timeline how a figure moved; the report is "
            "what you hand over. Press 1 to 4 to change between them."
        )
    return _(
        "The matrix shows who is silent, the timeline how a figure moved. Press 1 to 3 to change "
        "between them."
    )


def _evidence(role: Role) -> str:
    """What a person can do with the evidence."""
    if role.includes(Role.EDITOR):
        return _(
            "Why it is a flag: the values, the quotes, the rule and its arithmetic. You decide: "
            "confirm it with c, or dismiss it with d and a reason. Every decision can be undone."
        )
    if role.includes(Role.FACT_CHECKER):
        return _(
            "Why it is a flag: the values, the quotes, the rule and its arithmetic. Where the "
            "engine misread a claim you correct it here, or you mark one in a report. Editors "
            "decide on flags."
        )
    return _(
        "Why it is a flag: the values, the quotes, the rule and its arithmetic, so that you can "
        "check it by hand. What editors decided stands here too, with their reasons."
    )


def _last(role: Role) -> str:
    if role.includes(Role.ADMIN):
        return _(
            "The question mark lists the keys of the page you are on, and leads to this tour. New "
            "reports come in under Import and through feeds."
        )
    return _("The question mark lists the keys of the page you are on, and leads to this tour.")


def story_for_tour(user: User) -> Story | None:
    """A story with something to show: compared, of several texts; the last changed one."""
    compared = Story.objects.visible_to(user).filter(compared_revision__gt=0, origins__gt=1)
    return compared.order_by("-changed_at", "-pk").first()
