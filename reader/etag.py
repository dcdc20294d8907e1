"""Tags by which a browser learns that its copy of a story page still holds."""

import hashlib
from collections.abc import Hashable

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from reader.models import Story, User
from reader.web import roles_of


def story_state(story: Story) -> tuple[Hashable, ...]:
    """All of a story that its pages depend on: while it is the same, so is what they show of it.

    Services below the story bump its revision.
    """
    return (
        story.pk,
        story.revision,
        story.texts_revision,
        story.compared_revision,
        story.compare_error,
        story.compare_note,
        story.title,
    )


def page_etag(request: HttpRequest, story: Story, variant: str) -> str:
    """The tag of one `variant` of a story page for this person in this session.

    Made from what the answer depends on, never from its bytes: the CSRF token in them differs each
    time, while the secret behind it does not.
    """
    if "CSRF_COOKIE" not in request.META:
        get_token(request)  # makes one; asked for otherwise, it would send the cookie once more
    user = request.user
    assert isinstance(user, User)  # story pages let nobody else in
    parts = (
        settings.RELEASE,
        *story_state(story),
        user.pk,
        user.get_full_name() or user.get_username(),
        user.is_superuser,
        sorted(roles_of(user).items()),
        user.zone or story.desk.zone,
        user.single_letter_keys,
        user.theme,
        user.contrast,
        user.text_size,
        user.tour_seen_at,
        get_language(),
        variant,
        request.get_full_path(),
        hashlib.sha256(request.META["CSRF_COOKIE"].encode()).hexdigest(),
    )
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]
    return f'W/"{digest}"'
