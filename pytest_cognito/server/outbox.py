"""The outbox over HTTP: a page for people, JSON for programs."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import asdict

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.outbox import Message, Outbox
from pytest_cognito.server import html_page
from pytest_cognito.server.message_text import about, local_link, said

_COLUMNS = ("sent", "to", "says", "of", "text")
_LEAD = """\
<p>What Amazon Cognito would have sent, newest first. Reload the page to see what has come since.
Programs get it as JSON, with <code>Accept: application/json</code>.</p>
"""


def view(request: Request, outbox: Outbox) -> Response:
    """The messages of a world: as a page if the request prefers HTML, as browsers do, else as JSON."""
    return html_page.respond(
        request,
        lambda: _page(outbox),
        lambda: {"messages": [_plain(message, request.origin) for message in outbox]},
    )


def _plain(message: Message, base_url: str) -> dict[str, str | None]:
    """A message as in Python, and its link on this server."""
    return {**asdict(message), "sent": message.sent.isoformat(), "local_link": local_link(message, base_url)}


def _page(messages: Iterable[Message]) -> str:
    """The messages as an HTML page, newest first."""
    rows = [_row(message) for message in reversed(tuple(messages))]
    body = _LEAD + html_page.table(_COLUMNS, rows, "No message was sent yet.")
    return html_page.document("Outbox of Amazon Cognito", "Outbox", body)


def _row(message: Message) -> tuple[str, ...]:
    kind, value = said(message, "")
    shown = html.escape(value)
    return (
        f"{message.sent:%Y-%m-%d %H:%M:%S} UTC",
        html.escape(message.destination),
        f'<a href="{shown}">{kind}</a>' if message.link is not None else f"{kind} <code>{shown}</code>",
        html.escape(about(message)),
        f"<details><summary>text</summary><pre>{html.escape(_text(message))}</pre></details>",
    )


def _text(message: Message) -> str:
    return message.body if message.subject is None else f"{message.subject}\n\n{message.body}"
