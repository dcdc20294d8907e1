"""The jobs of the lower app that come round by themselves."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from reader import tasks


@pytest.mark.django_db
def test_sessions_that_have_run_out_are_deleted_and_others_kept() -> None:
    now = timezone.now()
    for key, hours in [("over", -1), ("running", 1)]:
        Session.objects.create(session_key=key, expire_date=now + timedelta(hours=hours))
    tasks.clear_expired_sessions(int(now.timestamp()))
    assert [session.session_key for session in Session.objects.all()] == ["running"]


def test_the_jobs_come_round_by_themselves() -> None:
    known = {name for name, _ in app.periodic_registry.periodic_tasks}
    assert {"reader.clear_expired_sessions", "reader.empty_expired_imports"} <= known
