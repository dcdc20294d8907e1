"""Where the embedded server keeps its data, its socket and its copies, and who it runs as.

A *data folder* is what a person names (`PARALLAX_DATA`, or `var/` in the checkout). The server's
*home* lies in it, unless the server's user cannot reach it: then it lies elsewhere, and a record in
the data folder remembers where.
"""

import hashlib
import json
import os
import pwd
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.localpg.failure import Failure

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NAME = "parallax"  # of the database and of the role that owns it
PORT = 5432  # only part of the socket's name; nothing listens on a network port
SERVER_USERS = ("postgres", "nobody")  # who serves when root starts it, the first that exists
RECORD = "postgres.json"
# Not Python's idea of it: that follows TMPDIR, which differs between two terminals, and both must
# find the same server. Short as well, for a socket's path may hold about a hundred bytes.
TEMPORARY = Path("/tmp")  # noqa: S108 - the folder made in it is private and its owner is checked
LASTING = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - the same

Say = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """The user that the server runs as, when that is not the user who starts it."""

    name: str
    uid: int
    gid: int

    def options(self) -> dict[str, object]:
        """What `subprocess` needs to run something as this user and in no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Place:
    """Everything that belongs to the server of one data folder."""

    data: Path
    home: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        """The folder that Postgres calls its data directory."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """What the server writes about itself."""
        return self.home / "server.log"

    @property
    def sockets(self) -> Path:
        """The private folder of the socket."""
        return socket_folder(self.data)

    def options(self) -> dict[str, object]:
        """What `subprocess` needs to run something as the server's user."""
        return self.account.options() if self.account else {}


def data_folder() -> Path:
    """The data folder that this process is to use: `PARALLAX_DATA`, else `var/` in the checkout."""
    named = os.environ.get("PARALLAX_DATA", "").strip()
    return Path(os.path.abspath(named)) if named else CHECKOUT / "var"


def socket_folder(data: Path) -> Path:
    """Where the server of `data` listens. Only computed: neither folder need exist."""
    digest = hashlib.sha256(os.path.realpath(data).encode()).hexdigest()[:12]
    return TEMPORARY / f"parallax-{digest}"


def database_url(data: Path) -> str:
    """The address of the database in the embedded server of `data`, in the form of DATABASE_URL."""
    return f"postgres://{NAME}@{quote(str(socket_folder(data)), safe='')}:{PORT}/{NAME}"


def known_folders() -> list[Path]:
    """The data folders that may have a server: this one's, the tests', those used before."""
    found = [data_folder(), CHECKOUT / "var", CHECKOUT / "var" / "test"]
    listing = _listing()
    if listing.is_file():
        found += [Path(line) for line in listing.read_text(encoding="utf-8").splitlines() if line]
    return list(dict.fromkeys(found))


def find_place(data: Path) -> Place | None:
    """The place of `data` as an earlier start left it, or None if there is none."""
    home = _remembered(data) or data / "postgres"
    try:
        owner = (home / "cluster").stat().st_uid
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise Failure(f"{home} cannot be read by this user.") from error
    return Place(data, home, _account(owner))


def settle_place(data: Path, say: Say) -> Place:
    """The place of `data`, made if needed; `say` is told when it had to be put elsewhere.

    Makes folders and changes the modes of those that it has made, never of others. Raises Failure
    when the data folder cannot be written or belongs to a server of another user.
    """
    known = find_place(data)
    if known:
        if os.geteuid() not in (0, known.cluster.stat().st_uid):
            owner = _owner_name(known.cluster)
            raise Failure(f"{known.cluster} belongs to {owner}: name another with PARALLAX_DATA.")
        _check_reach(known)
        return known
    account = _account(None)
    home = _remembered(data) or data / "postgres"
    made = make_folder(home, 0o755)
    if not _reaches(account, home):
        if made:
            home.rmdir()
        home = _elsewhere(data, account, say)
    _list(data)
    return Place(data, home, account)


