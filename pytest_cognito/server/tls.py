"""TLS of the loopback server: a certificate authority of its own, and what takes TLS off connections.

waitress knows no TLS. Here a thread with an event loop accepts the connections, decrypts what comes and hands it on to
waitress over a connection of the machine's own: so there is one server, with the same threads and time-outs, for both.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from pytest_cognito.kernel.errors import UsageError

_NAMES = ("localhost", "*.localhost", "127.0.0.1", "::1")
_MOST_NAMES = 1000
_CHUNK = 65_536
_ROUNDS = 5
_MISSING = 'TLS needs trustme, which is not installed: pip install "pytest-cognito[server]"'


class Authority:
    """A certificate authority, whose certificate is the file ``path`` until `close`, and certificates for every name.

    Clients accept no wildcard directly below a top-level domain such as ``localhost``, and a custom domain may be made
    later. Therefore each name that a client asks for gets a certificate of its own.
    """

    def __init__(self, host: str) -> None:
        try:
            import trustme
        except ImportError:
            raise UsageError(_MISSING) from None
        self._authority = trustme.CA(organization_name="pytest-cognito")
        self._directory = Path(tempfile.mkdtemp(prefix="pytest-cognito-"))
        self.path = self._directory / "ca.pem"
        self._authority.cert_pem.write_to_path(str(self.path))
        self._by_name: dict[str, ssl.SSLContext] = {}
        self.context = self._context(*dict.fromkeys([*_NAMES, *([host] if host else [])]))
        self.context.sni_callback = self._choose

    def close(self) -> None:
        """Remove the file."""
        shutil.rmtree(self._directory)

    def _choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        """Use the certificate for the name that a client asks for."""
        if name is None:
            return None
        if name not in self._by_name:
            if len(self._by_name) >= _MOST_NAMES:
                return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
            try:
                self._by_name[name] = self._context(name)
            except ValueError:  # no host name
                return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = self._by_name[name]
        return None

    def _context(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._authority.issue_cert(*names).configure_cert(context)
        return context


class Terminator:
    """Takes TLS off the connections to a socket, in a thread of its own, and connects each to ``inner``."""

    def __init__(self, listening: socket.socket, inner: tuple[str, int], context: ssl.SSLContext) -> None:
        self._inner = inner
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        started = threading.Event()
        self._thread = threading.Thread(
            target=self._loop.run_until_complete,
            args=[self._serve(listening, context, started)],
            name="pytest-cognito TLS",
            daemon=True,
        )
        self._thread.start()
        started.wait()

    def stop(self) -> None:
        """Close all connections and the socket."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self, listening: socket.socket, context: ssl.SSLContext, started: threading.Event) -> None:
        def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # asyncio does this by itself only where the socket was made for IPPROTO_TCP by name.
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            task = self._loop.create_task(self._serve_connection(reader, writer, context))
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
            # One that is cancelled before it begins closes nothing itself.
            task.add_done_callback(lambda _: writer.transport.abort())

        server = await asyncio.start_server(accepted, sock=listening)
        started.set()
        await self._stopped.wait()
        # A connection that was accepted a moment ago reaches ``accepted`` in the next rounds of the loop, while there
        # is a server: without one, asyncio fails on it.
        with suppress(NotImplementedError):  # the loop of Windows has no readers
            self._loop.remove_reader(listening)
        await self._rounds()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._rounds()  # in which what was aborted is closed

    async def _rounds(self) -> None:
        """Let the loop do what it has to do at once."""
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)

    async def _serve_connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext
    ) -> None:
        """Serve a connection, the handshake included: a client that says nothing holds up nobody else."""
        try:
            with suppress(OSError):  # of a client that breaks off nobody needs to know
                await writer.start_tls(context)
                await self._connect(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand on what comes, in both directions, until one side ends."""
        inner_reader, inner_writer = await asyncio.open_connection(*self._inner)
        ways = [
            asyncio.ensure_future(_copy(reader, inner_writer)),
            asyncio.ensure_future(_copy(inner_reader, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            inner_writer.transport.abort()  # before what is awaited: there, the server may stop and cancel this again
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
