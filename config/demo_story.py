"""What the demo's database holds: a desk, four people, and the demo story.

The story comes in through the same command as a user's files.
"""

from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from claims.tasks import queue_comparison
from config.localpg import Failure
from reader.audit import act, record
from reader.models import Desk, Membership, Role, Story, User

# Relative, since an article's key is the path as given: it must not depend on the checkout's place.
FOLDER = Path("fixtures/stories/north-korean-troops-in-russia")
SLUG = FOLDER.name
DESK = "World"
PEOPLE: Sequence[tuple[str, Role]] = (
    ("admin", Role.ADMIN),
    ("editor", Role.EDITOR),
    ("factchecker", Role.FACT_CHECKER),
    ("reader", Role.READER),
)


def password_of(name: str) -> str:
    """The password of a demo sign-in; the README says it too."""
    return f"demo-{name}"


@transaction.atomic
def make_people() -> None:
    """Make the desk and the four sign-ins, once.

    Raises Failure in a database that has people but not these: it was not made by the demo.
    """
    if User.objects.filter(is_demo=True).exists():
        return
    if User.objects.exists():
        raise Failure(
            "This database has people of its own, and the demo's sign-ins are public: "
            "name another one with PARALLAX_DATA or DATABASE_URL."
        )
    with act():
        desk = Desk.objects.create(name=DESK, slug=DESK.lower(), zone="UTC")
        record("reader.desk.added", target=desk, actor=None, after={"name": desk.name})
        for name, role in PEOPLE:
            is_admin = role == Role.ADMIN
            user = User(username=name, is_demo=True, is_staff=is_admin, is_superuser=is_admin)
            user.set_password(password_of(name))
            user.save()
            Membership.objects.create(user=user, desk=desk, role=role)
            record("reader.user.added", target=user, actor=None, after={"role": role.value})


def import_story() -> None:
    """Import the demo story's reports, unless they are all there already.

    A comparison that failed in an earlier run is tried again. Expects to run in the checkout's
    folder.
    """
    files = [path for path in FOLDER.iterdir() if path.suffix in {".html", ".txt"}]
    story = Story.objects.filter(slug=SLUG).first()
    if story is None or story.articles.count() < len(files):
        call_command("import_articles", str(FOLDER), story=SLUG, desk=DESK.lower())
    elif story.comparison_state == "failed":
        with transaction.atomic():
            queue_comparison(story.pk)


def comparison_state() -> tuple[str, str]:
    """How far the demo story's comparison is (pending, ready, failed, empty), and why not."""
    story = Story.objects.get(slug=SLUG)
    return story.comparison_state, story.compare_error
