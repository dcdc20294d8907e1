"""The embedded server is started, killed and stopped for real."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config import localpg
from config.localpg import binaries, places, processes, server
from tests.config.servers import cluster_of, connect, count, fill, pid_of

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        signal.sigtimedwait([], 0.01)
    raise AssertionError("it did not happen")


def test_cold_start_then_running_then_warm_start(data: Path) -> None:
    assert localpg.start(data) is True
    fill(data, 3)
    assert localpg.start(data) is False
    assert localpg.stop(data) is True
    assert localpg.start(data) is True
    assert count(data) == 3


def test_server_opens_no_network_port_and_its_socket_is_private(data: Path) -> None:
    localpg.start(data, durable=False)
    with connect(data) as connection:
        shown = connection.execute("SHOW listen_addresses").fetchone()
    assert shown == ("",)
    assert places.socket_folder(data).stat().st_mode & 0o777 == 0o700


def test_durable_server_keeps_fsync_on(data: Path) -> None:
    localpg.start(data)
    with connect(data) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_socket_path_is_short_wherever_the_data_is() -> None:
    folder = Path("/a" * 200)
    assert len(str(places.socket_folder(folder) / ".s.PGSQL.5432.lock")) < 100


def test_starters_at_once_end_with_one_server(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from config import localpg;"
        "print(localpg.start(Path(sys.argv[1]), durable=False))"
    )
    command = [sys.executable, "-c", code, str(data)]
    starters = [
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    answers = sorted(starter.communicate()[0].strip() for starter in starters)
    assert answers == ["False"] * 5 + ["True"]
    with connect(data) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_every_committed_row_survives_kills_of_the_server(data: Path) -> None:
    localpg.start(data)
    for round_number in range(1, 4):
        fill(data, 50)
        os.kill(pid_of(data), signal.SIGKILL)
        assert localpg.start(data) is True
        assert count(data) == 50 * round_number


def test_killed_server_that_nobody_reaps_is_taken_for_dead(data: Path) -> None:
    """A zombie answers to its number, so Postgres alone would refuse to start again."""
    localpg.start(data)
    fill(data, 10)
    place = places.find_place(data)
    assert place
    localpg.stop(data)
    keeper = start_as_child_of_a_keeper(place)
    try:
        wait_until(lambda: server.is_serving(data))
        wait_until(lambda: localpg.start(data) is False)
        killed = pid_of(data)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: processes.state(killed, place.cluster) == "zombie")
        assert localpg.start(data) is True
        assert count(data) == 10
        assert pid_of(data) != killed
    finally:
        keeper.kill()
        keeper.wait()


def start_as_child_of_a_keeper(place: places.Place) -> subprocess.Popen[bytes]:
    """Run the server under a process that never looks after its children."""
    places.make_socket_folder(place)
    programs = binaries.find_programs(place)
    code = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen(sys.argv[3:], cwd='/', **("
        "dict(user=int(sys.argv[1]), group=int(sys.argv[2]), extra_groups=[])"
        " if sys.argv[1] else {}));"
        "time.sleep(600)"
    )
    account = place.account
    who = [str(account.uid), str(account.gid)] if account else ["", ""]
    command = [str(programs / "postgres"), "-D", str(place.cluster), "-c", "listen_addresses="]
    command += ["-c", f"unix_socket_directories={place.sockets}"]
    return subprocess.Popen([sys.executable, "-c", code, *who, *command], stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("whose", ["nobody's", "this process's"])
def test_stale_pid_file_does_not_stop_a_start(data: Path, whose: str) -> None:
    localpg.start(data, durable=False)
    fill(data, 2)
    path = cluster_of(data) / "postmaster.pid"
    lines = path.read_text().splitlines()
    owner = path.stat()
    localpg.stop(data)
    ended = subprocess.Popen(["true"])
    ended.wait()
    lines[0] = str(ended.pid if whose == "nobody's" else os.getpid())
    path.write_text("\n".join(lines) + "\n")
    os.chown(path, owner.st_uid, owner.st_gid)
    assert localpg.start(data) is True
    assert count(data) == 2


def test_socket_that_was_removed_is_said_and_stop_still_works(data: Path) -> None:
    localpg.start(data, durable=False)
    (places.socket_folder(data) / ".s.PGSQL.5432").unlink()
    with pytest.raises(localpg.Failure, match="has been removed: run `make stop`"):
        localpg.start(data)
    assert localpg.stop(data) is True
    assert localpg.start(data) is True


def test_data_folder_that_cannot_be_made_is_said_in_one_line(data: Path) -> None:
    (data / "file").touch()
    with pytest.raises(localpg.Failure, match=r"cannot be made .* name a folder") as caught:
        localpg.start(data / "file" / "var")
    assert "\n" not in str(caught.value)


def test_half_made_cluster_is_made_again(data: Path) -> None:
    fresh = data / "postgres" / "cluster.new"
    fresh.mkdir(parents=True)
    (fresh / "PG_VERSION").write_text("18\n")
    assert localpg.start(data, durable=False) is True


def test_start_is_refused_over_data_of_an_older_major_version(data: Path) -> None:
    localpg.start(data, durable=False)
    localpg.stop(data)
    (cluster_of(data) / "PG_VERSION").write_text("15\n")
    with pytest.raises(localpg.Failure, match=r"is of Postgres 15, the programs are of \d+"):
        localpg.start(data)
    assert (cluster_of(data) / "PG_VERSION").read_text() == "15\n"


def test_missing_programs_are_said_in_one_line(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    with pytest.raises(localpg.Failure) as caught:
        localpg.start(data)
    assert "make env" in str(caught.value)
    assert "DATABASE_URL" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_failed_start_shows_the_tail_of_the_log(data: Path) -> None:
    localpg.start(data, durable=False)
    localpg.stop(data)
    with (cluster_of(data) / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(localpg.Failure, match="no_such_setting"):
        localpg.start(data)


def test_stop_finds_a_server_that_another_process_started(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from config import localpg;"
        "localpg.start(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], cwd=CHECKOUT, check=True)
    assert server.is_serving(data)
    assert localpg.stop(data) is True
    assert not server.is_serving(data)
    assert localpg.stop(data) is False


def test_record_of_another_folder_is_not_believed(data: Path) -> None:
    record = data / places.RECORD
    record.write_text(json.dumps({"data": "/elsewhere", "home": "/nowhere"}))
    with pytest.raises(localpg.Failure, match="was written for /elsewhere"):
        localpg.start(data)
    record.unlink()


def test_settings_start_nothing(data: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"PARALLAX_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    code = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
    command = [sys.executable, "-c", code]
    shown = subprocess.check_output(command, cwd=CHECKOUT, env=environment, text=True)
    assert shown.strip() == str(places.socket_folder(data))
    assert list(data.iterdir()) == []
