"""Two thousand saves of one claim by eight writers: none is lost, every refused one is told."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from claims.models import Claim, Decision
from claims.services import annotating
from claims.services.changes import Stale
from claims.services.quoting import Target
from reader.models import AuditEntry, Role, Story, User
from tests import factories, jobs

WRITERS = 8
SAVES = 2000
CERTAINTIES = ("asserted", "hedged", "possible", "predicted")


class Writer:
    """One person's saves, each on what they saw when their page was made."""

    def __init__(self, person: User, claim: Claim, start: threading.Barrier) -> None:
        self.person = person
        self.target = Target(start=claim.start, end=claim.end, exact=claim.exact)
        self.seen = claim
        self.start = start
        self.accepted: list[int] = []
        self.told: list[int] = []

    def save_all(self) -> None:
        """Save again and again; who is told of a newer version takes it up from there."""
        self.start.wait()
        try:
            for _ in range(SAVES // WRITERS):
                self.save()
        finally:
            connection.close()

    def save(self) -> None:
        now = str(self.seen.effective["certainty"])
        other = CERTAINTIES[(CERTAINTIES.index(now) + 1) % len(CERTAINTIES)]
        try:
            self.seen = annotating.edit_claim(
                person=self.person,
                claim_id=self.seen.pk,
                row_version=self.seen.row_version,
                target=self.target,
                corrected={"certainty": other},
                place=self.seen.point_id,
            )
            self.accepted.append(self.seen.row_version)
        except Stale as refused:
            self.take_up(refused.current)

    def take_up(self, current: object) -> None:
        """Go on from what the refusal shows: the claim as somebody else left it."""
        assert isinstance(current, Claim)
        assert current.row_version > self.seen.row_version
        self.told.append(current.row_version)
        self.seen = current


@pytest.fixture
def _queue(transactional_db: None) -> Iterator[None]:
    """A queue that is empty again afterwards: Django's flush does not know its tables."""
    yield
    jobs.forget_all()


@pytest.mark.usefixtures("_queue")
def test_no_save_is_lost_and_every_refused_one_is_told() -> None:
    claim = factories.make_claim()
    story = Story.objects.get(pk=claim.story_id)
    people = [factories.make_member(story.desk, Role.FACT_CHECKER) for _ in range(WRITERS)]
    start = threading.Barrier(WRITERS)
    writers = [Writer(person, claim, start) for person in people]
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(writer.save_all) for writer in writers]:
            done.result()
    accepted = [version for writer in writers for version in writer.accepted]
    told = [version for writer in writers for version in writer.told]
    final = Claim.objects.get(pk=claim.pk)
    assert len(accepted) + len(told) == SAVES
    assert told
    assert sorted(accepted) == list(range(2, len(accepted) + 2))
    assert final.row_version == 1 + len(accepted)
    assert Decision.objects.count() == len(accepted)
    assert AuditEntry.objects.filter(action="claims.claim.edit").count() == len(accepted)
    assert Story.objects.get(pk=story.pk).revision >= story.revision + len(accepted)
