"""What can be wrong with the embedded PostgreSQL, each with a code and what to do about it."""

from pathlib import Path

from dryfly.platform.errors import CallerError

SOCKET_PATH_BYTES_MAX = 107  # of sockaddr_un on Linux; macOS allows 103


def disk_full(folder: Path) -> CallerError:
    return _error("postgres_disk_full", f"The disk that holds {folder} is full. Make room there; nothing is lost.")


def folder_foreign(folder: Path, why: str) -> CallerError:
    return _error(
        "postgres_folder_foreign",
        f"{folder} {why}. Start Dryfly as its owner, or point DRYFLY_HOME at a folder of your own.",
    )


def folder_unreachable(folder: Path, account: str) -> CallerError:
    return _error(
        "postgres_folder_unreachable",
        f"PostgreSQL never runs as root, and the account {account} may not enter {folder} (a folder above it is "
        "closed). Point DRYFLY_HOME at an open place such as /var/lib/dryfly, or start Dryfly as an ordinary user.",
    )


def another_copy(folder: Path, pid: str) -> CallerError:
    return _error(
        "postgres_already_running",
        f"Another Dryfly (process {pid or 'unknown'}) runs on {folder}. Stop it, or give this one its own DRYFLY_HOME.",
    )


def socket_path_too_long(path: Path) -> CallerError:
    return _error(
        "postgres_socket_path_too_long",
        f"The socket {path} has a longer name than the system allows ({SOCKET_PATH_BYTES_MAX} bytes). "
        "Point DRYFLY_HOME at a folder with a shorter path.",
    )


def wrong_version(folder: Path, data: str, server: str) -> CallerError:
    return _error(
        "postgres_wrong_version",
        f"{folder} was written by PostgreSQL {data}, and this is PostgreSQL {server}. Start the Dryfly that wrote it "
        "and take `./dryfly backup`, then restore that with this one into a new DRYFLY_HOME.",
    )


def no_server() -> CallerError:
    return _error(
        "postgres_no_server",
        "No PostgreSQL for this system came with Dryfly (there is none for Alpine, for example). "
        "Install PostgreSQL 18 and set DRYFLY_DATABASE_URL.",
    )


def server_unusable(output: str) -> CallerError:
    return _error(
        "postgres_server_unusable",
        f"The PostgreSQL that came with Dryfly does not run here: {output.strip()[-300:]}. Set DRYFLY_DATABASE_URL.",
    )


def no_account(tried: str) -> CallerError:
    return _error(
        "postgres_no_account",
        f"PostgreSQL never runs as root, and there is no account {tried} to run it as. "
        "Start Dryfly as an ordinary user, or make an account named dryfly.",
    )


def password_lost(secrets: Path) -> CallerError:
    return _error("postgres_password_lost", f"The database does not take the password in {secrets}. Restore that file.")


def failed(folder: Path, output: str) -> CallerError:
    """The best that can be said from what PostgreSQL wrote while it failed."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(folder)
    return _error("postgres_failed", f"PostgreSQL in {folder} does not start. It said: {output.strip()[-600:]}")


def _error(code: str, text: str) -> CallerError:
    return CallerError(code, text, status=503)
