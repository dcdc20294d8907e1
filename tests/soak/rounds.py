"""An import killed at a random moment, followed to its end as a person would, and judged."""

import time
from contextlib import suppress
from random import Random

import psycopg

from reader.text import text_sha256
from tests.soak.drill import PATIENCE, Drill


def reports(number: int, count: int) -> list[tuple[str, str, str, str]]:
    """Rows of a table: source, title, published, text; no two are alike in any round."""
    return [
        (
            f"Outlet {row % 5}",
            f"Report {row} of round {number}",
            f"2026-02-{1 + row % 28:02}T0{row % 10}:00+00:00",
            _told(number, row),
        )
        for row in range(count)
    ]


def _told(number: int, row: int) -> str:
    votes = f"In round {number} the council of district {row} counted {1000 + row} votes."
    return f"{votes} Nobody in ward {row * 7} had said so before day {number}."


def one_round(site: Drill, number: int, count: int, victim: str, chance: Random) -> None:
    """Import a table, kill the victim at a random moment, and state that all is there once."""
    story = f"Round {number}"
    rows = reports(number, count)
    table = "source,title,published,text\r\n" + "".join(
        ",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows
    )
    killed_at = time.monotonic() + chance.uniform(0.0, 4.0)
    deadline = time.monotonic() + PATIENCE
    killed = False
    while True:
        if not killed and time.monotonic() >= killed_at:
            site.kill(victim)
            site.start_all()
            killed = True
        site.start_children()  # one that lost its database may end a little later
        with suppress(psycopg.OperationalError):
            if killed:
                site.put_back_jobs()
            if _step(site, story, table) and killed:
                break
        assert time.monotonic() < deadline, f"round {number}, {victim}: {_where(site, story)}"
        time.sleep(0.05)
    check(site, story, rows)


def _step(site: Drill, story: str, table: str) -> bool:
    """Do what a person who looks at the page would do next; whether the import is done.

    Nobody sends a table twice that went in: without an answer they look into the list first.
    """
    found = site.sql(
        "SELECT id, state FROM reader_importbatch WHERE new_story = %s ORDER BY id", story
    )
    assert len(found) <= 1
    if not found:
        site.post("/import/", {"way": "table", "new_story": story, "zone": "UTC"}, table)
        return False
    ((batch, state),) = found
    if state == "mapping":
        chosen = {f"column_{at}": name for at, name in enumerate(_COLUMNS)}
        site.post(f"/import/{batch}/columns/", {**chosen, "zone": "UTC"})
    elif state == "waiting":
        site.post(f"/import/{batch}/items/", {"verb": "confirm_all"})
    return bool(state == "done")


_COLUMNS = ("source", "title", "published", "text")


def _where(site: Drill, story: str) -> object:
    return site.sql(
        """SELECT b.state, i.status, i.reason, count(*) FROM reader_importbatch b
           LEFT JOIN reader_importitem i ON i.batch_id = b.id WHERE b.new_story = %s
           GROUP BY 1, 2, 3""",
        story,
    ), site.sql("SELECT task_name, status, count(*) FROM procrastinate_jobs GROUP BY 1, 2")


def check(site: Drill, story: str, rows: list[tuple[str, str, str, str]]) -> None:
    """Nothing lost, doubled or half-written: each report once, whole, with its audit entry."""
    assert site.sql("SELECT count(*) FROM reader_story WHERE title = %s", story) == [(1,)]
    stored = site.sql(
        """SELECT v.text, v.text_sha256, a.current_sha256, v.number, s.name, a.title,
                  octet_length(r.content) > 0,
                  (SELECT count(*) FROM reader_auditentry e
                    WHERE e.object_type = 'reader.article' AND e.object_id = a.id
                      AND e.action = 'reader.article.added'),
                  (SELECT count(*) FROM reader_importitem i WHERE i.version_id = v.id
                      AND i.status = 'created')
           FROM reader_article a JOIN reader_story t ON t.id = a.story_id
           LEFT JOIN reader_articleversion v ON v.article_id = a.id
           LEFT JOIN reader_rawdocument r ON r.id = v.raw_document_id
           JOIN reader_source s ON s.id = a.source_id WHERE t.title = %s""",
        story,
    )
    expected = sorted((text, source, title) for source, title, _published, text in rows)
    assert sorted((row[0], row[4], row[5]) for row in stored) == expected
    for text, digest, current, number, _source, _title, has_raw, added, items in stored:
        assert (text_sha256(text), digest, number) == (digest, current, 1)
        assert (has_raw, added, items) == (True, 1, 1)
