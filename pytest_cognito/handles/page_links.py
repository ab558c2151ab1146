"""What leads from a page to another one without filling in anything: links, and the buttons of identity providers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from pytest_cognito.handles.document import Node
from pytest_cognito.handles.form import Form

PROVIDER = "identity_provider"
"""The parameter of an authorization request that names the identity provider."""
_ADDRESS = re.compile(r"""["']([^"']*/[^"']*)["']""")
_SENDS = ("submit", "image", "reset")
_NO_PAGES = ("#", "javascript:", "data:", "otpauth:", "mailto:")


class Target(NamedTuple):
    """A link or a button that leads to another page. ``provider`` is the identity provider's name, if it is one's."""

    text: str
    href: str
    provider: str


def targets(root: Node, forms: list[Form]) -> list[Target]:
    """The links of a document that are shown, and the buttons that lead elsewhere."""
    links = (Target(_text(node), href, _provider(node, href)) for node, href in _found(root) if not node.is_hidden)
    return [*links, *(_of_form(form) for form in forms if is_provider(form))]


def is_provider(form: Form) -> bool:
    """Whether a form is the button of an identity provider and nothing else."""
    return form.method == "GET" and form.hidden(PROVIDER) is not None and bool(form.buttons) and not form.fields


def _of_form(form: Form) -> Target:
    button, named = form.buttons[0], form.hidden(PROVIDER)
    href = f"{form.action.partition('?')[0]}?{urlencode(form.data(button))}"
    return Target(button.label, href, named.value if named is not None else "")


def _found(root: Node) -> Iterator[tuple[Node, str]]:
    for node in root.all("a", "button", "input"):
        href = node.get("href") or node.get("data-href")
        if not href and node.tag != "a" and node.get("type").lower() not in _SENDS:
            script = _ADDRESS.search(node.get("onclick"))
            href = "" if script is None else script[1]
        if href and not href.startswith(_NO_PAGES):
            yield node, href


def _text(node: Node) -> str:
    return node.words or node.get("aria-label") or node.get("value")


def _provider(node: Node, href: str) -> str:
    """The identity provider that a link leads to; other links carry the parameters of the request, too."""
    parts = urlsplit(href)
    if not parts.path.rstrip("/").endswith("/authorize"):
        return node.get("data-provider")
    return node.get("data-provider") or parse_qs(parts.query).get(PROVIDER, [""])[0]
