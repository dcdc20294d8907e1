"""Deciding on all suggestions of a report, while the same person decides in another window."""

from contextvars import Context
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from claims.services import annotating
from reader.models import Role, User
from tests import factories
from tests.claims.compared import compared_story


@pytest.mark.django_db
def test_what_a_person_decides_elsewhere_meanwhile_is_not_offered_to_be_undone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = compared_story()
    report = compared.articles[0]
    client.force_login(factories.make_member(compared.story.desk, Role.FACT_CHECKER))
    decide_all = annotating.set_all

    def meanwhile(*, person: User, **asked: Any) -> Any:
        done = decide_all(person=person, **asked)
        claim = Claim.objects.filter(article_version=report.current_version_id)[0]
        Context().run(
            annotating.set_status,
            person=person,
            claim_id=claim.pk,
            row_version=claim.row_version,
            status="rejected",
        )
        return done

    monkeypatch.setattr(annotating, "set_all", meanwhile)
    where = reverse("claims:report_claims", args=[report.pk])
    done = client.post(where, {"status": "accepted", "expected": 3}, follow=True)
    act = done.context["listed"].act
    assert (act.number, act.status) == (3, "accepted")
