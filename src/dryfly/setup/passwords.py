"""Passwords are hashed with Argon2id, in threads of their own, a few at once.

Parameters: 64 MiB, three passes, one lane (RFC 9106 section 4, second recommended option, with one lane since
several people sign in at once). Each hash takes a core for a moment, so only `at_once` run and only
`waiting_max` wait: a flood of sign-ins costs a bounded share of the machine, and is told to come back.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dryfly.platform.errors import CallerError
from dryfly.platform.security import new_password

WAITING_MAX = 64

T = TypeVar("T")


def strong_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


_light_hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Passwords:
    def __init__(
        self, hasher: PasswordHasher | None = None, *, at_once: int | None = None, waiting_max: int = WAITING_MAX
    ) -> None:
        self._hasher = hasher or strong_hasher()
        workers = at_once or max(1, (os.cpu_count() or 1) // 2)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="password")
        self._room = workers + waiting_max
        # What unknown people's passwords are compared with; made now, so that none of them ever takes longer.
        self._nobodys = self._hasher.hash(new_password())

    async def hash(self, password: str) -> str:
        return await self._run(self._hash_now, password)

    async def hash_one_time(self, passwords: list[str]) -> list[str]:
        """Of passwords that `new_password` made, fast: 99 random bits need no slow hash against guessing, and each
        is good for nothing but choosing another one, which gets it."""
        return await asyncio.to_thread(lambda: [_light_hasher.hash(password) for password in passwords])

    async def fits(self, password: str, hash: str | None) -> bool:
        """`None`, for an account that is not there, takes as long as a wrong password and is never right."""
        return await self._run(self._fits_now, hash, password)

    def is_outdated(self, hash: str) -> bool:
        """Made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hash)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[..., T], *values: str | None) -> T:
        if self._room == 0:
            raise CallerError("sign_in_busy", "Many people sign in right now: try again in a moment.", status=503)
        self._room -= 1
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *values)
        running.add_done_callback(self._leave)  # not when we are done waiting: a caller who goes frees no thread
        return await asyncio.shield(running)

    def _leave(self, _: object) -> None:
        self._room += 1

    def _hash_now(self, password: str) -> str:
        return self._hasher.hash(password)

    def _fits_now(self, hash: str | None, password: str) -> bool:
        try:
            if hash is not None and self.is_outdated(hash):
                self._spend_as_long(password)
            self._hasher.verify(hash or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return hash is not None

    def _spend_as_long(self, password: str) -> None:
        """A hash that was made with less must not be told by the time that it takes."""
        with contextlib.suppress(VerificationError):
            self._hasher.verify(self._nobodys, password)
