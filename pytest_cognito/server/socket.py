"""The loopback server.

It runs on waitress, which keeps connections alive and sends small responses at once (TCP_NODELAY). Its import takes a
third of the time of cheroot's, and it handles about as many requests per second. Werkzeug's own server, which is
installed anyway, closes the connection after each response, so that a small call takes more than twice as long.
For TLS see `tls`.
"""

from __future__ import annotations

import logging
import re
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.wsgi_app import Application
from pytest_cognito.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from pytest_cognito.server.tls import Authority, Terminator

_INITIAL_THREADS = 4
_CONNECTIONS = 1000
_SHUTDOWN_TIMEOUT = 5  # seconds that stopping waits for calls in progress
_JOIN_TIMEOUT = 1  # second: on systems where Ctrl+C can't interrupt a wait, it takes effect between two waits
_ADDRESS = re.compile(r"https?://[^/?#\s]+")
_MISSING = 'the loopback server runs on waitress, which is not installed: pip install "pytest-cognito[server]"'


class Server:
    """A server for one world, or for the world that a function gives for each request, on a local port.

    Port 0 means any free port. With ``tls`` it speaks HTTPS, see `ca_certificate`. While it runs with
    ``issuer="local"``, tokens and OpenID documents of the world name its address as the issuer in place of AWS's, or
    the address ``issuer``, by which others know it. The server is started by ``start`` and stopped by ``stop``, or by a
    ``with`` statement.
    """

    def __init__(
        self,
        world: World | Callable[[], World | None],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: bool = False,
        issuer: str = "aws",
    ) -> None:
        if issuer not in ("aws", "local") and not _ADDRESS.fullmatch(issuer):
            raise UsageError(f"issuer is 'aws', 'local' or an address such as http://cognito:9229, not {issuer!r}")
        if issuer != "aws" and not isinstance(world, World):
            raise UsageError(
                f"issuer={issuer!r} is of a server for one world: Server(cognito.world, issuer={issuer!r})"
            )
        self._world = (lambda: world) if isinstance(world, World) else world
        self._address = (host, port)
        self._tls = tls
        self._issuer = issuer
        self._issuing = world if issuer != "aws" and isinstance(world, World) else None
        self._running: _WaitressServer | None = None

    def start(self) -> Self:
        """Start the server and return it. Raises ``OSError`` if the address is in use or not local."""
        if self._running is None:
            self._running = _WaitressServer(self._world, *self._address, tls=self._tls)
            if self._issuing is not None:
                self._issuing.local_issuer = self.endpoint_url if self._issuer == "local" else self._issuer
        return self

    def stop(self) -> None:
        """Finish the calls in progress and stop the server. Stopping it twice is not an error."""
        running, self._running = self._running, None
        if running is not None:
            if self._issuing is not None:
                self._issuing.local_issuer = None
            running.stop()

    def wait(self) -> None:
        """Wait until the server is stopped, by another thread or by an exception in this one."""
        if self._running is not None:
            self._running.wait()

    @property
    def endpoint_url(self) -> str:
        """The endpoint URL for SDKs: ``http://127.0.0.1:<port>``, or ``https://…`` with TLS."""
        host, port = self._started.address
        scheme = "https" if self._tls else "http"
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    @property
    def ca_certificate(self) -> str:
        """With TLS, the path of the certificate (PEM) of the authority to trust, for as long as the server runs.

        It is made when the server starts, and issues a certificate for each name that a client asks for.
        """
        authority = self._started.authority
        if authority is None:
            raise UsageError("this server speaks plain HTTP, without certificates: start it with tls=True")
        return str(authority.path)

    @property
    def _started(self) -> _WaitressServer:
        if self._running is None:
            raise UsageError("the server is not running: use it in a with statement, or call start() first")
        return self._running

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()


class _WaitressServer:
    """A waitress server in a thread of its own."""

    def __init__(self, world: Callable[[], World | None], host: str, port: int, *, tls: bool) -> None:
        try:
            import waitress
            from waitress.channel import ClientDisconnected
        except ImportError:
            raise UsageError(_MISSING) from None
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
        self.address: tuple[str, int] = listening.getsockname()[:2]
        self.authority: Authority | None = None
        self._terminator: Terminator | None = None
        if tls:
            listening = self._behind_tls(listening, host)
        self._application = Application(world, host, ClientDisconnected)
        self._lock = threading.Lock()
        self._busy, self._threads = 0, _INITIAL_THREADS
        self._map: dict[int, Any] = {}
        self._pulled = threading.Event()
        # waitress warns of every request that waits for a thread, which is normal here.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._server = waitress.create_server(
            self._run_application,
            map=self._map,
            sockets=[listening],
            threads=self._threads,
            connection_limit=_CONNECTIONS,
            asyncore_use_poll=True,
            ident=None,
            url_scheme="https" if tls else "http",
        )
        self.thread = threading.Thread(target=self._server.run, name="pytest-cognito server", daemon=True)
        self.thread.start()

    def _behind_tls(self, listening: socket.socket, host: str) -> socket.socket:
        """The socket for what comes over TLS to ``listening``."""
        from pytest_cognito.server.tls import Authority, Terminator

        try:
            self.authority = Authority(host)
        except UsageError:
            listening.close()
            raise
        inner = socket.create_server(("127.0.0.1", 0))
        self._terminator = Terminator(listening, inner.getsockname(), self.authority.context)
        return inner

    def _run_application(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Run the application, and add threads when all are busy.

        A call may wait for the function of a trigger that calls this server in turn: with a fixed number of threads,
        as many such calls at once would wait forever.
        """
        with self._lock:
            self._busy += 1
            if self._busy == self._threads:
                self._threads *= 2
                self._server.task_dispatcher.set_thread_count(self._threads)
        try:
            return self._application(environ, start_response)
        finally:
            with self._lock:
                self._busy -= 1

    def wait(self) -> None:
        while self.thread.is_alive():
            self.thread.join(_JOIN_TIMEOUT)

    def stop(self) -> None:
        self._server.task_dispatcher.shutdown(timeout=_SHUTDOWN_TIMEOUT)
        if self._terminator is not None and self.authority is not None:
            self._terminator.stop()
            self.authority.close()
        # Only the thread that polls the sockets may close them, including the trigger's: not before it was pulled.
        self._server.trigger.pull_trigger(self._close)
        self._pulled.set()
        self.thread.join()

    def _close(self) -> None:
        self._pulled.wait()
        for channel in list(self._map.values()):
            channel.close()
