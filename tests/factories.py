"""Rows for tests: each function makes one valid thing, with plain values that never vary by chance.

What a test cares about it says; the rest is made up here. Numbers in names only keep them apart.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from claims import stored_reading
from claims.engine.readings import Reading
from claims.models import Claim, Counterpart, Decision, Discrepancy, DiscrepancyClaim, Point
from reader.ingest.feeds_entry import make_item
from reader.ingest.files import read_file
from reader.ingest.times import Published
from reader.models import (
    Article,
    ArticleVersion,
    Desk,
    Feed,
    FeedEntry,
    ImportBatch,
    ImportItem,
    Invitation,
    Membership,
    RawDocument,
    Role,
    Source,
    Story,
    User,
)
from reader.services.batches import Target, Thing, start_batch
from reader.services.proposals import Proposal
from reader.versions import version_columns
from tests.readers import read_here

PUBLISHED = datetime(2024, 10, 23, 9, 30, tzinfo=UTC)
TEXT = "At least 3,000 soldiers arrived in the port on Wednesday.\n\nOfficials did not comment."
_numbers = count(1)


def sha256(text: str) -> str:
    """The hash under which a text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_user(username: str = "", **fields: Any) -> User:
    """A person without a role, who can sign in with the password "password"."""
    name = username or f"person-{next(_numbers)}"
    return User.objects.create_user(name, f"{name}@example.org", "password", **fields)


def make_desk(name: str = "", **fields: Any) -> Desk:
    """A desk in UTC."""
    number = next(_numbers)
    defaults = {"name": name or f"Desk {number}", "slug": f"desk-{number}"}
    return Desk.objects.create(**{**defaults, **fields})


def make_member(desk: Desk, role: Role, username: str = "", **fields: Any) -> User:
    """A person with a role on the desk."""
    user = make_user(username, **fields)
    Membership.objects.create(user=user, desk=desk, role=role)
    return user


def make_invitation(desk: Desk, by: User, **fields: Any) -> tuple[Invitation, str]:
    """An open invitation that was mailed, and the token in its link."""
    token = f"token-{next(_numbers)}"
    defaults = {
        "email": f"{token}@example.org",
        "role": Role.READER,
        "expires_at": timezone.now() + timedelta(days=1),
        "token_sha256": sha256(token),
        "mailed_at": timezone.now(),
    }
    row = Invitation.objects.create(desk=desk, invited_by=by, **{**defaults, **fields})
    return row, token


def make_source(name: str = "", **fields: Any) -> Source:
    """An outlet."""
    return Source.objects.create(name=name or f"Source {next(_numbers)}", **fields)


def make_story(desk: Desk | None = None, **fields: Any) -> Story:
    """An open story without articles."""
    number = next(_numbers)
    defaults = {"slug": f"story-{number}", "title": f"Story {number}"}
    return Story.objects.create(desk=desk or make_desk(), **{**defaults, **fields})


def make_raw_document(content: bytes = b"raw", **fields: Any) -> RawDocument:
    """Bytes that came in."""
    digest = hashlib.sha256(content).hexdigest()
    defaults = {"content": content, "sha256": digest, "content_type": "text/plain"}
    fields.setdefault("size", len(content))
    return RawDocument.objects.create(**{**defaults, **fields})


def make_import_item(story: Story, **fields: Any) -> ImportItem:
    """An item that waits for confirmation, in a batch of its own."""
    batch = ImportBatch.objects.create(
        desk=story.desk, story=story, how=ImportBatch.How.PASTE, state=ImportBatch.State.WAITING
    )
    return ImportItem.objects.create(story=story, batch=batch, **fields)


def make_waiting_import(person: User, story: Story, text: str = TEXT) -> ImportItem:
    """An item that was read and waits for the person, alone in its batch."""
    target = Target(desk=story.desk, story=story)
    thing = Thing(content=text.encode(), kind="text")
    batch = start_batch(person, ImportBatch.How.PASTE, target, [thing], {}, queued=False)
    read_here(batch)
    return batch.items.select_related("batch").get()


def make_read_import(
    person: User, story: Story, texts: Sequence[str] = (TEXT,), **fields: Any
) -> ImportBatch:
    """An import whose items have been read and wait; `fields` are those of each item."""
    batch = ImportBatch.objects.create(
        desk=story.desk,
        story=story,
        made_by=person,
        how=ImportBatch.How.UPLOAD,
        state=ImportBatch.State.WAITING,
    )
    for position, text in enumerate(texts):
        name = f"report-{position + 1}.txt"
        raw = make_raw_document(content=text.encode(), where_from=name)
        ImportItem.objects.create(**{**_read(text, name), "raw_document": raw, "position": position,
                                     "batch": batch, "story": story, **fields})  # fmt: skip
    return batch


def _read(text: str, name: str) -> dict[str, Any]:
    incoming = read_file(text.encode(), name, "text")
    fields = {
        "source": "The Post",
        "title": incoming.title,
        "byline": "",
        "published_on": "2025-03-12",
        "published_time": "",
        "zone": "Europe/Berlin",
    }
    proposal = Proposal(
        fields=fields,
        published="2025-03-12",
        language="en",
        found_in={"published": "typed", "source": "typed"},
        sha256=sha256(incoming.text),
    )
    return {
        "name": name,
        "proposed": proposal.as_json(),
        "text": incoming.text,
        "blocks": [block.as_json() for block in incoming.blocks],
        "body_html": incoming.body_html,
        "planned": "create",
        "status": "waiting",
        "expires_at": timezone.now() + timedelta(days=1),
    }


