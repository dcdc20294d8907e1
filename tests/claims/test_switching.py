"""Rules that a desk switches off: who may, what is recorded, and what becomes of their flags."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Discrepancy, Point, RuleSwitch
from claims.services.comparing import compare_story, request_comparison
from claims.services.newsroom import settings_of
from claims.services.switching import MAX_REASON, switch_rule
from reader.models import AuditEntry, Desk, Story
from reader.services.people import Refused
from tests import factories, jobs
from tests.personas import Personas, make_personas
from tests.plain_sql import refused
from tests.reader.admin_client import signed_in

pytestmark = pytest.mark.django_db
RULE = "quantity-intervals"
EVENT = "people were injured when a grandstand collapsed in Dorn on Friday."
TEXTS = (
    f"Police said 12 {EVENT}\n\nThe match was called off. The club promised to pay.",
    f"A hospital said 19 {EVENT}\n\nThousands had come to watch. Trains were delayed.",
)


@pytest.fixture
def people() -> Personas:
    return make_personas()


@pytest.fixture
def story(people: Personas) -> Story:
    """Two reports whose figures differ, compared by the real engine."""
    story = factories.make_story(people.desk)
    for text in TEXTS:
        factories.make_article(story, text, published_at=datetime(2024, 5, 3, 9, tzinfo=UTC))
    request_comparison(story.pk)
    compare_story(story.pk)
    return story


def switch(people: Personas, *, on: bool, rule: str = RULE, reason: str = "It misreads") -> None:
    switch_rule(desk_id=people.desk.pk, rule=rule, on=on, reason=reason, person=people.admin)


def flag_of(story: Story) -> Discrepancy:
    return Discrepancy.objects.get(story=story, rule=RULE)


def test_flags_of_a_rule_that_is_off_are_superseded_and_come_back_with_their_decision(
    people: Personas, story: Story
) -> None:
    flag = flag_of(story)
    factories.make_decision(people.editor, flag, reason_code="misread")
    Discrepancy.objects.filter(pk=flag.pk).update(status="dismissed")
    assert Point.objects.get(pk=flag.point_id).verdict == "conflict"
    switch(people, on=False)
    compare_story(story.pk)
    off = flag_of(story)
    assert (off.pk, off.status, off.status_before) == (flag.pk, "superseded", "dismissed")
    assert Point.objects.get(pk=flag.point_id).verdict != "conflict"
    switch(people, on=True, reason="It reads well now")
    compare_story(story.pk)
    back = flag_of(story)
    assert (back.pk, back.status, back.decisions.get().reason_code) == (
        flag.pk,
        "dismissed",
        "misread",
    )
    assert Point.objects.get(pk=flag.point_id).verdict == "conflict"


def test_the_story_and_its_history_say_which_rules_were_off(
    people: Personas, story: Story, client: Client
) -> None:
    client.force_login(people.editor)
    said = f"Rule switched off by the desk: Quantity ({RULE})"
    for on in (False, True):
        switch(people, on=on)
        compare_story(story.pk)
        assert (said in client.get(story.get_absolute_url()).content.decode()) is not on
    assert said in client.get(reverse("reader:history", args=[story.slug])).content.decode()
    story.refresh_from_db()
    assert story.compare_note == ""


def test_the_desks_open_stories_are_compared_anew_and_no_others(people: Personas) -> None:
    mine = factories.make_story(people.desk)
    factories.make_story(people.desk, status=Story.Status.CLOSED)
    factories.make_story()
    switch(people, on=False)
    assert jobs.waiting() == [{"story_id": mine.pk}]


def test_a_switch_belongs_to_one_desk(people: Personas) -> None:
    other = factories.make_desk()
    switch(people, on=False)
    assert settings_of(people.desk).rules_off == {RULE}
    assert settings_of(other).rules_off == frozenset()
    switch(people, on=True)
    assert settings_of(people.desk).rules_off == frozenset()


def test_both_ways_are_recorded_with_their_reasons(people: Personas) -> None:
    switch(people, on=False)
    switch(people, on=True, reason="  Mended \n at last ")
    off, on = AuditEntry.objects.order_by("pk")
    where = {"desk": people.desk.pk, "rule": RULE}
    assert (off.action, off.actor) == ("claims.ruleswitch.switched_off", people.admin)
    assert off.before == {**where, "on": True}
    assert off.after == {**where, "on": False, "reason": "It misreads"}
    assert (on.action, on.after["reason"]) == ("claims.ruleswitch.switched_on", "Mended at last")
    assert RuleSwitch.objects.get().reason == "Mended at last"


@pytest.mark.parametrize(
    ("rule", "on", "reason"),
    [
        ("no-such-rule", False, "why"),
        (RULE, False, " \n "),
        (RULE, False, "x" * (MAX_REASON + 1)),
        (RULE, True, "it is on already"),
    ],
)
def test_what_cannot_be_switched_changes_nothing(
    people: Personas, rule: str, on: bool, reason: str
) -> None:
    with pytest.raises(Refused):
        switch(people, on=on, rule=rule, reason=reason)
    assert not RuleSwitch.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_desk_has_one_switch_for_a_rule(people: Personas) -> None:
    switch(people, on=False)
    refused(
        """INSERT INTO claims_ruleswitch (desk_id, rule, "on", reason, switched_at)
           SELECT desk_id, rule, true, '', now() FROM claims_ruleswitch""",
        match="rule_switch_once",
    )


class TestPage:
    @pytest.fixture
    def client(self, people: Personas) -> Client:
        return signed_in(people.admin)

    def address(self, desk: Desk, rule: str = RULE) -> str:
        return reverse("admin:claims_ruleswitch_switch", args=[desk.pk, rule])

    def test_an_admin_switches_a_rule_off_and_is_led_back_to_it(
        self, client: Client, people: Personas
    ) -> None:
        page = client.get(self.address(people.desk)).content.decode()
        assert 'value="Switch off"' in page
        answer = client.post(self.address(people.desk), {"on": "no", "reason": "Too loud"})
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"?desk={people.desk.pk}#rule-{RULE}")
        assert settings_of(people.desk).rules_off == {RULE}
        shown = client.get(answer["Location"]).content.decode()
        assert "Too loud" in shown
        assert f"Switch {RULE} on for {people.desk.name}" in shown

    def test_no_reason_is_told_where_it_is_missing(self, client: Client, people: Personas) -> None:
        answer = client.post(self.address(people.desk), {"on": "no", "reason": " "})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not RuleSwitch.objects.exists()

    def test_a_page_that_is_behind_keeps_the_reason_and_offers_the_other_way(
        self, client: Client, people: Personas
    ) -> None:
        switch(people, on=False)
        answer = client.post(self.address(people.desk), {"on": "no", "reason": "Far too loud"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "The rule is off already." in page
        assert 'value="Far too loud"' in page
        assert 'value="Switch on"' in page
        assert 'name="on" value="yes"' in page

    def test_another_desk_and_an_unknown_rule_do_not_exist(
        self, client: Client, people: Personas
    ) -> None:
        given = {"on": "no", "reason": "Mine now"}
        assert client.post(self.address(factories.make_desk()), given).status_code == 404
        assert client.post(self.address(people.desk, "no-rule"), given).status_code == 404
        assert not RuleSwitch.objects.exists()

    def test_an_admin_reads_the_entry_in_the_audit_list(
        self, client: Client, people: Personas
    ) -> None:
        switch(people, on=False)
        switch_rule(
            desk_id=factories.make_desk().pk,
            rule="actor-sets",
            on=False,
            reason="Elsewhere",
            person=factories.make_user(),
        )
        shown = client.get(reverse("admin:reader_auditentry_changelist")).content.decode()
        assert shown.count("claims.ruleswitch.switched_off</td>") == 1
        assert f'<td class="field-named">{RULE}</td>' in shown
