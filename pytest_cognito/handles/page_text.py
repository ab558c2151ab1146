"""What a page says: its errors and notices, and a summary of it for messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pytest_cognito.handles.document import Node
from pytest_cognito.handles.form import Control, option_value, same

if TYPE_CHECKING:
    from pytest_cognito.handles.page_content import PageContent

_ERROR_CLASSES = frozenset(("errorMessage-customizable", "error", "field-error", "problem"))
_ERROR_IDS = frozenset(("loginErrorMessage", "errorMessage"))
_NOTICE_CLASSES = frozenset(("notice", "successMessage-customizable"))

_HINTS = {
    "unavailable": (
        "\nIn managed login, an app client has no pages before it has a style. Give it one: create the domain after "
        'the client, with pool.create_domain("…", ManagedLoginVersion=2), or write '
        'pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)'
    ),
}
"""What to write instead, by the name of a page."""


def error(root: Node) -> str | None:
    """The text of the element in which a page shows what went wrong."""
    return (
        _first(root, lambda node: node.get("id") in _ERROR_IDS)
        or _first(root, lambda node: node.get("role") == "alert")
        or _first(root, lambda node: bool(node.classes & _ERROR_CLASSES))
    )


def notice(root: Node) -> str | None:
    """The text of the element in which a page shows what went well."""
    return _first(root, lambda node: node.get("role") == "status" or bool(node.classes & _NOTICE_CLASSES))


def option(page: PageContent, control: Control, value: Any) -> str:
    """The value of the option of a list that has a value or a text."""
    options = list(control.node.all("option"))
    for each in options:
        if value == option_value(each) or same(str(value), each.words):
            return option_value(each)
    there = ", ".join(option_value(each) for each in options)
    raise page.unfit(f"has no choice {value!r} for {control.name!r}, but {there}")


def unfit(page: PageContent, what: str) -> str:
    """What a page can't do, which page it is, what it says, and what is on it."""
    hints = _HINTS.get(page.name or "", "")
    return f"{_which(page)} {what}. {' '.join(_contents(page))}{hints}"


def summary(page: PageContent) -> str:
    """A page in a failing assertion."""
    said = page.error or page.notice
    fields = f", fields {', '.join(page.fields)}" if page.fields else ""
    return f"<Page {page.name or page.title or 'without a name'} {page.status} at {_address(page)}{fields}" + (
        f": {said}>" if said else ">"
    )


def _first(root: Node, fits: Callable[[Node], bool]) -> str | None:
    return next((node.words for node in root.walk() if fits(node) and not node.is_hidden and node.words), None)


def _which(page: PageContent) -> str:
    return f"the page {page.name or repr(page.title)} ({_address(page)}, status {page.status})"


def _address(page: PageContent) -> str:
    return page.url.partition("?")[0]


def _contents(page: PageContent) -> Iterator[str]:
    if page.error:
        yield f"It says: {page.error!r}."
    elif page.notice:
        yield f"It says: {page.notice!r}."
    labels = page.labels
    things = {
        "fields": [f"{name} ({labels[name]})" if labels.get(name) else name for name in page.fields],
        "buttons": page.buttons,
        "links": list(page.links),
        "providers": page.providers,
    }
    there = "; ".join(f"{kind} {', '.join(names)}" for kind, names in things.items() if names)
    yield f"On it are: {there}." if there else f"On it is: {page.text[:200]!r}."
