"""What the tests of the embedded server ask it."""

from pathlib import Path

import psycopg

from config import localpg
from config.localpg import places, processes


def connect(data: Path) -> psycopg.Connection:
    return psycopg.connect(localpg.database_url(data), autocommit=True)


def fill(data: Path, rows: int) -> None:
    with connect(data) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        for number in range(rows):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])


def count(data: Path) -> int:
    with connect(data) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row
    return int(row[0])


def cluster_of(data: Path) -> Path:
    place = places.find_place(data)
    assert place
    return place.cluster


def pid_of(data: Path) -> int:
    found = processes.read_pid_file(cluster_of(data))
    assert found
    return found.pid
