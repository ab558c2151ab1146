"""``serve --template template.yaml``: a server that begins with the resources of the application's own template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from pytest_cognito.cognito import Cognito
from pytest_cognito.http import sites
from pytest_cognito.infrastructure.errors import DeploymentError, TemplateError
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_SHOWN = (
    *("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::IdentityPool"),
    *("aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_identity_pool"),
)


def deploy(cognito: Cognito, path: str, given: Iterable[str]) -> Stack:
    """Deploy a template with parameters, ``Stage=dev``. Raises `UsageError` that says what is wrong with it."""
    parameters = {}
    for each in given:
        name, separator, value = each.partition("=")
        if not name or not separator:
            raise UsageError(f"a parameter is a name and a value, such as Stage=dev; not {each!r}")
        parameters[name] = value
    try:
        return cognito.deploy(path, parameters=parameters)
    except (TemplateError, DeploymentError) as error:
        raise UsageError(str(error)) from error


def lines(world: World, stack: Stack, origin: str) -> Iterator[str]:
    """What to show of a stack: the ids of its pools and app clients, and its outputs.

    An address at which the world answers is shown as that on the server, too.
    """
    yield f"{stack!r}".strip("<>")
    for name, made in stack.resources.items():
        if made.type in _SHOWN and name not in stack.left_out:
            yield f"  {name}: {made.physical_id}"
    for name, value in stack.outputs.items():
        yield f"  {name} = {value}{_local(world, value, origin)}"


def _local(world: World, value: object, origin: str) -> str:
    """Where on the server an address is, if the world answers there."""
    parts = urlsplit(value) if isinstance(value, str) and value.startswith("https://") else None
    if parts is None or parts.hostname is None or world.sites.find(parts.hostname) is None:
        return ""
    return f", here {sites.address(parts.hostname, origin)}{parts.path}"
