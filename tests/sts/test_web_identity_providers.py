"""The providers whose tokens begin sessions: Google, Facebook, Amazon, user pools, identity pools, those of IAM."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from pytest_cognito import Cognito
from pytest_cognito.providers.oidc import OIDC
from tests.support.refusals import Refusal, refusal
from tests.support.web_identities import DENIED, ISSUER, PROVIDER, Assume, trusting


def test_google_is_known_to_every_account(cognito: Cognito, assume_web: Assume) -> None:
    condition = {
        "StringEquals": {
            "accounts.google.com:aud": "my-app",
            "accounts.google.com:oaud": "my-app",
            "accounts.google.com:email": "ann@example.com",
        }
    }
    role = cognito.create_role("notes", trust=trusting("accounts.google.com", **condition))
    google = cognito.providers.google

    answer = assume_web(role, google.token("1", email="ann@example.com", audience="my-app"))

    assert (answer["Provider"], answer["SubjectFromWebIdentityToken"]) == ("accounts.google.com", "1")
    for token in (
        google.token("1", email="bob@example.com", audience="my-app"),
        google.token("1", email="ann@example.com", audience="their-app"),
    ):
        assert refusal(assume_web, role=role, token=token) == DENIED


@pytest.mark.parametrize(
    ("provider_id", "name", "key"),
    [("graph.facebook.com", "facebook", "id"), ("www.amazon.com", "amazon", "user_id")],
)
def test_access_tokens(cognito: Cognito, assume_web: Assume, provider_id: str, name: str, key: str) -> None:
    condition = {"StringEquals": {f"{provider_id}:app_id": "my-app", f"{provider_id}:{key}": "7"}}
    role = cognito.create_role("notes", trust=trusting(provider_id, **condition))
    idp = getattr(cognito.providers, name)
    token = idp.token("7", audience="my-app")

    answer = assume_web(role, token, ProviderId=provider_id)

    assert (answer["Provider"], answer["Audience"]) == (provider_id, "my-app")
    rejected = Refusal("IDPRejectedClaim", f"{provider_id} has rejected the token")
    for spoiled in (token.expired(), token.tampered()):
        assert refusal(assume_web, role=role, token=spoiled, ProviderId=provider_id) == rejected
    for other in (token.wrong_audience(), idp.token("8", audience="my-app")):
        assert refusal(assume_web, role=role, token=other, ProviderId=provider_id) == DENIED


def test_access_tokens_that_nobody_verifies(assume_web: Assume, web_role: Any) -> None:
    text = "graph.facebook.com could not be reached to verify the token"
    refused = refusal(assume_web, role=web_role, token="EAAB", ProviderId="graph.facebook.com")
    assert refused == Refusal("IDPCommunicationError", text)
    unknown = Refusal("ValidationError", "idp.example.com is not a supported identity provider")
    assert refusal(assume_web, role=web_role, token="EAAB", ProviderId="idp.example.com") == unknown


def test_a_user_pool_as_a_provider(cognito: Cognito, assume_web: Assume) -> None:
    pool = cognito.create_user_pool()
    client = pool.create_client()
    tokens = pool.create_user("alice").sign_in()
    provider = cognito.iam.create_oidc_provider(pool, client_ids=[client])
    role = cognito.create_role("notes", trust=provider)

    answer = assume_web(role, tokens.id_token)

    assert (answer["Audience"], answer["Provider"]) == (client.id, provider.arn)
    missing = Refusal("InvalidIdentityToken", "Missing a required claim: aud")
    assert refusal(assume_web, role=role, token=tokens.access_token) == missing


def test_an_identity_pool(cognito: Cognito, cognito_identity: Any, assume_web: Assume) -> None:
    pool_id = cognito_identity.create_identity_pool(
        IdentityPoolName="notes", AllowUnauthenticatedIdentities=True, AllowClassicFlow=True
    )["IdentityPoolId"]
    issuer = "cognito-identity.amazonaws.com"
    condition: dict[str, Any] = {
        "StringEquals": {f"{issuer}:aud": pool_id},
        "ForAnyValue:StringLike": {f"{issuer}:amr": "unauthenticated"},
    }
    role = cognito.create_role("guest", trust=trusting(issuer, **condition))
    identity_id = cognito_identity.get_id(IdentityPoolId=pool_id)["IdentityId"]
    token = cognito_identity.get_open_id_token(IdentityId=identity_id)["Token"]

    answer = assume_web(role, token)

    assert (answer["Provider"], answer["Audience"]) == (issuer, pool_id)
    assert answer["SubjectFromWebIdentityToken"] == identity_id
    place = token.rindex(".") + 5
    changed = f"{token[:place]}{'A' if token[place] != 'A' else 'B'}{token[place + 1 :]}"
    assert refusal(assume_web, role=role, token=changed).code == "InvalidIdentityToken"
    cognito.clock.advance(hours=1)
    assert refusal(assume_web, role=role, token=token).code == "ExpiredTokenException"


def test_a_provider_of_motos_iam(assume_web: Assume, idp: OIDC) -> None:
    import boto3
    from moto import mock_aws

    with mock_aws():
        iam = boto3.client("iam", region_name="us-east-1")
        iam.create_open_id_connect_provider(Url=ISSUER, ThumbprintList=["a" * 40], ClientIDList=["my-app"])
        trust = json.dumps(trusting(PROVIDER, StringEquals={"idp.example.com:aud": "my-app"}))
        made = iam.create_role(RoleName="moto", AssumeRolePolicyDocument=trust)["Role"]
        sts = boto3.client("sts", region_name="us-east-1")
        given = {"RoleArn": made["Arn"], "RoleSessionName": "session"}
        answer = sts.assume_role_with_web_identity(**given, WebIdentityToken=idp.token("7", audience="my-app"))

    assert answer["Provider"] == PROVIDER
    assert answer["AssumedRoleUser"]["AssumedRoleId"] == f"{made['RoleId']}:session"


def test_botocore_s_own_provider_of_credentials(
    cognito: Cognito, idp: OIDC, web_role: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text(idp.token("7", audience="my-app"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(file))
    monkeypatch.setenv("AWS_ROLE_ARN", web_role.arn)
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "worker")

    caller = boto3.Session(region_name="us-east-1").client("sts").get_caller_identity()

    assert caller["Arn"] == "arn:aws:sts::123456789012:assumed-role/notes/worker"
    assert [call.operation for call in cognito.calls if call.service == "sts"] == [
        "AssumeRoleWithWebIdentity",
        "GetCallerIdentity",
    ]