def make_feed(desk: Desk | None = None, story: Story | None = None, **fields: Any) -> Feed:
    """A feed that is due, of a source of its own."""
    number = next(_numbers)
    desk = desk or (story.desk if story else make_desk())
    defaults = {
        "address": f"https://feeds.example.org/{number}",
        "title": f"Feed {number}",
        "next_poll_at": timezone.now(),
    }
    return Feed.objects.create(
        desk=desk, story=story, source=make_source(), **{**defaults, **fields}
    )


def make_entry(feed: Feed | None = None, **fields: Any) -> FeedEntry:
    """A new entry with an address and a time, kept as it came."""
    number = next(_numbers)
    item = make_item(
        key=f"entry {number}",
        address=f"https://example.org/{number}",
        title=f"Entry {number}",
        byline="",
        markup="",
        summary="Its first words.",
        published=Published(local=PUBLISHED.replace(tzinfo=None), precision="minute", zone=UTC),
        dated=True,
        modified=None,
        language="en",
    )
    defaults = {
        "key_sha256": item.key_sha256,
        "digest": item.digest,
        "address": item.address,
        "title": item.title,
        "summary": item.summary,
        "published_at": PUBLISHED,
        "first_seen_at": PUBLISHED,
        "raw_document": make_raw_document(item.as_bytes()),
    }
    return FeedEntry.objects.create(feed=feed or make_feed(), **{**defaults, **fields})


def make_version(
    article: Article,
    text: str = TEXT,
    blocks: Sequence[Mapping[str, object]] = (),
    **fields: Any,
) -> ArticleVersion:
    """The next version of the article, which becomes its current one."""
    earlier = list(article.versions.order_by("number"))
    before = (earlier[-1].text, earlier[-1].blocks) if earlier else None
    own: Any = list(blocks)
    columns = version_columns(text, own, before, [one.text_sha256 for one in earlier])
    version = ArticleVersion.objects.create(
        story_id=article.story_id,
        article=article,
        number=len(earlier) + 1,
        text=text,
        blocks=own,
        text_sha256=sha256(text),
        **{**columns, **fields},
    )
    article.current_version = version
    article.current_sha256 = version.text_sha256
    article.save(update_fields=["current_version", "current_sha256"])
    return version


def make_article(
    story: Story | None = None,
    text: str | None = TEXT,
    source: Source | None = None,
    **fields: Any,
) -> Article:
    """A live article with one version (none where `text` is None)."""
    number = next(_numbers)
    defaults = {"title": f"Report {number}", "published_at": PUBLISHED}
    article = Article.objects.create(
        story=story or make_story(), source=source or make_source(), **{**defaults, **fields}
    )
    if text is not None:
        make_version(article, text)
    return article


def make_claim(
    version: ArticleVersion | None = None,
    exact: str = "At least 3,000 soldiers",
    reading: Reading | None = None,
    **fields: Any,
) -> Claim:
    """The claim at the first place where the version says `exact`."""
    version = version or make_article().versions.get()
    start = version.text.index(exact)
    end = start + len(exact)
    reading = reading or Reading()
    stored = stored_reading.to_json(reading)
    kind, slot = stored_reading.kind_and_slot(reading)
    defaults = {
        "prefix": version.text[max(0, start - 32) : start],
        "suffix": version.text[end : end + 32],
        "reading": stored,
        "reading_kind": kind,
        "slot": slot,
        **stored_reading.mirror_columns({**stored, **fields.get("overrides", {})}),
    }
    return Claim.objects.create(
        story_id=version.story_id,
        article_version=version,
        start=start,
        end=end,
        exact=exact,
        **{**defaults, **fields},
    )


def make_point(story: Story | None = None, claims: Sequence[Claim] = (), **fields: Any) -> Point:
    """A point with these claims in it."""
    defaults = {"label": f"Point {next(_numbers)}", "verdict": "conflict"}
    point = Point.objects.create(
        story_id=claims[0].story_id if claims else (story or make_story()).pk,
        **{**defaults, **fields},
    )
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(point=point)
    for claim in claims:
        claim.point = point
    return point


def make_discrepancy(point: Point, claims: Sequence[Claim] = (), **fields: Any) -> Discrepancy:
    """An open quantity discrepancy between these claims of the point."""
    number = next(_numbers)
    defaults = {
        "kind": Discrepancy.Kind.QUANTITY,
        "severity": Discrepancy.Severity.HIGH,
        "rule": "quantity-intervals",
        "explanation": "The figures differ.",
        "natural_key": sha256(f"natural {number}"),
        "values_key": sha256(f"values {number}"),
    }
    discrepancy = Discrepancy.objects.create(
        story_id=point.story_id, point=point, **{**defaults, **fields}
    )
    for claim in claims:
        DiscrepancyClaim.objects.create(
            story_id=point.story_id, discrepancy=discrepancy, claim=claim, point=point
        )
    return discrepancy


def make_counterpart(one: Claim, other: Claim, **fields: Any) -> Counterpart:
    """A pair in doubt, whichever way round it is given."""
    claim, other = sorted((one, other), key=lambda row: row.pk)
    return Counterpart.objects.create(
        story_id=claim.story_id, claim=claim, other=other, **{"score": 1.5, **fields}
    )


def make_decision(person: User, discrepancy: Discrepancy, **fields: Any) -> Decision:
    """A dismissal of the discrepancy."""
    defaults = {
        "action": "dismiss",
        "old_status": discrepancy.status,
        "new_status": Discrepancy.Status.DISMISSED,
        "values": {"values_key": discrepancy.values_key},
    }
    return Decision.objects.create(
        story_id=discrepancy.story_id,
        discrepancy=discrepancy,
        person=person,
        **{**defaults, **fields},
    )
