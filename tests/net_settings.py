"""The settings of processes that browser tests start: made-up sites are their internet."""

from config.settings import *  # noqa: F403 - the point of this module

FETCH_NET = "tests.net.LOOPBACK"
