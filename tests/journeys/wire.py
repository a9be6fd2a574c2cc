"""The line between a page and the server, which can be cut and mended."""

import asyncio
import contextlib

BYTES_AT_ONCE = 65_536


class Wire:
    """A port of the loopback that leads to another one, for as long as the line is whole.

    A browser that is told to be offline keeps its open sockets; a cut line does not.
    """

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._is_cut = False

    async def lay(self) -> str:
        """The address at this end of the line."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Everything that is open breaks off, without a word; nothing new comes through."""
        self._is_cut = True
        for writer in self._open:
            writer.transport.abort()

    def mend(self) -> None:
        self._is_cut = False

    async def take_up(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._open |= {writer, there_writer}
        try:
            await asyncio.gather(_pour(reader, there_writer), _pour(there_reader, writer))
        finally:
            self._open -= {writer, there_writer}


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while part := await source.read(BYTES_AT_ONCE):
            sink.write(part)
            await sink.drain()
    sink.close()
