"""What the tests of STS share: clients with some credentials, and what AssumeRole asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.providers.oidc import OIDC
from tests.support import web_identities
from tests.support.clients import client
from tests.support.refusals import Refusal

if TYPE_CHECKING:
    from types_boto3_sts import STSClient
    from types_boto3_sts.type_defs import CredentialsTypeDef

Assume = Callable[..., Any]
DEVELOPER = "arn:aws:iam::123456789012:user/testing"


def denied(principal: str, role_arn: str, action: str = "sts:AssumeRole") -> Refusal:
    """The error for a caller who may not assume a role."""
    return Refusal("AccessDenied", f"User: {principal} is not authorized to perform: {action} on resource: {role_arn}")


@pytest.fixture
def assume(cognito_sts: STSClient) -> Assume:
    """AssumeRole as the developer, with a session name and whatever a test gives."""

    def call(role: Any, *, by: Any = cognito_sts, **parameters: Any) -> Any:
        given = {"RoleArn": getattr(role, "arn", role), "RoleSessionName": "session", **parameters}
        return by.assume_role(**given)

    return call


@pytest.fixture
def as_session(cognito: Cognito) -> Callable[..., Any]:
    """A client with temporary credentials, of STS unless another service is named."""

    def make(credentials: CredentialsTypeDef, service: str = "sts", **changed: Any) -> Any:
        keys = {
            "aws_access_key_id": credentials["AccessKeyId"],
            "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials["SessionToken"],
        }
        return client(service, **{**keys, "region_name": cognito.region, **changed})

    return make


@pytest.fixture
def idp(cognito: Cognito) -> OIDC:
    return cognito.providers.oidc(web_identities.ISSUER)


@pytest.fixture
def web_role(cognito: Cognito, idp: OIDC) -> Any:
    """A role that trusts the provider, which the account knows, for the client ``my-app``."""
    provider = cognito.iam.create_oidc_provider(idp, client_ids=["my-app"])
    return cognito.create_role("notes", trust=provider)


@pytest.fixture
def assume_web(cognito_sts: Any) -> Callable[..., Any]:
    def call(role: Any, token: str, **parameters: Any) -> Any:
        given = {"RoleArn": getattr(role, "arn", role), "RoleSessionName": "session", "WebIdentityToken": token}
        return cognito_sts.assume_role_with_web_identity(**given, **parameters)

    return call
