"""Reading the page of a story's history as a person does, and reports to tell of."""

import re
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from reader.ingest.times import Published
from reader.models import Article, Story, User
from reader.services.articles import Content
from reader.services.imports import Facts, details_of
from reader.services.loading import import_report
from tests import factories


def url(story: Story) -> str:
    return reverse("reader:history", args=[story.slug])


def told(client: Client, story: Story, **query: object) -> str:
    """The page as a person reads it: without tags, blanks joined."""
    page = client.get(url(story), {name: str(value) for name, value in query.items()})
    assert page.status_code == 200
    main = page.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"</?(dt|dd|p|li|option)\b", r" <\g<1>", main)))


def imported(story: Story, person: User, text: str = "One text.", **facts: str) -> Article:
    source = factories.make_source(facts.pop("source", "Agence"))
    published = Published(
        local=datetime(2024, 10, 23, 9, 30, tzinfo=UTC).replace(tzinfo=None),
        precision="minute",
        zone=None,
    )
    known = Facts(
        source=source.name, title=facts.pop("title", "Ships"), byline="A. B.", published=published
    )
    return import_report(
        story=story,
        source=source,
        details=details_of(known, language="en", desk=story.desk),
        content=Content(text=text, blocks=[], body_html=""),
        raw=None,
        actor=person,
    ).article
