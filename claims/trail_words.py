"""The sentences for what happens to claims, points and flags, and for what a comparison changed."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from claims import judge_words
from reader.trail import Text, Wording

WORDINGS: Mapping[str, Wording] = {
    "claims.story.compared": Wording(one=lazy("{who} {compared}: {changes}"), weight=5),
    "claims.story.comparison_failed": Wording(
        one=lazy("{who} could not compare the reports"), weight=5
    ),
    "claims.story.words_erased": Wording(one=lazy("{who} erased a report's words from its claims")),
    # these stand above stories, so no story's page shows them
    "claims.ruleswitch.switched_off": Wording(one=lazy("{who} switched a rule off")),
    "claims.ruleswitch.switched_on": Wording(one=lazy("{who} switched a rule on")),
    "claims.fittedweights.added": Wording(one=lazy("{who} fitted weights of matching")),
    "claims.fittedweights.switched_on": Wording(one=lazy("{who} switched fitted weights on")),
    "claims.fittedweights.switched_off": Wording(one=lazy("{who} switched fitted weights off")),
    "claims.alias.added": Wording(one=lazy("{who} added a name of an actor")),
    "claims.alias.changed": Wording(one=lazy("{who} changed a name of an actor")),
    "claims.alias.removed": Wording(one=lazy("{who} removed a name of an actor")),
    # flags
    "claims.discrepancy.confirm": Wording(
        one=lazy("{who} confirmed the {kind} flag on {thing}"),
        many=lazy("{who} confirmed {number} flags"),
        weight=2,
    ),
    "claims.discrepancy.dismiss": Wording(
        one=lazy("{who} dismissed the {kind} flag on {thing}"),
        many=lazy("{who} dismissed {number} flags"),
        weight=2,
    ),
    "claims.discrepancy.note": Wording(
        one=lazy("{who} wrote a note on the {kind} flag on {thing}"), weight=2
    ),
    "claims.discrepancy.reopened": Wording(
        one=lazy("{who} opened the {kind} flag on {thing} again: a value it rests on has changed"),
        many=lazy("{who} opened {number} flags again: values they rest on have changed"),
    ),
    "claims.discrepancy.restored": Wording(
        one=lazy("{who} found the values of {thing} again: its {kind} flag is as was decided then"),
        many=lazy("{who} found the values of {number} flags again: they are as was decided then"),
    ),
    "claims.discrepancy.superseded": Wording(
        one=lazy("{who} set the {kind} flag on {thing} aside: its claims are no longer together"),
        many=lazy("{who} set {number} flags aside: their claims are no longer together"),
        weight=0,
    ),
    "claims.discrepancy.settled": Wording(
        one=lazy("{who} closed the {kind} flag on {thing}: {settled}"),
        many=lazy("{who} closed {number} flags: new texts have settled them"),
        weight=2,
    ),
    "claims.discrepancy.undo": Wording(
        one=lazy("{who} undid {undone}: the {kind} flag on {thing}"),
        many=lazy("{who} undid {number} decisions on flags"),
        weight=2,
    ),
    # points
    "claims.point.added": Wording(one=lazy("{who} made the point {thing}")),
    "claims.point.rename": Wording(one=lazy("{who} renamed the point {thing}"), weight=3),
    "claims.point.merge": Wording(one=lazy("{who} merged points into {thing}"), weight=3),
    "claims.point.split": Wording(one=lazy("{who} split the point {thing}"), weight=3),
    "claims.point.undo": Wording(one=lazy("{who} undid {undone}: the point {thing}"), weight=3),
    "claims.point.retired": Wording(
        one=lazy("{who} took the last claim of the point {thing}: it is out of use"),
        many=lazy("{who} took the last claims of {number} points: they are out of use"),
        weight=0,
    ),
    "claims.point.revived": Wording(
        one=lazy("{who} brought the point {thing} back into use"),
        many=lazy("{who} brought {number} points back into use"),
        weight=0,
    ),
    # claims
    "claims.article.carried": Wording(
        one=lazy("{who} took the claims of a report along to {text}: {carried}"), weight=3
    ),
    "claims.claim.reattach": Wording(
        one=lazy("{who} put the claim {thing} of {source} onto the new text"), weight=2
    ),
    "claims.claim.let_go": Wording(
        one=lazy("{who} let the claim {thing} of {source} go"), weight=2
    ),
    "claims.claim.add": Wording(
        one=lazy("{who} marked the claim {thing} of {source}"),
        many=lazy("{who} marked {number} claims"),
        weight=2,
    ),
    "claims.claim.edit": Wording(
        one=lazy("{who} corrected the claim {thing} of {source}"), weight=2
    ),
    "claims.claim.accept": Wording(
        one=lazy("{who} accepted the claim {thing} of {source}"),
        many=lazy("{who} accepted {number} claims"),
        weight=2,
    ),
    "claims.claim.reject": Wording(
        one=lazy("{who} rejected the claim {thing} of {source}"),
        many=lazy("{who} rejected {number} claims"),
        weight=2,
    ),
    "claims.claim.suggest": Wording(
        one=lazy("{who} put the claim {thing} of {source} back among the suggestions"),
        many=lazy("{who} put {number} claims back among the suggestions"),
        weight=2,
    ),
    "claims.claim.place": Wording(one=lazy("{who} placed the claim {thing} of {source}"), weight=2),
    "claims.claim.moved": Wording(
        one=lazy("{who} moved the claim {thing} of {source}"),
        many=lazy("{who} moved {number} claims"),
        weight=0,
    ),
    "claims.claim.undo": Wording(
        one=lazy("{who} undid {undone}: the claim {thing} of {source}"),
        many=lazy("{who} undid {number} decisions on claims"),
        weight=2,
    ),
    # pairs in doubt
    "claims.counterpart.keep_apart": Wording(
        one=lazy("{who} kept {thing} of {source} apart from {other} of {other_source}"),
        many=lazy("{who} kept {number} pairs of claims apart"),
        weight=2,
    ),
    "claims.counterpart.join": Wording(
        one=lazy("{who} said that {thing} of {source} is about the same as {other}"), weight=4
    ),
    "claims.counterpart.join_points": Wording(
        one=lazy("{who} said that {thing} of {source} is about the same as {other}"), weight=4
    ),
    "claims.counterpart.parted": Wording(
        one=lazy("{who} found {thing} of {source} and {other} of {other_source} parted again"),
        many=lazy("{who} found {number} joined pairs of claims parted again"),
        weight=0,
    ),
    "claims.counterpart.undo": Wording(
        one=lazy("{who} undid {undone}: {thing} of {source} and {other} of {other_source}"),
        many=lazy("{who} undid {number} decisions on pairs of claims"),
        weight=4,
    ),
}
KINDS: Mapping[str, Text] = {
    "claims.discrepancy": lazy("Flags"),
    "claims.point": lazy("Points"),
    "claims.claim": lazy("Claims"),
    "claims.counterpart": lazy("Pairs in doubt"),
}
# What an undo reversed, by the reversed decision's action.
UNDONE: Mapping[str, Text] = {
    "confirm": lazy("the confirmation"),
    "dismiss": lazy("the dismissal"),
    "note": lazy("the note"),
    "rename": lazy("the new name"),
    "merge": lazy("the merge"),
    "split": lazy("the split"),
    "add": lazy("the marking"),
    "edit": lazy("the correction"),
    "accept": lazy("the acceptance"),
    "reject": lazy("the rejection"),
    "suggest": lazy("the putting back"),
    "place": lazy("the placing"),
    "keep_apart": lazy("the keeping apart"),
    "reattach": lazy("the putting onto the new text"),
    "let_go": lazy("the letting go"),
    "join": lazy("the joining"),
    "join_points": lazy("the joining of points"),
}


def compared(tally: Mapping[str, object]) -> str:
    """What a comparison changed: "2 points added, 1 flag reopened".

    `tally` is that of the audit entry. Where claims were placed follows from the rest.
    """
    said = [
        words
        for name in _TALLY
        if (number := _number(tally.get(name))) and (words := _tally_words(name, number))
    ]
    told = ", ".join(said) or _("nothing changed that is shown")
    note = judge_words.note(tally.get("note"))
    return f"{told}. {note}" if note else told


_TALLY = (
    "points added",
    "points renewed",
    "points retired",
    "discrepancies added",
    "discrepancies renewed",
    "discrepancies reopened",
    "discrepancies restored",
    "discrepancies superseded",
    "discrepancies settled",
    "claims added",
    "claims renewed",
    "claims withdrawn",
    "claims deleted",
    "passages",
)


def _number(value: object) -> int:
    """How many: claims are counted, points and flags listed by their ids."""
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) else 0


def _tally_words(name: str, number: int) -> str:
    words = {
        "points added": ngettext("%(n)s point added", "%(n)s points added", number),
        "points renewed": ngettext("%(n)s point changed", "%(n)s points changed", number),
        "points retired": ngettext("%(n)s point retired", "%(n)s points retired", number),
        "discrepancies added": ngettext("%(n)s flag added", "%(n)s flags added", number),
        "discrepancies renewed": ngettext("%(n)s flag changed", "%(n)s flags changed", number),
        "discrepancies reopened": ngettext("%(n)s flag reopened", "%(n)s flags reopened", number),
        "discrepancies restored": ngettext(
            "%(n)s flag decided as before", "%(n)s flags decided as before", number
        ),
        "discrepancies superseded": ngettext(
            "%(n)s flag no longer found", "%(n)s flags no longer found", number
        ),
        "discrepancies settled": ngettext(
            "%(n)s flag settled by a new text", "%(n)s flags settled by new texts", number
        ),
        "claims added": ngettext("%(n)s claim added", "%(n)s claims added", number),
        "claims renewed": ngettext("%(n)s claim read anew", "%(n)s claims read anew", number),
        "claims withdrawn": ngettext(
            "%(n)s claim no longer found", "%(n)s claims no longer found", number
        ),
        "claims deleted": ngettext("%(n)s claim dropped", "%(n)s claims dropped", number),
        "passages": ngettext("%(n)s shared passage", "%(n)s shared passages", number),
    }
    return words[name] % {"n": number}
