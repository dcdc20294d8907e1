"""The audit trail."""

import pytest
from django.db import transaction

from reader import audit
from reader.models import AuditEntry
from tests import factories


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_thing() -> None:
    article = factories.make_article()
    person = factories.make_user("ana")
    entry = audit.record(
        "reader.article.retitled",
        target=article,
        actor=person,
        before={"title": "A"},
        after={"title": "B"},
    )
    entry.refresh_from_db()
    assert (entry.object_type, entry.object_id) == ("reader.article", article.pk)
    assert (entry.story, entry.actor, entry.actor_name) == (article.story, person, "ana")
    assert (entry.before, entry.after) == ({"title": "A"}, {"title": "B"})


@pytest.mark.django_db
def test_a_story_is_its_own_story_and_a_source_has_none() -> None:
    story = factories.make_story()
    assert audit.record("a.b.c", target=story, actor=None).story == story
    assert audit.record("a.b.c", target=factories.make_source(), actor=None).story is None


@pytest.mark.django_db
def test_without_a_person_the_entry_names_what_acted() -> None:
    story = factories.make_story()
    entry = audit.record("a.b.c", target=story, actor=None, actor_name=audit.ENGINE)
    assert (entry.actor, entry.actor_name) == (None, "engine")


@pytest.mark.django_db
def test_entries_of_one_act_share_its_id_and_others_do_not() -> None:
    story = factories.make_story()
    with audit.act() as outer:
        first = audit.record("a.b.c", target=story, actor=None)
        with audit.act():
            second = audit.record("a.b.d", target=story, actor=None)
    alone = audit.record("a.b.e", target=story, actor=None)
    again = audit.record("a.b.e", target=story, actor=None)
    assert first.act_id == second.act_id == outer
    assert len({outer, alone.act_id, again.act_id}) == 3


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_change() -> None:
    story = factories.make_story()
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record("a.b.c", target=story, actor=None)
    with transaction.atomic():
        audit.record("a.b.c", target=story, actor=None)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
