"""Sign-in with a password: flows and their permissions, secret hashes, the order of checks, who may know what."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pytest_cognito.kernel.usage import Unsupported
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, begin_as_admin, sign_in

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
NO_USER = ("UserNotFoundException", "User does not exist.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
RESET = ("PasswordResetRequiredException", "Password reset required for the user")
UNCONFIRMED = ("UserNotConfirmedException", "User is not confirmed.")
ALL_FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def no_client(client_id: str) -> tuple[str, str]:
    return "ResourceNotFoundException", f"User pool client {client_id} does not exist."


def parameter(message: str) -> tuple[str, str]:
    return "InvalidParameterException", message


# What a sign-in gives


def test_a_password_gives_tokens(cognito_idp: Any, pool: Any) -> None:
    answer = begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)
    answer.pop("ResponseMetadata")
    result = answer.pop("AuthenticationResult")
    assert answer == {"ChallengeParameters": {}}
    assert set(result) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_administrators_server_signs_in_with_a_password(cognito_idp: Any, pool: Any, flow: str) -> None:
    answer = begin_as_admin(cognito_idp, pool.id, pool.client.id, flow, USERNAME="alice", PASSWORD=PASSWORD)
    assert answer["ChallengeParameters"] == {}
    assert "RefreshToken" in answer["AuthenticationResult"]


def test_no_aws_credentials_are_needed(pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    client = boto3.client("cognito-idp", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
    assert "IdToken" in sign_in(client, pool.client.id)


# Flows and clients


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
        ("CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."),
        ("USER_AUTH", "USER_AUTH is not enabled for the client."),
        ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH is not enabled for the client."),
        ("REFRESH_TOKEN", "REFRESH_TOKEN_AUTH is not enabled for the client."),
        ("ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported."),
        ("ADMIN_NO_SRP_AUTH", "Initiate Auth method not supported."),
    ],
)
def test_a_flow_that_the_client_lacks_is_refused(cognito_idp: Any, pool: Any, flow: str, message: str) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    assert refusal(
        begin, idp=cognito_idp, client_id=client.id, flow=flow, USERNAME="alice", PASSWORD=PASSWORD
    ) == parameter(message)


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_admin_flow_that_the_client_lacks_is_refused(cognito_idp: Any, pool: Any, flow: str) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    call = {"pool_id": pool.id, "client_id": client.id, "flow": flow, "USERNAME": "alice", "PASSWORD": PASSWORD}
    assert refusal(begin_as_admin, idp=cognito_idp, **call) == parameter("Auth flow not enabled for this client")


def test_a_flow_is_refused_before_parameters_are_missed(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    assert refusal(cognito_idp.initiate_auth, ClientId=client.id, AuthFlow="USER_PASSWORD_AUTH") == parameter(
        "USER_PASSWORD_AUTH flow not enabled for this client"
    )


@pytest.mark.parametrize(
    ("legacy", "flow"), [("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"), ("ADMIN_NO_SRP_AUTH", "ADMIN_NO_SRP_AUTH")]
)
def test_the_legacy_names_of_flows_allow_them(cognito_idp: Any, pool: Any, legacy: str, flow: str) -> None:
    client = pool.create_client(ExplicitAuthFlows=[legacy])
    if flow.startswith("ADMIN"):
        answer = begin_as_admin(cognito_idp, pool.id, client.id, flow, USERNAME="alice", PASSWORD=PASSWORD)
    else:
        answer = begin(cognito_idp, client.id, flow, USERNAME="alice", PASSWORD=PASSWORD)
    assert "IdToken" in answer["AuthenticationResult"]


def test_an_unknown_flow_is_a_validation_error(cognito_idp: Any, pool: Any) -> None:
    code, message = refusal(cognito_idp.initiate_auth, ClientId=pool.client.id, AuthFlow="MAGIC")
    assert code == "InvalidParameterException"
    assert message.startswith(
        "1 validation error detected: Value 'MAGIC' at 'authFlow' failed to satisfy constraint: "
        "Member must satisfy enum value set: ["
    )


def test_custom_auth_needs_its_triggers(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(ExplicitAuthFlows=ALL_FLOWS)
    assert refusal(begin, idp=cognito_idp, client_id=client.id, flow="CUSTOM_AUTH", USERNAME="alice") == parameter(
        "Custom auth lambda trigger is not configured for the user pool."
    )


@pytest.mark.parametrize(
    ("given", "missing"),
    [({}, "USERNAME"), ({"PASSWORD": PASSWORD}, "USERNAME"), ({"USERNAME": "alice"}, "PASSWORD")],
)
def test_a_missing_parameter_is_named(cognito_idp: Any, pool: Any, given: dict[str, str], missing: str) -> None:
    expected = parameter(f"Missing required parameter {missing}")
    assert refusal(begin, idp=cognito_idp, client_id=pool.client.id, **given) == expected
    assert refusal(begin_as_admin, idp=cognito_idp, pool_id=pool.id, client_id=pool.client.id, **given) == expected


@pytest.mark.parametrize(("flow", "missing"), [("USER_SRP_AUTH", "SRP_A"), ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN")])
def test_what_another_flow_needs_is_named(cognito_idp: Any, pool: Any, flow: str, missing: str) -> None:
    assert refusal(begin, idp=cognito_idp, client_id=pool.client.id, flow=flow, USERNAME="alice") == parameter(
        f"Missing required parameter {missing}"
    )


def test_auth_parameters_may_be_left_out_as_a_whole(cognito_idp: Any, pool: Any) -> None:
    assert refusal(cognito_idp.initiate_auth, ClientId=pool.client.id, AuthFlow="USER_PASSWORD_AUTH") == parameter(
        "Missing required parameter USERNAME"
    )


def test_an_unknown_client_is_refused(cognito_idp: Any, pool: Any) -> None:
    assert refusal(begin, idp=cognito_idp, client_id="nobody", USERNAME="alice") == no_client("nobody")


def test_a_client_of_another_pool_is_refused(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    other = cognito.create_user_pool().create_client()
    assert refusal(begin_as_admin, idp=cognito_idp, pool_id=pool.id, client_id=other.id, USERNAME="alice") == no_client(
        other.id
    )


def test_an_unknown_pool_is_refused(cognito_idp: Any, pool: Any) -> None:
    assert refusal(
        begin_as_admin, idp=cognito_idp, pool_id="us-east-1_Nothing00", client_id=pool.client.id, USERNAME="alice"
    ) == ("ResourceNotFoundException", "User pool us-east-1_Nothing00 does not exist.")


def test_a_client_is_not_found_from_another_region(pool: Any) -> None:
    import boto3

    abroad = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(begin, idp=abroad, client_id=pool.client.id, USERNAME="alice") == no_client(pool.client.id)


# What AWS does and is not built yet says so


@pytest.mark.parametrize("flow", ["CUSTOM_AUTH", "USER_AUTH"])
def test_a_flow_that_is_not_built_is_not_faked(cognito: Any, cognito_idp: Any, flow: str) -> None:
    triggers = {
        name: _arn(name) for name in ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    }
    pool = cognito.create_user_pool(LambdaConfig=triggers)
    client = pool.create_client(ExplicitAuthFlows=ALL_FLOWS)
    with pytest.raises(Unsupported, match=f"does not answer the flow {flow} yet; nothing was sent to AWS"):
        begin(cognito_idp, client.id, flow, USERNAME="alice")


def _arn(name: str) -> str:
    return f"arn:aws:lambda:us-east-1:123456789012:function:{name}"


# Secret hashes


@pytest.fixture
def confidential(pool: Any) -> Any:
    return pool.create_client(GenerateSecret=True)


def test_the_hash_of_the_name_as_sent_is_needed(cognito_idp: Any, pool: Any, confidential: Any) -> None:
    answer = begin(
        cognito_idp,
        confidential.id,
        USERNAME="alice",
        PASSWORD=PASSWORD,
        SECRET_HASH=confidential.secret_hash("alice"),
    )
    assert "IdToken" in answer["AuthenticationResult"]


def test_the_hash_of_an_alias_is_of_the_alias(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    client = pool.create_client(GenerateSecret=True)
    pool.create_user("alice", email="alice@example.com")
    call = {"client_id": client.id, "USERNAME": "alice@example.com", "PASSWORD": PASSWORD}
    answer = begin(cognito_idp, **call, SECRET_HASH=client.secret_hash("alice@example.com"))
    assert "IdToken" in answer["AuthenticationResult"]
    assert refusal(begin, idp=cognito_idp, **call, SECRET_HASH=client.secret_hash("alice")) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {client.id}",
    )


@pytest.mark.parametrize("given", [{"USERNAME": "alice", "PASSWORD": PASSWORD}, {}])
def test_a_missing_hash_is_refused(cognito_idp: Any, pool: Any, confidential: Any, given: dict[str, str]) -> None:
    expected = (
        "NotAuthorizedException",
        f"Client {confidential.id} is configured with secret but SECRET_HASH was not received",
    )
    assert refusal(begin, idp=cognito_idp, client_id=confidential.id, **given) == expected
    assert refusal(begin_as_admin, idp=cognito_idp, pool_id=pool.id, client_id=confidential.id, **given) == expected


def test_a_wrong_hash_is_refused_before_anything_of_the_user_is_told(cognito_idp: Any, confidential: Any) -> None:
    assert refusal(
        begin, idp=cognito_idp, client_id=confidential.id, USERNAME="nobody", PASSWORD="x", SECRET_HASH="bm8="
    ) == ("NotAuthorizedException", f"Unable to verify secret hash for client {confidential.id}")


def test_a_hash_for_a_client_without_a_secret_is_refused(cognito_idp: Any, pool: Any, confidential: Any) -> None:
    assert refusal(
        begin,
        idp=cognito_idp,
        client_id=pool.client.id,
        USERNAME="alice",
        PASSWORD=PASSWORD,
        SECRET_HASH=confidential.secret_hash("alice"),
    ) == ("NotAuthorizedException", f"Unable to verify secret hash for client {pool.client.id}")


# Users and their states


def test_a_wrong_password_is_refused(cognito_idp: Any, pool: Any) -> None:
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password="wrong") == INCORRECT


def test_a_disabled_user_is_told_so_whatever_the_password(cognito_idp: Any, pool: Any) -> None:
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    for password in (PASSWORD, "wrong"):
        assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password=password) == DISABLED
    cognito_idp.admin_enable_user(UserPoolId=pool.id, Username="alice")
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_a_user_whose_password_was_reset_is_sent_to_the_reset(cognito_idp: Any, pool: Any, password: str) -> None:
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password=password) == RESET


def test_an_unconfirmed_user_learns_it_only_with_the_right_password(cognito_idp: Any, pool: Any) -> None:
    cognito_idp.sign_up(ClientId=pool.client.id, Username="bob", Password=PASSWORD)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="bob") == UNCONFIRMED
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="bob", password="no") == INCORRECT


@pytest.mark.parametrize(("days", "expires"), [(None, 7), (2, 2)])
def test_a_temporary_password_expires(cognito: Any, cognito_idp: Any, days: int | None, expires: int) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 8} | ({"TemporaryPasswordValidityDays": days} if days else {})}
    pool = cognito.create_user_pool(Policies=policy)
    pool.create_client()
    cognito_idp.admin_create_user(
        UserPoolId=pool.id, Username="bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
    )
    call = {"client_id": pool.client.id, "USERNAME": "bob", "PASSWORD": PASSWORD}
    cognito.clock.advance(days=expires, seconds=-5)
    assert begin(cognito_idp, **call)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito.clock.advance(seconds=5)
    assert refusal(begin, idp=cognito_idp, **call) == (
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
    )


# PreventUserExistenceErrors


@pytest.fixture
def discreet(pool: Any) -> Any:
    return pool.create_client(PreventUserExistenceErrors="ENABLED")


@pytest.fixture
def revealing(pool: Any) -> Any:
    return pool.create_client(PreventUserExistenceErrors="LEGACY")


def test_an_unknown_user_is_told_by_default(cognito_idp: Any, pool: Any, revealing: Any) -> None:
    for client in (pool.client, revealing):
        assert refusal(sign_in, idp=cognito_idp, client_id=client.id, username="nobody") == NO_USER


def test_an_unknown_user_is_hidden(cognito_idp: Any, pool: Any, discreet: Any) -> None:
    assert refusal(sign_in, idp=cognito_idp, client_id=discreet.id, username="nobody") == INCORRECT


def test_an_administrators_sign_in_follows_the_client_too(
    cognito_idp: Any, pool: Any, discreet: Any, revealing: Any
) -> None:
    call = {"pool_id": pool.id, "USERNAME": "nobody", "PASSWORD": PASSWORD}
    assert refusal(begin_as_admin, idp=cognito_idp, client_id=discreet.id, **call) == INCORRECT
    assert refusal(begin_as_admin, idp=cognito_idp, client_id=revealing.id, **call) == NO_USER


def test_that_a_user_is_disabled_is_told_only_to_who_knows_the_password(
    cognito_idp: Any, pool: Any, discreet: Any
) -> None:
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(sign_in, idp=cognito_idp, client_id=discreet.id) == DISABLED
    assert refusal(sign_in, idp=cognito_idp, client_id=discreet.id, password="wrong") == INCORRECT


def test_that_a_password_was_reset_is_told_only_to_who_knows_it(cognito_idp: Any, pool: Any, discreet: Any) -> None:
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    assert refusal(sign_in, idp=cognito_idp, client_id=discreet.id) == RESET
    assert refusal(sign_in, idp=cognito_idp, client_id=discreet.id, password="wrong") == INCORRECT


# Names to sign in with


@pytest.mark.parametrize("name", ["alice", "alice@example.com", "+15555550100"])
def test_a_verified_alias_signs_in(cognito: Any, cognito_idp: Any, name: str) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email", "phone_number"])
    pool.create_user("alice", email="alice@example.com", phone_number="+15555550100")
    result = sign_in(cognito_idp, pool.client.id, name)
    assert cognito_idp.get_user(AccessToken=result["AccessToken"])["Username"] == "alice"


def test_an_alias_that_is_not_verified_does_not_sign_in(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    pool.create_user("alice", email="alice@example.com", email_verified="false")
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="alice@example.com") == NO_USER


def test_an_attribute_that_is_no_alias_does_not_sign_in(cognito_idp: Any, pool: Any) -> None:
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="alice@example.com") == NO_USER


def test_a_username_attribute_signs_in_and_so_does_the_sub(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    alice = pool.create_user("alice@example.com")
    for name in ("alice@example.com", alice.sub):
        result = sign_in(cognito_idp, pool.client.id, name)
        assert cognito_idp.get_user(AccessToken=result["AccessToken"])["Username"] == alice.sub


def test_names_of_a_case_insensitive_pool(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": False})
    pool.create_user("Alice", email="alice@example.com")
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, "ALICE")


def test_names_of_a_case_sensitive_pool(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": True})
    pool.create_user("Alice", email="alice@example.com")
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="alice") == NO_USER


def test_the_refresh_token_has_the_form_of_cognitos(cognito_idp: Any, pool: Any) -> None:
    token = sign_in(cognito_idp, pool.client.id)["RefreshToken"]
    assert token.startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.")
    assert re.fullmatch(r"([A-Za-z0-9_-]+\.){4}[A-Za-z0-9_-]+", token)
    assert 1700 <= len(token) <= 1800
