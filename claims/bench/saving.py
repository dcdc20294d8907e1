"""Saving a claim as the form does, against the insert that it cannot do without."""

from itertools import cycle

from django.db import transaction

from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import race, timed_row
from claims.models import Claim, MadeBy
from claims.services.annotating import add_claim
from claims.services.quoting import Target

GOAL = 15


def against_insert(setting: Setting) -> Row:
    """One claim with its lock, checks, decision, audit entry and job, against its row alone."""
    site, sizes = setting.site, setting.sizes
    known = list(Claim.objects.filter(story=site.small_story).select_related("article_version"))
    ours, others = cycle(known), cycle(known)

    def save() -> None:
        model = next(ours)
        add_claim(
            person=site.person,
            version_id=model.article_version_id,
            target=Target(start=model.start, end=model.end, exact=model.exact),
            reading={},
            place=model.point_id,
        )

    def insert() -> None:
        model = next(others)
        with transaction.atomic():
            Claim.objects.create(
                story_id=model.story_id,
                article_version_id=model.article_version_id,
                start=model.start,
                end=model.end,
                exact=model.exact,
                status=Claim.Status.ACCEPTED,
                made_by=MadeBy.PERSON,
                author=site.person,
                reading=model.reading,
                point_id=model.point_id,
            )

    found = race(save, insert, reps=sizes.reps, least=sizes.least)
    return timed_row(found, name="save", against="bare insert", goal=GOAL)
