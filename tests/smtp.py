"""A mail server of our own on the loopback: it takes letters, or refuses them for a while or for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP


@dataclass
class Post:
    """What arrived. `answer` is what a recipient is told; `hears`: commands, as they came."""

    port: int = 0
    answer: str = "250 OK"
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    hears: list[str] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def has(self, count: int) -> EmailMessage:
        """The newest letter, once there are so many."""
        async with asyncio.timeout(20):
            while len(self.letters) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.letters[-1]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        while line := (await reader.readline()).decode().strip():
            self.hears.append(line)
            verb = line.split()[0].upper()
            if verb == "DATA":
                writer.write(b"354 Go on\r\n")
                self._take(await reader.readuntil(b"\r\n.\r\n"))
            reply = {"RCPT": self.answer, "QUIT": "221 Bye", "STARTTLS": "502 No"}.get(verb, "250 OK")
            writer.write(f"{reply}\r\n".encode())
            await writer.drain()
            if verb == "QUIT":
                break
        writer.close()

    def _take(self, data: bytes) -> None:
        text = data.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.letters.append(message_from_bytes(text, policy=SMTP))
        self.recipients.append(next(line for line in reversed(self.hears) if line.upper().startswith("RCPT")))
        self._changed.set()


@asynccontextmanager
async def post_office() -> AsyncIterator[Post]:
    post = Post()
    server = await asyncio.start_server(post.serve, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    async with server:
        yield post
