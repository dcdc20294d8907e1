"""Fills the browser tests' database, in a process of its own: Playwright's loop bars the ORM.

Its last line is what the tests need to know, as one JSON object.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def seed() -> dict[str, object]:
    """Make the demo's people and stories in every state that a page can show."""
    from config import demo_story
    from reader.models import Desk, Story
    from tests import factories
    from tests.claims.compared import add_earlier_claim, compared_story

    demo_story.make_people()
    demo_story.import_story()  # through the real import; the worker compares it
    desk = Desk.objects.get()
    compared = compared_story(desk, articles=5, slug="port", title="Soldiers in the port")
    six = compared_story(desk, articles=6, slug="six", title="Six reports")
    add_earlier_claim(six)
    factories.make_story(desk, slug="empty", title="A story without reports")
    single = factories.make_story(desk, slug="single", title="A story with one report")
    factories.make_article(single)
    waiting = factories.make_story(desk, slug="waiting", title="A story being compared")
    for _ in range(2):
        factories.make_article(waiting)
    Story.objects.filter(pk=waiting.pk).update(texts_revision=2, compared_revision=1)
    return {
        "story": compared.story.pk,
        "points": [point.pk for point in compared.points],
        "texts": {
            report.pk: report.current_version.text
            for report in compared.articles
            if report.current_version
        },
        "six_points": [point.pk for point in six.points],
        "article": compared.articles[0].pk,
    }


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(seed()))
