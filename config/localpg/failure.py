"""The one error of the launcher."""


class Failure(Exception):
    """The server cannot be started, found or stopped. The text says why in one line or a few."""
