"""Operations that a test maps to actions itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pytest_cognito.iam.actions.tables import Line, table
from pytest_cognito.iam.actions.templates import Template
from pytest_cognito.iam.records.mapped_calls import MAPPED_CALLS, MappedCall
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.world import Context

_ACTION: Final = re.compile(r"[a-z0-9-]+:[A-Za-z0-9]+")


def map_call(
    context: Context, service: str, operation: str, *, action: str, resource: str = "*", add: bool = False
) -> None:
    """Say which action on which resource an operation stands for. It stands over the tables, in this world.

    ``service`` and ``operation`` are boto3's names, ``operation`` as the API spells it: ``PublishBatch``. ``resource``
    is ``*``, an ARN, or a template of one. ``add`` says that the operation wants this beside what was mapped before.
    Raises `UsageError` for what can't be right.
    """
    _check_operation(service, operation)
    if _ACTION.fullmatch(action) is None:
        raise UsageError(f"action is a prefix and a name, such as 'sns:Publish'; not {action!r}")
    _check_resource(service, operation, resource)
    calls = context.table(MAPPED_CALLS)
    before = calls.get((service, operation)) if add else None
    calls.put(MappedCall(service, operation, (*(before.wanted if before else ()), (action, resource))))


def mapped_calls(context: Context, service: str, operation: str) -> tuple[Line, ...]:
    """What a test has said of an operation, for `describe_call`; nothing if it has said nothing."""
    call = context.table(MAPPED_CALLS).get((service, operation))
    if call is None:
        return ()
    known = table(service)
    keys = known.keys if known else {}
    return tuple(Line(action, (Template(resource),), keys=keys) for action, resource in call.wanted)


def _check_operation(service: str, operation: str) -> None:
    from botocore.exceptions import UnknownServiceError
    from botocore.session import get_session

    try:
        model = get_session().get_service_model(service)
    except UnknownServiceError:
        raise UsageError(f"the service is named as boto3.client names it, such as 'sns'; not {service!r}") from None
    if operation not in model.operation_names:
        raise UsageError(f"{service} has no operation {operation!r}: write it as the API does, such as 'PublishBatch'")


def _check_resource(service: str, operation: str, resource: str) -> None:
    from botocore.session import get_session

    try:
        template = Template(resource)
    except ValueError as error:
        raise UsageError(
            f"{error}. Parameters of the call stand in braces: 'arn:aws:sns:us-east-1:{{account}}:{{Name}}'"
        ) from None
    if resource != "*" and not resource.startswith(("arn:", "{")):
        raise UsageError(f"resource is '*', or an ARN with parameters of the call in braces; not {resource!r}")
    shape = get_session().get_service_model(service).operation_model(operation).input_shape
    members = list(shape.members) if shape is not None else []
    for path in template.parameters:
        if path.split(".")[0] not in members:
            raise UsageError(f"{operation} of {service} has no parameter {path!r}; it has {', '.join(members)}")
