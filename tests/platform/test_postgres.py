"""The embedded PostgreSQL lives through what happens to it and to us, and says what is wrong otherwise."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from dryfly.platform.errors import CallerError
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.platform.postgres_errors import SOCKET_PATH_BYTES_MAX
from dryfly.platform.postgres_install import keep_secret

PATIENCE_S = 60
OWNER = """
import asyncio, sys
from pathlib import Path
from dryfly.platform.postgres import EmbeddedPostgres

async def main():
    server = EmbeddedPostgres(Path(sys.argv[1]))
    await server.start()
    print(server.pid, flush=True)
    await server.watch()

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def prototype() -> Iterator[Path]:
    """A home whose database was made and stopped, to be copied."""
    with open_folder() as folder:
        server = EmbeddedPostgres(folder)
        asyncio.run(server.start())
        asyncio.run(server.stop())
        yield folder


@pytest.fixture
def home(prototype: Path, empty_home: Path) -> Path:
    """A home with a stopped database in it."""
    subprocess.run(["cp", "-a", prototype / "postgres", empty_home], check=True)
    return empty_home


@pytest.fixture
def empty_home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach, which pytest's own are not for root."""
    folder = Path(tempfile.mkdtemp(prefix="dryfly-"))
    folder.chmod(0o755)
    yield folder
    for process in psutil.process_iter(["cwd"]):
        if (process.info["cwd"] or "").startswith(str(folder)):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def running(home: Path) -> AsyncIterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home)
    await server.start()
    watch = asyncio.create_task(server.watch())
    try:
        yield server
    finally:
        await server.stop()
        await watch


async def write(server: EmbeddedPostgres, word: str) -> None:
    conn = await asyncpg.connect(server.url)
    await conn.execute("create table if not exists words (word text)")
    await conn.execute("insert into words values ($1)", word)
    await conn.close()


