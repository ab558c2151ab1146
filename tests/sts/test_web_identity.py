"""AssumeRoleWithWebIdentity: whose tokens begin a session of a role, and with what."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
import requests
import responses
from botocore.client import BaseClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.oidc import OIDC
from tests.support.refusals import Refusal, refusal
from tests.support.web_identities import DENIED, ISSUER, PROVIDER, Assume, trusting

KEY = Refusal(
    "InvalidIdentityToken",
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
    "documentation for requirements",
)


def test_a_provider_of_the_account(assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    answer = assume_web(web_role, idp.token("7", audience="my-app"))

    assert answer["SubjectFromWebIdentityToken"] == "7"
    assert (answer["Provider"], answer["Audience"]) == (PROVIDER, "my-app")
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/notes/session"
    assert answer["AssumedRoleUser"]["AssumedRoleId"] == f"{web_role.id}:session"
    assert answer["Credentials"]["AccessKeyId"].startswith("ASIA")
    assert "PackedPolicySize" not in answer
    assert "SourceIdentity" not in answer


def test_the_call_needs_no_signature(cognito: Cognito, idp: OIDC, web_role: Any) -> None:
    from botocore import UNSIGNED
    from botocore.config import Config
    from botocore.session import Session

    client: BaseClient = Session().create_client(
        "sts", region_name="us-east-1", config=Config(signature_version=UNSIGNED)
    )
    token = idp.token("7", audience="my-app")
    given = {"RoleArn": web_role.arn, "RoleSessionName": "session", "WebIdentityToken": token}

    assert client.assume_role_with_web_identity(**given)["Audience"] == "my-app"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("spoil", "refused"),
    [
        ("tampered", Refusal("InvalidIdentityToken", "Couldn't verify signed token")),
        ("unsigned", Refusal("InvalidIdentityToken", "The algorithm of the token is not supported")),
        ("wrong_signer", Refusal("InvalidIdentityToken", "Couldn't verify signed token")),
        ("wrong_audience", Refusal("InvalidIdentityToken", "Incorrect token audience")),
        (
            "wrong_issuer",
            Refusal(
                "InvalidIdentityToken",
                "No OpenIDConnect provider found in your account for https://another.example.com",
            ),
        ),
    ],
)
def test_a_spoiled_token(assume_web: Assume, idp: OIDC, web_role: Any, spoil: str, refused: Refusal) -> None:
    token = idp.token("7", audience="my-app")

    assert refusal(assume_web, role=web_role, token=getattr(token, spoil)()) == refused


def test_an_expired_token(cognito: Cognito, assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    token = idp.token("7", audience="my-app")
    expires = token.claims["exp"]
    cognito.clock.advance(seconds=3600 + 299)
    assert assume_web(web_role, token)["Audience"] == "my-app"
    cognito.clock.advance(seconds=2)

    code, message = refusal(assume_web, role=web_role, token=token)

    assert code == "ExpiredTokenException"
    assert message.startswith("Token expired: current date/time ")
    assert message.endswith(f" must be before the expiration date/time {expires}")


def test_what_is_no_id_token(assume_web: Assume, web_role: Any) -> None:
    text = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"

    assert refusal(assume_web, role=web_role, token="EAAB-x") == Refusal("InvalidIdentityToken", text)


@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), max_examples=15)
def test_a_changed_token_begins_no_session(data: st.DataObject, assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    token = str(idp.token("7", audience="my-app"))
    place = data.draw(st.integers(0, len(token) - 3))
    letter = data.draw(st.sampled_from("Ab9-_"))
    if letter != token[place]:
        changed = f"{token[:place]}{letter}{token[place + 1 :]}"
        assert refusal(assume_web, role=web_role, token=changed).code == "InvalidIdentityToken"


def test_a_provider_that_is_not_there(assume_web: Assume, cognito: Cognito, idp: OIDC, web_role: Any) -> None:
    token = idp.token("7", audience="my-app")
    idp.fail("jwks", status=503)
    assert refusal(assume_web, role=web_role, token=token) == KEY

    with responses.RequestsMock() as stubs:
        stubs.get("https://other.example.com/.well-known/openid-configuration", body=requests.ConnectionError())
        provider = cognito.iam.create_oidc_provider("https://other.example.com", ["my-app"])
        other = cognito.create_role("other", trust=provider)
        claims = {**token.claims, "iss": "https://other.example.com"}
        assert refusal(assume_web, role=other, token=jwt.encode(claims, idp.key.private, "RS256")) == KEY


def test_whom_a_role_trusts(cognito: Cognito, assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    only = {"StringEquals": {"idp.example.com:aud": "my-app", "idp.example.com:sub": "7"}}
    strict = cognito.create_role("strict", trust=trusting(PROVIDER, **only))
    stranger = cognito.create_role("stranger", trust="arn:aws:iam::123456789012:oidc-provider/x.example.com")

    assert assume_web(strict, idp.token("7", audience="my-app"))["SubjectFromWebIdentityToken"] == "7"
    for refused in (strict, stranger, f"{web_role.arn}-2"):
        assert refusal(assume_web, role=refused, token=idp.token("8", audience="my-app")) == DENIED


def test_a_role_of_another_form(assume_web: Assume, idp: OIDC) -> None:
    arn = "arn:aws:iam::123456789012:user/notes"

    assert refusal(assume_web, role=arn, token=idp.token("7")) == Refusal("ValidationError", f"{arn} is invalid")


def test_durations_and_session_policies(assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    token = idp.token("7", audience="my-app")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})

    assert 0 < assume_web(web_role, token, Policy=policy, DurationSeconds=900)["PackedPolicySize"] <= 100
    too_long = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    refused = refusal(assume_web, role=web_role, token=token, DurationSeconds=3601)
    assert refused == Refusal("ValidationError", too_long)
    assert refusal(assume_web, role=web_role, token=token, Policy="{}").code == "MalformedPolicyDocument"


@pytest.mark.parametrize("issuer", ["idp.example.com", 7, "https://idp.example.com?x=1"])
def test_what_is_no_issuer(cognito: Cognito, issuer: Any) -> None:
    with pytest.raises(UsageError, match=r"issuer is cognito\.providers\.oidc"):
        cognito.iam.create_oidc_provider(issuer)
    with pytest.raises(UsageError, match=r"write client_ids=\['my-app'\]"):
        cognito.iam.create_oidc_provider(ISSUER, client_ids="my-app")
