"""Whether the policy of a function lets a service invoke it.

Lambda has such a policy for each function, version and alias. A template writes a statement of it as an
``AWS::Lambda::Permission``. A function that a test has registered by itself has none, and anybody invokes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pytest_cognito.http import hosts
from pytest_cognito.lambda_functions.records import FUNCTIONS, PERMISSIONS, LambdaFunction, Permission, split
from pytest_cognito.world import Context

ACCESS_DENIED = "AccessDeniedException"
"""The code with which Lambda refuses who may not invoke a function."""
_ACTIONS = ("lambda:invokefunction", "lambda:*", "*")


class Invoker(NamedTuple):
    """A ``service`` that invokes a function, ``cognito-idp``, and the resource for which it does."""

    service: str
    source_arn: str

    @property
    def principal(self) -> str:
        return hosts.service_principal(self.service)

    @property
    def source_account(self) -> str:
        return self.source_arn.split(":")[4]


def deployed(context: Context, arn: str) -> LambdaFunction | None:
    """What is known of the function of an ARN, if a template has made it. No step may be open."""
    if not context.world.store.has_any(FUNCTIONS.name):
        return None
    with context.world.handle_step("lambda") as inner:
        return known(inner, arn)


def known(context: Context, arn: str) -> LambdaFunction | None:
    """What is known of the function of an ARN, if a template has made it."""
    return context.table(FUNCTIONS).get(split(arn)[0])


def refusal(context: Context, arn: str, invoker: Invoker) -> str | None:
    """Why a service may not invoke a function; None if it may. No step may be open."""
    if not context.world.store.has_any(FUNCTIONS.name):
        return None
    function_arn, qualifier = split(arn)
    with context.world.handle_step("lambda") as inner:
        function, permissions = known(inner, arn), inner.table(PERMISSIONS).owned(FUNCTIONS, function_arn)
    if function is None:
        return None
    reasons = {one.statement_id: list(_mismatches(one, qualifier, invoker)) for one in permissions}
    if any(not reason for reason in reasons.values()):
        return None
    return _told(function, qualifier, invoker, reasons)


def _mismatches(permission: Permission, qualifier: str, invoker: Invoker) -> Iterator[str]:
    """What of a statement is about something else."""
    if permission.qualifier != qualifier:
        yield f"is about {permission.qualifier or 'the function without a qualifier'}"
    if permission.action.lower() not in _ACTIONS:
        yield f"allows {permission.action}"
    if permission.principal not in ("*", invoker.principal):
        yield f"has Principal {permission.principal}"
    if permission.source_arn is not None and not arn_like(permission.source_arn, invoker.source_arn):
        yield f"has SourceArn {permission.source_arn}"
    if permission.source_account not in (None, invoker.source_account):
        yield f"has SourceAccount {permission.source_account}"
    if permission.event_source_token is not None:
        yield "has an EventSourceToken"


def arn_like(pattern: str, arn: str) -> bool:
    """Whether an ARN is like a pattern, as ``ArnLike`` has it: ``*`` and ``?`` stay within one of the six parts."""
    patterns, parts = pattern.split(":", 5), arn.split(":", 5)
    return len(patterns) == len(parts) and all(map(_glob, patterns, parts))


def _glob(pattern: str, text: str) -> bool:
    translated = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(translated, text, re.DOTALL) is not None


def _told(function: LambdaFunction, qualifier: str, invoker: Invoker, reasons: dict[str, list[str]]) -> str:
    named = f"{function.logical_id}:{qualifier}" if qualifier else function.logical_id
    others = "".join(f" {name} {' and '.join(why)}." for name, why in reasons.items())
    return (
        f"was not invoked: {ACCESS_DENIED}. No AWS::Lambda::Permission of {named} lets {invoker.principal} invoke it "
        f"for {invoker.source_arn}.{others} Add one with FunctionName: {named}, Action: lambda:InvokeFunction, "
        f"Principal: {invoker.principal}, SourceArn: the ARN of what invokes it"
    )
