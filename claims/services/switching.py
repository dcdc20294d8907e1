"""Rules are switched off and on again by desk; the desk's open stories are compared anew."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.engine.rules import CARDS
from claims.models import RuleSwitch
from reader import audit
from reader.models import Desk, Story, User
from reader.services.people import Refused
from reader.services.stories import refresh_stories

MAX_REASON = 300


@transaction.atomic
def switch_rule(*, desk_id: int, rule: str, on: bool, reason: str, person: User) -> RuleSwitch:
    """Switch a rule for a desk, with the person's reason. Switching back undoes it.

    What a rule flagged is superseded while it is off, and comes back with its decisions. Raises
    `Refused` for a rule that does not exist, without a reason, and where it is so already.
    """
    if rule not in CARDS:
        raise Refused(_("There is no rule of that name."))
    said = " ".join(reason.split())
    if not said:
        raise Refused(_("Say why: others will ask."))
    if len(said) > MAX_REASON:
        raise Refused(_("Keep the reason to %(most)s characters.") % {"most": MAX_REASON})
    # whoever switches in the same moment waits, and then finds it done
    desk = Desk.objects.select_for_update(no_key=True).get(pk=desk_id)
    switch = RuleSwitch.objects.filter(desk=desk, rule=rule).first()
    switch = switch or RuleSwitch(desk=desk, rule=rule)
    if switch.on == on:
        raise Refused(_("The rule is on already.") if on else _("The rule is off already."))
    switch.on, switch.reason, switch.switched_at = on, said, timezone.now()
    switch.save()
    audit.record(
        "claims.ruleswitch.switched_on" if on else "claims.ruleswitch.switched_off",
        target=switch,
        actor=person,
        before={"desk": desk.pk, "rule": rule, "on": not on},
        after={"desk": desk.pk, "rule": rule, "on": on, "reason": said},
    )
    refresh_stories(Story.objects.filter(desk=desk, status=Story.Status.OPEN), compare=True)
    return switch
