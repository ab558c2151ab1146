"""What the events of API Gateway's formats say of a request in the same way."""

from __future__ import annotations

from pytest_cognito.http.messages import form


def canonical(name: str) -> str:
    """A header's name, which is in lower case, as Go and Java write it: ``X-Forwarded-For``."""
    return "-".join(map(str.capitalize, name.split("-")))


def many(query: str) -> dict[str, list[str]]:
    """The values of a query string by name."""
    found: dict[str, list[str]] = {}
    for name, value in form(query) if query else ():
        found.setdefault(name, []).append(value)
    return found
