"""What a command that needs the database gets ready before Django starts."""

import os
import secrets
import sys
from pathlib import Path

from config import env
from config.localpg import Failure, data_folder, start


def prepare() -> None:
    """Start the embedded server and find the secret key, where the environment names neither.

    Sets `PARALLAX_SECRET_KEY` for this process and its children, so that they all sign alike and
    sessions outlive a restart. Raises `Failure`.
    """
    if not env.text("DATABASE_URL"):
        start(data_folder(), say=lambda line: print(line, file=sys.stderr))  # noqa: T201
    if not env.secret("PARALLAX_SECRET_KEY"):
        os.environ["PARALLAX_SECRET_KEY"] = _stored_key(data_folder() / "secret-key")


def check_key() -> None:
    """Refuse to serve with a key that another process does not share."""
    if not env.secret("PARALLAX_SECRET_KEY") and not env.flag("PARALLAX_DEBUG"):
        raise env.BadSetting("PARALLAX_SECRET_KEY must be set: a long random text, kept secret.")


def _stored_key(path: Path) -> str:
    """The key in the data folder, made at first use and readable for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # whoever comes first wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise Failure(f"{path} cannot be made or read ({error.strerror}).") from error
