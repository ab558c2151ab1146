"""What the server shows on the console: the messages that are sent and, on request, each request."""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import suppress
from typing import Self, TextIO

from pytest_cognito.kernel.outbox import Message, Outbox
from pytest_cognito.kernel.text import printable
from pytest_cognito.server.message_text import about, said

_WAITING = 10_000
"""How many lines wait for a stream that takes none."""
_PATIENCE = 1
"""How long the end waits for the last lines to be written, in seconds."""


class Console:
    """Lines to a stream, written by a thread of its own.

    A call of the server never waits for the console: a program that has started the server may read no further than
    the first line, and then the pipe is full one day.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="pytest-cognito console", daemon=True)

    def write(self, line: str) -> None:
        """Write a line, unless too many wait already."""
        with suppress(queue.Full):
            self._lines.put_nowait(line)

    def show_messages(self, outbox: Outbox, endpoint_url: str) -> None:
        """Write a line for each message that is sent from now on."""

        def show(message: Message) -> None:
            kind, value = said(message, endpoint_url)
            self.write(printable(f"{message.destination}: {kind} {value} ({about(message)})"))

        outbox.observers.append(show)

    def show_log(self, log: logging.Logger) -> None:
        """Write a line for each record of a log from level INFO on, from now on."""
        handler = _Handler(self)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)

    def _run(self) -> None:
        """Write the lines until there is None, or nobody reads the stream any more."""
        with suppress(BrokenPipeError):
            while (line := self._lines.get()) is not None:
                self._stream.write(f"{line}\n")
                self._stream.flush()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_PATIENCE)


class _Handler(logging.Handler):
    """A handler of a log that writes to the console."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.write(self.format(record))
