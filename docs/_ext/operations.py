"""The directive ``cognito-operations``: every operation of botocore's models, and whether it is answered."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import botocore
from botocore import xform_name
from botocore.session import get_session
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from pytest_cognito.aws.operation import registered

Functions = dict[tuple[str, str], Callable[..., Any]]

SERVICES = {
    "cognito-idp": "User pools",
    "cognito-identity": "Identity pools",
    "cognito-sync": "Cognito Sync",
    "sts": "STS",
}


def implemented() -> Functions:
    """The operations that the package registers when its services are loaded."""
    found = {(service, name): function for service in SERVICES for name, function in registered(service).items()}
    if not found:
        raise ExtensionError("no operation is registered: the table of operations would be wrong")
    return found


def operations_of(service: str) -> list[str]:
    """The names of a service's operations in the installed botocore."""
    return sorted(get_session().get_service_model(service).operation_names)


class CognitoOperations(SphinxDirective):
    """A section for each service: a table of the operations that are answered, and the names of the others."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()  # the code may change where the page does not
        have = implemented()
        found: list[nodes.Node] = [nodes.paragraph(text=f"The models are those of botocore {botocore.__version__}.")]
        found.extend(_section(service, title, have) for service, title in SERVICES.items())
        return found


def _section(service: str, title: str, have: Functions) -> nodes.section:
    names = operations_of(service)
    answered = {name: have[service, xform_name(name)] for name in names if (service, xform_name(name)) in have}
    section = nodes.section(ids=[service])
    section += nodes.title(text=f"{title} ({service}): {len(answered)} of {len(names)}")
    if answered:
        section += _table(answered)
    section += _missing([name for name in names if name not in answered])
    return section


def _table(answered: dict[str, Callable[..., Any]]) -> nodes.table:
    head, body = nodes.thead(), nodes.tbody()
    head += _row([nodes.Text("Operation")], [nodes.Text("Does")])
    for name, function in answered.items():
        body += _row([nodes.literal(text=name)], list(_words(_summary(function))))
    columns = [nodes.colspec(colwidth=35), nodes.colspec(colwidth=65)]
    return nodes.table("", nodes.tgroup("", *columns, head, body, cols=2))


def _missing(names: list[str]) -> nodes.paragraph:
    """A paragraph that names the operations which are not answered."""
    paragraph = nodes.paragraph(text="Not yet: " if names else "Nothing is missing.")
    for index, name in enumerate(names):
        paragraph += [nodes.Text(", ")] if index else []
        paragraph += nodes.literal(text=name)
    return paragraph


def _summary(function: Callable[..., Any]) -> str:
    """The first sentence of a function's docstring."""
    paragraph = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
    sentence, dot, _ = paragraph.partition(". ")
    return sentence + dot.strip()


def _words(text: str) -> Iterator[nodes.Node]:
    """The text of a docstring; what stands between double backquotes is code."""
    for index, part in enumerate(text.split("``")):
        yield nodes.literal(text=part) if index % 2 else nodes.Text(part)


def _row(*cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("cognito-operations", CognitoOperations)
    return {"parallel_read_safe": True}
