"""Sessions that do not begin with a role, and what STS says of callers and their calls."""

from __future__ import annotations

import json
from typing import Any

from tests.conformance.scenarios.common import scenario, scenario_with
from tests.conformance.transport import Transport
from tests.support.policies import allowing

STS = {"service": "sts"}
DENIED = "AccessDenied"
INVALID = "ValidationError"
POLICY = json.dumps(allowing("s3:*"))
LONG = json.dumps(allowing(*(f"s3:{number}" for number in range(180))))
TAGS = [{"Key": "team", "Value": "notes"}]


@scenario
def session_tokens(transport: Transport) -> None:
    transport.call("GetSessionToken", **STS)
    transport.call("GetSessionToken", DurationSeconds=900, **STS)
    transport.refused("GetSessionToken", INVALID, DurationSeconds=129_601, **STS)
    transport.refused("GetSessionToken", INVALID, TokenCode="123456", **STS)
    mfa = {"SerialNumber": "arn:aws:iam::123456789012:mfa/nobody", "TokenCode": "123456"}
    transport.refused("GetSessionToken", DENIED, **mfa, **STS)


@scenario
def federation_tokens(transport: Transport) -> None:
    transport.call("GetFederationToken", Name="bob", **STS)
    transport.call("GetFederationToken", Name="bob", Policy=POLICY, Tags=TAGS, DurationSeconds=900, **STS)
    transport.refused("GetFederationToken", INVALID, Name="bob smith", **STS)
    transport.refused("GetFederationToken", "MalformedPolicyDocument", Name="bob", Policy="{", **STS)
    arns = [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}] * 10
    transport.refused("GetFederationToken", "PackedPolicyTooLarge", Name="bob", Policy=LONG, PolicyArns=arns, **STS)
    transport.refused("GetFederationToken", "InvalidParameterValue", Name="bob", Tags=TAGS * 2, **STS)


@scenario
def access_keys(transport: Transport) -> None:
    key = transport.cognito.iam.create_user("alice").access_key_id
    transport.call("GetAccessKeyInfo", AccessKeyId=key, **STS)
    transport.refused("GetAccessKeyInfo", INVALID, AccessKeyId="AKIAIOSFODNN7EXAMPLE", **STS)


@scenario
def authorization_messages(transport: Transport) -> None:
    decision = transport.cognito.create_role("app").assume().can("ec2:StopInstances", "*")
    message = transport.cognito.iam.encode_authorization_message(decision)
    transport.call("DecodeAuthorizationMessage", EncodedMessage=message, **STS)
    invalid = "InvalidAuthorizationMessageException"
    transport.refused("DecodeAuthorizationMessage", invalid, EncodedMessage=f"{message}A", **STS)


@scenario
def root_users(transport: Transport) -> None:
    def task(name: str) -> dict[str, Any]:
        return {"TaskPolicyArn": {"arn": f"arn:aws:iam::aws:policy/root-task/{name}"}, **STS}

    member, own = "222222222222", "123456789012"
    transport.call("AssumeRoot", TargetPrincipal=member, **task("S3UnlockBucketPolicy"))
    transport.refused("AssumeRoot", INVALID, TargetPrincipal=member, **task("Everything"))
    transport.refused("AssumeRoot", INVALID, TargetPrincipal="the root user", **task("S3UnlockBucketPolicy"))
    transport.refused("AssumeRoot", DENIED, TargetPrincipal=own, **task("S3UnlockBucketPolicy"))


@scenario_with("GetWebIdentityToken")
def web_identity_tokens(transport: Transport) -> None:
    def asked(**changed: Any) -> dict[str, Any]:
        return {"Audience": ["api"], "SigningAlgorithm": "RS256", **STS, **changed}

    disabled = "OutboundWebIdentityFederationDisabledException"
    transport.refused("GetWebIdentityToken", disabled, **asked())
    transport.cognito.iam.enable_outbound_web_identity_federation()
    transport.call("GetWebIdentityToken", **asked(Tags=TAGS, DurationSeconds=60))
    transport.refused("GetWebIdentityToken", INVALID, **asked(SigningAlgorithm="HS256"))
    large = [{"Key": f"{number:0128}", "Value": "v" * 256} for number in range(50)]
    transport.refused("GetWebIdentityToken", "JWTPayloadSizeExceededException", **asked(Tags=large))


@scenario_with("GetDelegatedAccessToken")
def delegated_access(transport: Transport) -> None:
    role = transport.cognito.create_role("app")
    token = transport.cognito.iam.create_delegation_token(role, [allowing("s3:*")], duration=60)
    transport.call("GetDelegatedAccessToken", TradeInToken=token, **STS)
    transport.refused("GetDelegatedAccessToken", DENIED, TradeInToken="made up", **STS)
    transport.cognito.clock.advance(minutes=1)
    transport.refused("GetDelegatedAccessToken", "ExpiredTradeInTokenException", TradeInToken=token, **STS)


@scenario_with("GetScopedCredentials")
def scoped_credentials(transport: Transport) -> None:
    transport.refused("GetScopedCredentials", "InvalidSubjectCredentials", DurationSeconds=60, **STS)
    own = [allowing("sts:*")]
    given = transport.cognito.create_role("app", policies=own).assume()
    by_session = transport.signed_by(given)
    by_session.call("GetScopedCredentials", Policy=POLICY, **STS)
    by_session.call("GetScopedCredentials", DurationSeconds=60, **STS)
    by_session.refused("GetScopedCredentials", INVALID, **STS)
    by_session.refused("GetScopedCredentials", "MalformedPolicyDocument", Policy="{", **STS)
    by_session.refused("GetScopedCredentials", "InsufficientSessionLifetime", DurationSeconds=7200, **STS)