async def words(server: EmbeddedPostgres) -> list[str]:
    """Asks until it is answered."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                conn = await asyncpg.connect(server.url)
                rows = await conn.fetch("select word from words")
                await conn.close()
                return [row["word"] for row in rows]
            await asyncio.sleep(0.05)


@contextlib.contextmanager
def another_process(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A Dryfly that supervises; with the pid of its postmaster."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", OWNER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as owner:
        assert owner.stdout is not None
        pids = (int(line) for line in owner.stdout if line.strip().isdigit())  # the others are its log
        yield owner, next(pids)
        owner.kill()


async def test_what_was_written_is_there_after_a_stop(home: Path) -> None:
    async with running(home) as server:
        await write(server, "kept")
    async with running(home) as server:
        assert await words(server) == ["kept"]


async def test_a_killed_postmaster_is_started_again_and_nothing_committed_is_lost(home: Path) -> None:
    async with running(home) as server:
        for round_ in range(3):
            await write(server, str(round_))
            killed = server.pid
            assert killed is not None
            os.kill(killed, signal.SIGKILL)
            assert await words(server) == [str(n) for n in range(round_ + 1)]
            assert server.pid != killed


async def test_backends_that_a_killed_postmaster_left_busy_do_not_hold_up_the_next(home: Path) -> None:
    async with running(home) as server:
        await write(server, "kept")
        busy = await asyncpg.connect(server.url)
        asleep = asyncio.create_task(busy.execute("select pg_sleep(600)"))
        await asyncio.sleep(0.1)
        os.kill(server.pid or 0, signal.SIGKILL)
        assert await words(server) == ["kept"]
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await asleep


async def test_the_postmaster_of_a_killed_owner_is_adopted(home: Path) -> None:
    with another_process(home) as (owner, postmaster):
        owner.kill()
        owner.wait()
    async with running(home) as server:
        assert server.pid == postmaster
        await write(server, "adopted")
        os.kill(postmaster, signal.SIGKILL)
        assert await words(server) == ["adopted"], "and watched like one's own"


async def test_owner_and_postmaster_killed_at_once(home: Path) -> None:
    async with running(home) as server:
        await write(server, "kept")
    with another_process(home) as (owner, postmaster):
        owner.kill()
        os.kill(postmaster, signal.SIGKILL)
        owner.wait()
    async with running(home) as server:
        assert await words(server) == ["kept"]


async def test_a_pid_file_that_names_a_stranger_does_not_mislead(home: Path) -> None:
    async with running(home) as server:
        await write(server, "kept")
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n")
    async with running(home) as server:
        assert await words(server) == ["kept"]


async def test_a_second_copy_is_told_who_runs_and_what_to_do(home: Path) -> None:
    async with running(home) as server:
        with pytest.raises(CallerError, match=rf"postgres_already_running: .*process {os.getpid()}.*DRYFLY_HOME"):
            await EmbeddedPostgres(home).start()
        await write(server, "undisturbed")


async def test_nobody_else_gets_in(home: Path) -> None:
    async with running(home) as server:
        for secret in (home / "postgres").glob("password.*"):
            assert secret.stat().st_mode & 0o077 == 0
        assert (home / "postgres" / "run").stat().st_mode & 0o077 == 0
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.url.replace(keep_secret(server._layout, "dryfly"), "guessed"))


async def test_nothing_above_the_data_folder_is_touched(empty_home: Path) -> None:
    above = [empty_home, empty_home.parent]
    before = [(folder.stat().st_mode, folder.stat().st_uid) for folder in above]
    async with running(empty_home):
        assert [(folder.stat().st_mode, folder.stat().st_uid) for folder in above] == before
        assert [path.name for path in empty_home.iterdir()] == ["postgres"]


async def test_the_application_role_is_no_superuser_but_owns_its_database(home: Path) -> None:
    async with running(home) as server:
        conn = await asyncpg.connect(server.url)
        role = await conn.fetchrow("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = user")
        await conn.execute("create extension pg_trgm")
        await conn.close()
        assert role is not None
        assert not any(role.values())


async def test_a_folder_that_is_no_database_is_left_alone(home: Path) -> None:
    data = home / "postgres" / "data"
    (data / "PG_VERSION").unlink()
    with pytest.raises(CallerError, match="postgres_folder_foreign: .*no database"):
        await EmbeddedPostgres(home).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
async def test_somebody_elses_folder_is_left_alone(home: Path) -> None:
    os.chown(home / "postgres", 1, 1)
    with pytest.raises(CallerError, match="postgres_folder_foreign: .*somebody else.*DRYFLY_HOME"):
        await EmbeddedPostgres(home).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands PostgreSQL to another account")
async def test_a_home_that_the_account_cannot_enter_is_refused_with_an_explanation(empty_home: Path) -> None:
    empty_home.chmod(0o700)
    with pytest.raises(CallerError, match="postgres_folder_unreachable: .*/var/lib/dryfly"):
        await EmbeddedPostgres(empty_home / "below").start()
    assert empty_home.stat().st_mode & 0o777 == 0o700


async def test_data_of_another_major_version_is_refused(home: Path) -> None:
    (home / "postgres" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(CallerError, match="postgres_wrong_version: .*PostgreSQL 17.*PostgreSQL 18.*backup"):
        await EmbeddedPostgres(home).start()


async def test_a_path_too_long_for_a_socket_is_refused_before_anything_is_made(empty_home: Path) -> None:
    long_home = empty_home / ("x" * SOCKET_PATH_BYTES_MAX)
    with pytest.raises(CallerError, match="postgres_socket_path_too_long"):
        await EmbeddedPostgres(long_home).start()
    assert not long_home.exists()


async def test_lost_passwords_are_named(home: Path) -> None:
    (home / "postgres" / "password.postgres").write_text("another")
    with pytest.raises(CallerError, match=r"postgres_password_lost: .*password.postgres"):
        await EmbeddedPostgres(home).start()


@pytest.fixture
def small_disk(empty_home: Path) -> Iterator[Path]:
    disk = empty_home / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "none", disk]).returncode:
        pytest.skip("needs the right to mount a small disk")
    disk.chmod(0o755)
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


async def test_a_disk_too_full_to_begin_is_named_and_leaves_no_half_a_database(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(60_000_000))
    with pytest.raises(CallerError, match="postgres_disk_full"):
        await EmbeddedPostgres(small_disk).start()
    ballast.unlink()
    async with running(small_disk) as server:
        await write(server, "begun after all")


async def test_a_disk_that_fills_up_while_it_serves_is_named_and_forgiven(small_disk: Path) -> None:
    async with running(small_disk) as server:
        await write(server, "kept")
        os.kill(server.pid or 0, signal.SIGKILL)
        with contextlib.suppress(OSError), (small_disk / "ballast").open("wb") as ballast:
            while True:
                ballast.write(bytes(65_536))
        async with asyncio.timeout(PATIENCE_S):
            while server.trouble is None:
                await asyncio.sleep(0.05)
        assert await server.probe() == "postgres_disk_full"
        (small_disk / "ballast").unlink()
        assert await words(server) == ["kept"]
        while await server.probe() is not None:
            await asyncio.sleep(0.05)