def make_folder(path: Path, mode: int, account: Account | None = None) -> bool:
    """Make `path` with its parents; the last gets `mode` and belongs to `account`.

    Returns whether it had to be made; one that exists is left as it is.
    """
    try:
        if path.is_dir():
            return False
        make_folder(path.parent, 0o755)
        path.mkdir(mode)
        path.chmod(mode)  # whatever the umask says
        if account:
            os.chown(path, account.uid, account.gid)
    except OSError as error:
        reason = f"{path} cannot be made ({error.strerror})"
        raise Failure(f"{reason}: name a folder you can write with PARALLAX_DATA.") from error
    return True


def make_socket_folder(place: Place) -> None:
    """Make the private folder of the socket, or refuse one that is not private or not ours.

    With trust authentication this folder is the only door.
    """
    folder = place.sockets
    make_folder(folder, 0o700, place.account)
    status = folder.lstat()
    owner = place.account.uid if place.account else os.geteuid()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner:
        raise Failure(f"{folder} belongs to {_owner_name(folder)}: remove it, or ask them to.")
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise Failure(f"{folder} is open to other users: remove it and start again.")


def _account(owner: int | None) -> Account | None:
    """Who the server runs as: the starter, for root the data's owner or another user."""
    if os.geteuid() != 0:
        return None
    if owner is not None:
        if owner == 0:
            raise Failure("The server's data belongs to root, and Postgres refuses to run as root.")
        entry = _entry(owner)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in SERVER_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    names = " or ".join(SERVER_USERS)
    raise Failure(f"Postgres refuses to run as root, and there is no user {names}.")


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise Failure(f"The server's data belongs to user {uid}, who does not exist.") from error


def _owner_name(path: Path) -> str:
    uid = path.lstat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _reaches(account: Account | None, folder: Path) -> bool:
    """Whether the server's user can enter `folder`, found out by entering it as that user."""
    if account is None:
        return True
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    options = account.options()
    done = subprocess.run(command, cwd="/", capture_output=True, check=False, **options)  # type: ignore[call-overload]
    return bool(done.returncode == 0)


def _check_reach(place: Place) -> None:
    if not _reaches(place.account, place.cluster):
        assert place.account
        raise Failure(f"The database's user {place.account.name} cannot reach {place.cluster}.")


def _elsewhere(data: Path, account: Account | None, say: Say) -> Path:
    """A folder of our own that the server's user can reach, remembered in the data folder."""
    assert account
    if os.environ.get("PARALLAX_DATA", "").strip():
        reason = f"The database's user {account.name} cannot reach {data}"
        raise Failure(f"{reason}: name another folder with PARALLAX_DATA.")
    digest = socket_folder(data).name
    for parent in LASTING:
        home = parent / digest
        if home.is_symlink() or (home.exists() and home.stat().st_uid != os.geteuid()):
            continue
        try:
            make_folder(home, 0o711)
        except Failure:
            continue
        if _reaches(account, home):
            record = {"data": str(data), "home": str(home)}
            (data / RECORD).write_text(json.dumps(record) + "\n", encoding="utf-8")
            say(f"The database's user {account.name} cannot reach {data}: its data is in {home}.")
            return home
    raise Failure(f"No folder was found that the database's user {account.name} can reach.")


def _remembered(data: Path) -> Path | None:
    """The home that the record in `data` names. A record of another folder is not believed."""
    path = data / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        written_for, home = record["data"], Path(record["home"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failure(f"{path} cannot be read: it says where the database's data is.") from error
    if written_for != str(data):
        reason = f"{path} was written for {written_for}, whose data is in {home}"
        raise Failure(f"{reason}: remove the file to start with an empty database here.")
    return home


def _listing() -> Path:
    return CHECKOUT / "var" / "data-folders"


def _list(data: Path) -> None:
    """Note a data folder that was named by hand, so that `stop` finds its server without it."""
    if not os.environ.get("PARALLAX_DATA", "").strip() or data != data_folder():
        return
    make_folder(_listing().parent, 0o755)
    known = _listing().read_text(encoding="utf-8") if _listing().exists() else ""
    if str(data) not in known.splitlines():
        _listing().write_text(f"{known}{data}\n", encoding="utf-8")
