"""Sessions in the database, as Django keeps them; only that one is read by a query written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from reader.ready_query import Given, ReadyQuery

_DATA = ReadyQuery(
    lambda: Session.objects.filter(
        session_key=Given("key"), expire_date__gt=Given("now")
    ).values_list("session_data")
)


class SessionStore(db.SessionStore):
    """Every request of every page reads its session."""

    def load(self) -> dict[str, object]:
        """What the session holds; one that is unknown or over is empty, and gets another key."""
        key = self.session_key or ""
        # what a cookie says may hold a zero byte, which Postgres refuses
        rows = _DATA.ask(key=key, now=timezone.now()) if key.isalnum() else []
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])
