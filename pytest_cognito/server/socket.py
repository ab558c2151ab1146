"""The loopback server.

It runs on waitress, which keeps connections alive, sends small answers at once (TCP_NODELAY), and is imported in a
third of the time of cheroot at much the same number of requests a second. Werkzeug's own server, in the base already,
closes the connection after each answer: a small call takes more than twice as long.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self

from ..kernel.usage import UsageError
from ..world import World
from .front import Front

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_THREADS = 4  # to begin with
_CONNECTIONS = 1000
_PATIENCE = 5  # seconds that stopping waits for calls that are being answered
_A_WHILE = 1  # second: where Ctrl+C can't interrupt a wait, it is seen between two
_MISSING = 'the loopback server runs on waitress, which is not installed: pip install "pytest-cognito[server]"'


class Server:
    """A server of one world, or of the world that a function gives for each request, on a port of this machine.

    Port 0 means any that is free. It is started by ``start`` and stopped by ``stop``, or both by a ``with`` statement.
    """

    def __init__(self, world: World | Callable[[], World | None], *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._world = (lambda: world) if isinstance(world, World) else world
        self._address = (host, port)
        self._running: _Running | None = None

    def start(self) -> Self:
        """Listen, and return. Raises ``OSError`` if the address is taken or is none of this machine's."""
        if self._running is None:
            self._running = _Running(self._world, *self._address)
        return self

    def stop(self) -> None:
        """Finish the calls that are being answered, and listen no more. Stopping twice is no error."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def wait(self) -> None:
        """Wait until the server is stopped, by another thread or by an exception in this one."""
        if self._running is not None:
            self._running.wait()

    @property
    def endpoint_url(self) -> str:
        """Where it listens, as SDKs take it: ``http://127.0.0.1:<port>``."""
        if self._running is None:
            raise UsageError("the server is not running: use it in a with statement, or call start() first")
        host, port = self._running.address
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()


class _Running:
    """waitress in a thread of its own."""

    def __init__(self, world: Callable[[], World | None], host: str, port: int) -> None:
        try:
            import waitress
            from waitress.channel import ClientDisconnected
        except ImportError:
            raise UsageError(_MISSING) from None
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
        self.address: tuple[str, int] = listening.getsockname()[:2]
        self._front = Front(world, ClientDisconnected)
        self._lock = threading.Lock()
        self._busy, self._threads = 0, _THREADS
        self._map: dict[int, Any] = {}
        self._pulled = threading.Event()
        # waitress warns of every request that waits for a thread, which is nobody's concern here.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._server = waitress.create_server(
            self._answer,
            map=self._map,
            sockets=[listening],
            threads=self._threads,
            connection_limit=_CONNECTIONS,
            asyncore_use_poll=True,
            ident=None,
        )
        self.thread = threading.Thread(target=self._server.run, name="pytest-cognito server", daemon=True)
        self.thread.start()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a call, and see to it that there is always a thread left.

        A call may wait for a function, run by a trigger, that calls this server in turn: with a fixed number of threads
        enough such calls at once would wait for ever.
        """
        with self._lock:
            self._busy += 1
            if self._busy == self._threads:
                self._threads *= 2
                self._server.task_dispatcher.set_thread_count(self._threads)
        try:
            return self._front(environ, start_response)
        finally:
            with self._lock:
                self._busy -= 1

    def wait(self) -> None:
        while self.thread.is_alive():
            self.thread.join(_A_WHILE)

    def stop(self) -> None:
        self._server.task_dispatcher.shutdown(timeout=_PATIENCE)
        # Only the thread that polls the sockets may close them, the trigger among them: not before it was pulled.
        self._server.trigger.pull_trigger(self._close)
        self._pulled.set()
        self.thread.join()

    def _close(self) -> None:
        self._pulled.wait()
        for channel in list(self._map.values()):
            channel.close()
