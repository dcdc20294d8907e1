"""Stories with a past, for the tests of histories, closing and renaming."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.models import Desk


def make_histories(desk: "Desk") -> None:
    """A story to read and undo in, one to close and rename, a closed one, one without a past."""
    from claims.services import annotating, arranging, deciding
    from reader.models import Story, User
    from reader.services.stories import close_story
    from tests import factories
    from tests.claims.compared import compared_story

    editor = User.objects.get(username="editor")
    told = compared_story(desk, slug="told", title="A story with a past")
    deciding.decide(
        person=editor,
        discrepancy_id=told.flag.pk,
        row_version=told.flag.row_version,
        action="dismiss",
        reason_code="misread",
        note="They count days, not soldiers.",
    )
    annotating.set_all(person=editor, article_id=told.articles[0].pk, status="accepted", expected=3)
    point = told.points[1]
    arranging.rename_point(
        person=editor, point_id=point.pk, row_version=point.row_version, label="What they say"
    )
    # these tests read what was decided, so no comparison may come in between
    texts = Story.objects.get(pk=told.story.pk).texts_revision
    Story.objects.filter(pk=told.story.pk).update(compared_revision=texts)
    compared_story(desk, slug="closing", title="A story to close")
    shut = compared_story(desk, slug="shut", title="A closed story").story
    close_story(story_id=shut.pk, person=editor, reason="Printed")
    factories.make_story(desk, slug="untold", title="A story without a past")
