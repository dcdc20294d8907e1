"""A story with two reports that are written from right to left, with Latin names and figures.

The reports are made up. The engine reads English only: the claims of the others are a person's.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.models import Desk

ARABIC = """وصل نحو 10,000 جندي إلى الميناء، قالت وزارة الدفاع يوم 10 أكتوبر لوكالة Reuters.

نفت الحكومة ذلك، ونشرت بيانا على موقع example.org قالت فيه إن "السفن (3) فارغة".

يتدربون في خمسة مواقع قرب الميناء."""
HEBREW = """כ-3,000 חיילים הגיעו לנמל, אמר משרד הביטחון ב-3 באוקטובר לסוכנות Reuters.

הממשלה הכחישה זאת.

הם מתאמנים בחמישה אתרים."""
ENGLISH = """About 3,000 soldiers have come to the port, the ministry said.

The government denied it.

They train at five grounds."""
# For each report: language, source, title, text, and the words of its three claims.
REPORTS = (
    ("ar", "صحيفة الميناء", "نحو 10,000 جندي في الميناء", ARABIC,
     ("وصل نحو 10,000 جندي إلى الميناء", "نفت الحكومة ذلك", "خمسة مواقع")),
    ("he", "עיתון הנמל", "כ-3,000 חיילים הגיעו לנמל", HEBREW,
     ("כ-3,000 חיילים הגיעו לנמל", "הממשלה הכחישה זאת", "בחמישה אתרים")),
    ("en", "Harbour News", "About 3,000 soldiers in the port", ENGLISH,
     ("About 3,000 soldiers have come to the port", "The government denied it", "five grounds")),
)  # fmt: skip


def make_rtl_story(desk: "Desk") -> int:
    """Make the story `rtl`; the id of its Arabic report, which has two versions."""
    from claims.engine.readings import Reading, Response
    from reader.models import Story, User
    from tests import factories
    from tests.claims.compared import figure

    story = factories.make_story(desk, slug="rtl", title="الميناء: Soldiers in the port")
    denial = Reading(response=Response(start=0, end=4, actor="the government", act="denied"))
    checker = User.objects.get(username="factchecker")
    hand = {"made_by": "person", "author": checker, "status": "accepted"}
    found, articles = [], []
    for at, (language, source, title, text, quotes) in enumerate(REPORTS):
        made = factories.make_article(
            story, None, factories.make_source(source), title=title, language=language
        )
        if language == "ar":
            factories.make_version(made, text.replace("10,000", "9,000"))
        version = factories.make_version(made, text)
        readings = (figure(10 if at == 0 else 3), denial, Reading())
        by_hand = {} if language == "en" else hand
        found.append(
            [
                factories.make_claim(version, quote, reading, **by_hand)
                for quote, reading in zip(quotes, readings, strict=True)
            ]
        )
        articles.append(made)
    counted, denied, trained = (list(claims) for claims in zip(*found, strict=True))
    point = factories.make_point(story, counted, label="Soldiers in the port", position=0)
    factories.make_point(story, denied, label="The answer", verdict="agree", position=1)
    factories.make_point(story, trained, label="Grounds", verdict="agree", position=2)
    evidence = {"schema": 1, "groups": [], "arithmetic": ["9,500 to 10,500 and 3,000 do not meet"]}
    factories.make_discrepancy(point, counted, evidence=evidence)
    Story.objects.filter(pk=story.pk).update(
        revision=3, texts_revision=2, compared_revision=2, origins=len(articles)
    )
    return articles[0].pk
