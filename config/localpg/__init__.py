"""The embedded Postgres server: where it lives, how it is started and stopped.

Only the binaries come from a package; starting, stopping and recovering are ours. The server
listens on a Unix socket in a private folder and never on a network address. Importing this starts
nothing; `start` and `stop` do what they say, for one data folder each.
"""

from config.localpg.failure import Failure
from config.localpg.places import data_folder, database_url, known_folders
from config.localpg.server import is_serving, start, stop

__all__ = ["Failure", "data_folder", "database_url", "is_serving", "known_folders", "start", "stop"]
