"""The server's own pages: HTML for a person and JSON for a program, at one address."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from pytest_cognito.http.messages import Request, Response

_JSON, _HTML = "application/json", "text/html"
_PRIVATE = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("Vary", "Accept"),
    ("X-Content-Type-Options", "nosniff"),
]
"""What is there is not kept by a browser, not sent on, and not shown inside another page."""


def respond(request: Request, html: Callable[[], str], value: Callable[[], Mapping[str, Any]]) -> Response:
    """The page ``html`` if the request prefers that, as browsers do, else the JSON document of ``value``."""
    accepted = parse_accept_header(request.headers.get("accept", _JSON), MIMEAccept)
    if accepted[_HTML] > accepted[_JSON]:
        return Response(200, [("Content-Type", f"{_HTML};charset=UTF-8"), *_PRIVATE], html().encode())
    return Response(200, [("Content-Type", _JSON), *_PRIVATE], json.dumps(value()).encode())


def document(title: str, heading: str, body: str) -> str:
    """A page with a body, which is HTML. The title and the heading are HTML as well."""
    return _PAGE.format(title=title, heading=heading, body=body)


def table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> str:
    """A table of HTML, or the text ``nothing`` if it has no rows."""
    head = "".join(f"<th>{column}</th>" for column in columns)
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    body = "".join(f"<tr>{row}</tr>\n" for row in cells) or f'<tr><td colspan="{len(columns)}">{nothing}</td></tr>\n'
    return f"<table>\n<tr>{head}</tr>\n{body}</table>\n"


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid gray; padding: .4rem 1rem .4rem 0; text-align: left; vertical-align: top; }}
code {{ font-size: 1.2em; user-select: all; }}
pre {{ white-space: pre-wrap; max-width: 40rem; }}
</style>
</head>
<body>
<h1>{heading}</h1>
{body}</body>
</html>
"""
