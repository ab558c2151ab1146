"""Roles, who assumes them, and who makes a call."""

from __future__ import annotations

from tests.conformance.scenarios.common import scenario
from tests.conformance.transport import Transport
from tests.support.policies import trusting

DENIED = "AccessDenied"
SESSION = {"RoleSessionName": "session", "service": "sts"}


@scenario
def roles(transport: Transport) -> None:
    role = transport.cognito.create_role("app", max_session_duration=7200).arn
    tags = [{"Key": "team", "Value": "notes"}]
    transport.call("AssumeRole", RoleArn=role, **SESSION)
    transport.call("AssumeRole", RoleArn=role, DurationSeconds=7200, Tags=tags, TransitiveTagKeys=["team"], **SESSION)
    transport.refused("AssumeRole", DENIED, RoleArn=f"{role}s", **SESSION)
    transport.refused("AssumeRole", "ValidationError", RoleArn=role, DurationSeconds=7201, **SESSION)
    transport.refused("AssumeRole", "ValidationError", RoleArn="arn:aws:iam::1:role/app", **SESSION)
    transport.refused("AssumeRole", "InvalidParameterValue", RoleArn=role, Tags=tags * 2, **SESSION)
    transport.refused("AssumeRole", "MalformedPolicyDocument", RoleArn=role, Policy="{", **SESSION)
    transport.refused("AssumeRole", "PackedPolicyTooLarge", RoleArn=role, Policy=_long(), **SESSION)
    transport.refused("AssumeRole", "InvalidContextAssertion", RoleArn=role, ProvidedContexts=_context(), **SESSION)
    stranger = transport.cognito.create_role("other", trusting("999999999999")).arn
    transport.refused("AssumeRole", DENIED, RoleArn=stranger, **SESSION)


@scenario
def callers(transport: Transport) -> None:
    transport.call("GetCallerIdentity", service="sts")


def _long() -> str:
    names = ", ".join(f'"arn:aws:s3:::notes/{number}"' for number in range(100))
    return f'{{"Statement": {{"Effect": "Allow", "Action": "s3:*", "Resource": [{names}]}}}}'


def _context() -> list[dict[str, str]]:
    return [{"ProviderArn": "arn:aws:iam::aws:contextProvider/IdentityCenter", "ContextAssertion": "made up"}]
