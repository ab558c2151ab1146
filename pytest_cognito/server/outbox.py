"""The outbox over HTTP: a page for people, JSON for programs."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import asdict

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.outbox import Message, Outbox
from pytest_cognito.server.message_text import about, local_link, said

_JSON, _HTML = "application/json", "text/html"
_PRIVATE = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("Vary", "Accept"),
    ("X-Content-Type-Options", "nosniff"),
]
"""The codes are not kept by a browser, not sent on, and not shown inside another page."""


def view(request: Request, outbox: Outbox) -> Response:
    """The messages of a world: as a page if the request prefers HTML, as browsers do, else as JSON."""
    accepted = parse_accept_header(request.headers.get("accept", _JSON), MIMEAccept)
    base_url = f"http://{request.headers.get('host', '')}"
    if accepted[_HTML] > accepted[_JSON]:
        return Response(200, [("Content-Type", f"{_HTML};charset=UTF-8"), *_PRIVATE], _page(outbox).encode())
    messages = [_plain(message, base_url) for message in outbox]
    return Response(200, [("Content-Type", _JSON), *_PRIVATE], json.dumps({"messages": messages}).encode())


def _plain(message: Message, base_url: str) -> dict[str, str | None]:
    """A message as in Python, and its link on this server."""
    return {**asdict(message), "sent": message.sent.isoformat(), "local_link": local_link(message, base_url)}


def _page(messages: Iterable[Message]) -> str:
    """The messages as an HTML page, newest first."""
    rows = "".join(map(_row, reversed(tuple(messages))))
    return _PAGE.format(rows=rows or '<tr><td colspan="5">No message was sent yet.</td></tr>')


def _row(message: Message) -> str:
    kind, value = said(message, "")
    shown = html.escape(value)
    cells = (
        f"{message.sent:%Y-%m-%d %H:%M:%S} UTC",
        html.escape(message.destination),
        f'<a href="{shown}">{kind}</a>' if message.link is not None else f"{kind} <code>{shown}</code>",
        html.escape(about(message)),
        f"<details><summary>text</summary><pre>{html.escape(_text(message))}</pre></details>",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _text(message: Message) -> str:
    return message.body if message.subject is None else f"{message.subject}\n\n{message.body}"


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Outbox of Amazon Cognito</title>
<style>
body {{ font-family: system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid gray; padding: .4rem 1rem .4rem 0; text-align: left; vertical-align: top; }}
code {{ font-size: 1.2em; user-select: all; }}
pre {{ white-space: pre-wrap; max-width: 40rem; }}
</style>
</head>
<body>
<h1>Outbox</h1>
<p>What Amazon Cognito would have sent, newest first. Reload the page to see what has come since.
Programs get it as JSON, with <code>Accept: application/json</code>.</p>
<table>
<tr><th>sent</th><th>to</th><th>says</th><th>of</th><th>text</th></tr>
{rows}
</table>
</body>
</html>
"""
