"""The directive ``cognito-operations``: every operation of botocore's models, and whether it is answered."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import botocore
from botocore import xform_name
from botocore.session import get_session
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from pytest_cognito.aws.operation import registered

SERVICES = {
    "cognito-idp": "User pools",
    "cognito-identity": "Identity pools",
    "cognito-sync": "Cognito Sync",
    "sts": "STS",
}


def implemented() -> dict[tuple[str, str], Callable[..., Any]]:
    """The operations that the package registers when its services are imported."""
    for service in SERVICES:
        package = f"pytest_cognito.{service.replace('-', '_')}"
        if find_spec(package):
            import_module(package)
    return registered()


def operations_of(service: str) -> list[str]:
    """The names of a service's operations in the installed botocore."""
    return sorted(get_session().get_service_model(service).operation_names)


class CognitoOperations(Directive):
    """A summary and, for each service, a table of its operations."""

    def run(self) -> list[nodes.Node]:
        have = implemented()
        found: list[nodes.Node] = [nodes.paragraph(text=f"The models are those of botocore {botocore.__version__}.")]
        for service, title in SERVICES.items():
            names = operations_of(service)
            answered = [name for name in names if (service, xform_name(name)) in have]
            found.append(_section(service, title, names, answered))
        return found


def _section(service: str, title: str, names: list[str], answered: list[str]) -> nodes.section:
    section = nodes.section(ids=[service])
    section += nodes.title(text=f"{title} ({service}): {len(answered)} of {len(names)}")
    section += _table(names, set(answered))
    return section


def _table(names: list[str], answered: set[str]) -> nodes.table:
    head, body = nodes.thead(), nodes.tbody()
    head += _row(nodes.Text("Operation"), nodes.Text("Answered"))
    for name in names:
        body += _row(nodes.literal(text=name), nodes.Text("yes" if name in answered else "no"))
    columns = [nodes.colspec(colwidth=80), nodes.colspec(colwidth=20)]
    return nodes.table("", nodes.tgroup("", *columns, head, body, cols=2))


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("cognito-operations", CognitoOperations)
    return {"parallel_read_safe": True}
