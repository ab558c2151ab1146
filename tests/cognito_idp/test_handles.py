"""The objects that a test holds: pools, clients, users, tokens, and what they arrange."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
import requests

from pytest_cognito import mock_cognito
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.kernel.usage import UsageError
from tests.support.refusals import refusal
from tests.support.sign_ins import part, sign_in

FIXED = "eu-west-1_Fixed0001"


@pytest.fixture
def pool(cognito: Any) -> Any:
    return cognito.create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])


# Pools and clients


def test_a_pool_is_made_as_boto3_makes_it(cognito_idp: Any, pool: Any) -> None:
    described = cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert (pool.name, pool.arn, pool.region) == ("app", described["Arn"], "us-east-1")
    assert described["AutoVerifiedAttributes"] == ["email"]


def test_a_pool_says_where_its_tokens_come_from(pool: Any) -> None:
    assert pool.issuer == f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
    assert pool.jwks_uri == f"{pool.issuer}/.well-known/jwks.json"


def test_a_pool_in_another_region(cognito: Any) -> None:
    pool = cognito.create_user_pool(region="eu-west-1")
    assert pool.id.startswith("eu-west-1_")
    assert pool not in cognito.pools
    pool.create_user("alice")
    assert part(pool.user("alice").sign_in().id_token)["iss"] == pool.issuer


def test_the_pools_of_the_region(cognito: Any, pool: Any) -> None:
    other = cognito.create_user_pool()
    assert [one.id for one in cognito.pools] == [pool.id, other.id]


def test_the_first_client_is_made_when_it_is_asked_for(pool: Any) -> None:
    assert pool.clients == []
    client = pool.client
    assert pool.client.id == client.id
    assert client.secret is None
    assert "ALLOW_USER_PASSWORD_AUTH" in client.flows


def test_a_client_as_boto3_makes_it(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(ClientName="web", GenerateSecret=True, IdTokenValidity=2)
    described = cognito_idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=client.id)["UserPoolClient"]
    assert (client.name, client.secret) == ("web", described["ClientSecret"])
    assert described["IdTokenValidity"] == 2


def test_a_client_without_a_secret_has_no_hash(pool: Any) -> None:
    with pytest.raises(LookupError, match="has no secret"):
        pool.client.secret_hash("alice")


def test_errors_of_the_handles_are_awss(cognito: Any, pool: Any) -> None:
    with pytest.raises(AWSError, match="UserNotFoundException: User does not exist"):
        pool.user("nobody")
    with pytest.raises(AWSError, match="InvalidParameterException"):
        cognito.create_user_pool(MfaConfiguration="MAYBE")


def test_a_handle_of_what_is_gone_says_so(cognito_idp: Any, pool: Any) -> None:
    alice, client = pool.create_user("alice"), pool.client
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    cognito_idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
    with pytest.raises(LookupError, match="alice is no longer"):
        _ = alice.status
    with pytest.raises(LookupError, match="no longer exists"):
        _ = client.name
    cognito_idp.delete_user_pool(UserPoolId=pool.id)
    with pytest.raises(LookupError, match="no longer exists"):
        _ = pool.name


# Users


def test_a_user_is_ready_to_sign_in(cognito: Any, pool: Any) -> None:
    alice = pool.create_user("alice", email="alice@example.com", groups=["admins"])
    assert (alice.status, alice.enabled, alice.email) == ("CONFIRMED", True, "alice@example.com")
    assert alice.groups == pool.groups == ["admins"]
    assert alice.attributes == {"sub": alice.sub, "email": "alice@example.com", "email_verified": "true"}
    tokens = alice.sign_in()
    assert tokens.claims["username"] == "alice"
    assert tokens.id_claims["cognito:groups"] == ["admins"]
    assert (tokens.expires_in, bool(tokens.refresh_token)) == (3600, True)
    assert len(cognito.outbox) == 0


def test_a_user_runs_no_trigger_and_is_no_call(cognito: Any, pool: Any) -> None:
    pool.set_trigger("PreSignUp", lambda event, context: None)
    cognito.calls.clear()
    pool.create_user("alice")
    assert (len(cognito.triggers), len(cognito.calls)) == (0, 0)


def test_a_user_with_a_password_of_his_own(pool: Any) -> None:
    alice = pool.create_user("alice", password="Another-horse-8")
    assert alice.password == "Another-horse-8"
    assert alice.sign_in().id_claims["cognito:username"] == "alice"


def test_the_password_that_is_chosen_fits_the_policy(cognito: Any) -> None:
    pool = cognito.create_user_pool(Policies={"PasswordPolicy": {"MinimumLength": 40}})
    alice = pool.create_user("alice")
    assert len(alice.password) >= 40
    assert alice.sign_in()


def test_a_password_against_the_policy_is_refused(pool: Any) -> None:
    with pytest.raises(AWSError, match="InvalidPasswordException"):
        pool.create_user("alice", password="short")


def test_attributes_with_names_that_are_no_identifiers(cognito: Any) -> None:
    pool = cognito.create_user_pool(Schema=[{"Name": "tenant", "AttributeDataType": "String", "Mutable": True}])
    alice = pool.create_user("alice", attributes={"custom:tenant": "t1"}, name="Alice")
    assert (alice.attributes["custom:tenant"], alice.attributes["name"]) == ("t1", "Alice")


def test_two_users_of_one_name(pool: Any) -> None:
    pool.create_user("alice")
    with pytest.raises(AWSError, match="UsernameExistsException"):
        pool.create_user("alice")


def test_a_user_is_found_by_any_of_his_names(cognito: Any) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    alice = pool.create_user("alice", email="alice@example.com")
    assert {pool.user(name).username for name in ("alice", "alice@example.com", alice.sub)} == {"alice"}


def test_many_users_at_once(cognito_idp: Any, pool: Any) -> None:
    pool.create_users(3, email="{}@example.com")
    assert [user.username for user in pool.users] == ["user00001", "user00002", "user00003"]
    assert pool.user("user00002").email == "user00002@example.com"
    assert sign_in(cognito_idp, pool.client.id, "user00003")


def test_many_users_of_a_pool_with_username_attributes(cognito: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    pool.create_users(2, prefix="guest")
    assert [user.email for user in pool.users] == ["guest00001@example.com", "guest00002@example.com"]


def test_a_sign_in_that_asks_for_more_says_so(pool: Any) -> None:
    bob = pool.create_user("bob", status="FORCE_CHANGE_PASSWORD")
    with pytest.raises(UsageError, match="Cognito asks for NEW_PASSWORD_REQUIRED"):
        bob.sign_in()


def test_a_sign_in_that_the_client_does_not_allow_says_so(pool: Any) -> None:
    pool.create_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    alice = pool.create_user("alice")
    with pytest.raises(UsageError, match="add ALLOW_USER_PASSWORD_AUTH"):
        alice.sign_in()
    assert alice.tokens().claims["username"] == "alice"


def test_a_sign_in_computes_the_secret_hash(pool: Any) -> None:
    pool.create_client(GenerateSecret=True)
    assert pool.create_user("alice").sign_in().claims["username"] == "alice"


# Tokens


@pytest.fixture
def alice(pool: Any) -> Any:
    return pool.create_user("alice", email="alice@example.com")


def verified(pool: Any, token: str, **options: Any) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(requests.get(pool.jwks_uri, timeout=5).json())
    claims: dict[str, Any] = jwt.decode(
        token, keys[part(token, 0)["kid"]], algorithms=["RS256"], **{"issuer": pool.issuer, **options}
    )
    return claims


@pytest.mark.usefixtures("alice")
def test_tokens_without_a_sign_in(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.create_client()
    cognito.calls.clear()
    tokens = pool.tokens_for("alice")
    assert len(cognito.calls) == 0
    assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"
    assert verified(pool, tokens.access_token)["scope"] == "aws.cognito.signin.user.admin"
    refreshed = cognito_idp.get_tokens_from_refresh_token(ClientId=pool.client.id, RefreshToken=tokens.refresh_token)
    assert "IdToken" in refreshed["AuthenticationResult"]


@pytest.mark.usefixtures("alice")
def test_tokens_with_scopes_and_claims(pool: Any) -> None:
    tokens = pool.tokens_for("alice", scopes=["notes/read", "notes/write"], claims={"custom:tenant": "t1"})
    assert tokens.claims["scope"] == "notes/read notes/write"
    assert tokens.claims["custom:tenant"] == tokens.id_claims["custom:tenant"] == "t1"
    assert verified(pool, tokens.id_token, audience=pool.client.id)["custom:tenant"] == "t1"


@pytest.mark.usefixtures("alice")
def test_tokens_for_another_client(pool: Any) -> None:
    first, second = pool.client, pool.create_client()
    assert pool.tokens_for("alice").claims["client_id"] == first.id
    assert pool.tokens_for("alice", client=second).id_claims["aud"] == second.id


def test_the_header_for_an_api(alice: Any) -> None:
    tokens = alice.tokens()
    assert tokens.auth_header == {"Authorization": f"Bearer {tokens.access_token}"}


@pytest.mark.parametrize("validity", [1, 24])
def test_expired_tokens_are_rightly_signed_and_long_over(pool: Any, alice: Any, validity: int) -> None:
    client = pool.create_client(AccessTokenValidity=validity, IdTokenValidity=validity)
    expired = pool.tokens_for("alice", client=client).expired()
    for token in (expired.access_token, expired.id_token):
        with pytest.raises(jwt.ExpiredSignatureError):
            verified(pool, token, leeway=3600, options={"verify_aud": False})
    assert expired.claims["exp"] - expired.claims["iat"] == validity * 3600


def test_tampered_tokens_have_another_sub_and_no_signature_for_it(pool: Any, alice: Any) -> None:
    tampered = alice.tokens().tampered()
    assert tampered.claims["sub"] != alice.sub
    for token in (tampered.access_token, tampered.id_token):
        with pytest.raises(jwt.InvalidSignatureError):
            verified(pool, token, options={"verify_aud": False})


def test_tokens_for_another_audience(pool: Any, alice: Any) -> None:
    other = alice.tokens().wrong_audience()
    with pytest.raises(jwt.InvalidAudienceError):
        verified(pool, other.id_token, audience=pool.client.id)
    assert verified(pool, other.access_token)["client_id"] != pool.client.id
    assert alice.tokens().wrong_audience("mine").id_claims["aud"] == "mine"


def test_tokens_of_another_issuer(pool: Any, alice: Any) -> None:
    other = alice.tokens().wrong_issuer()
    with pytest.raises(jwt.InvalidIssuerError):
        verified(pool, other.access_token)


def test_swapped_tokens(alice: Any) -> None:
    swapped = alice.tokens().swapped()
    assert (swapped.claims["token_use"], swapped.id_claims["token_use"]) == ("id", "access")


def test_tokens_do_not_print_themselves(alice: Any) -> None:
    tokens = alice.tokens()
    assert tokens.access_token not in repr(tokens)


# Pinned ids


def test_ids_can_be_pinned(cognito: Any) -> None:
    pool = cognito.create_user_pool(id=FIXED)
    client = pool.create_client(id="fixedclient")
    alice = pool.create_user("alice", sub="11111111-2222-3333-4444-555555555555")
    tokens = alice.sign_in()
    assert (pool.id, pool.region, client.id) == (FIXED, "eu-west-1", "fixedclient")
    assert tokens.claims["sub"] == alice.sub == "11111111-2222-3333-4444-555555555555"
    assert tokens.id_claims["aud"] == "fixedclient"
    assert tokens.claims["iss"] == f"https://cognito-idp.eu-west-1.amazonaws.com/{FIXED}"


def test_a_tag_pins_the_id_of_a_pool(cognito_idp: Any) -> None:
    made = cognito_idp.create_user_pool(PoolName="app", UserPoolTags={"_custom_id_": "us-east-1_Tagged01"})
    assert made["UserPool"]["Id"] == "us-east-1_Tagged01"


def test_a_pinned_pool_keeps_its_keys_from_world_to_world() -> None:
    published = []
    for _ in range(2):
        with mock_cognito() as cognito:
            cognito.create_user_pool()
            pool = cognito.create_user_pool(id=FIXED)
            published.append(requests.get(pool.jwks_uri, timeout=5).json())
    assert published[0] == published[1]


def test_two_pools_of_one_world_share_no_key(cognito: Any) -> None:
    pools = [cognito.create_user_pool(), cognito.create_user_pool(), cognito.create_user_pool(id=FIXED)]
    keys = [key["n"] for pool in pools for key in requests.get(pool.jwks_uri, timeout=5).json()["keys"]]
    assert len(set(keys)) == 6


# The log of calls, and the outbox


def test_calls_are_logged_with_what_came_of_them(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.create_user("alice")
    client_id = pool.client.id
    cognito.calls.clear()
    sign_in(cognito_idp, client_id)
    refusal(sign_in, idp=cognito_idp, client_id=client_id, username="nobody")
    good, bad = cognito.calls.of("initiate_auth")
    assert (good.service, good.region, good.error) == ("cognito-idp", "us-east-1", None)
    assert good.parameters["AuthParameters"]["USERNAME"] == "alice"
    assert "IdToken" in good.result["AuthenticationResult"]
    assert (bad.result, bad.error.code) == (None, "UserNotFoundException")
    assert good.request_id != bad.request_id


def test_the_last_message_of_an_empty_outbox_is_an_error(cognito: Any) -> None:
    with pytest.raises(LookupError, match="no message was sent; the outbox is empty"):
        cognito.outbox.last()


def test_a_message_to_nobody_tells_who_got_one(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    cognito_idp.sign_up(
        ClientId=pool.client.id,
        Username="alice",
        Password="Correct-horse-7",
        UserAttributes=[{"Name": "email", "Value": "alice@example.com"}],
    )
    assert cognito.outbox.last(to="alice@example.com").code.isdigit()
    with pytest.raises(LookupError, match=r"no message was sent to bob@example\.com; .*SignUp to alice@example\.com"):
        cognito.outbox.last(to="bob@example.com")


# Triggers


def test_a_function_is_registered_by_a_decorator(cognito: Any, pool: Any) -> None:
    pool.create_user("alice")

    @pool.on("PreTokenGeneration", version=2)
    def add_tenant(event: Any, context: Any) -> Any:
        details = {"accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": "t1"}}}
        event["response"]["claimsAndScopeOverrideDetails"] = details
        return event

    assert pool.user("alice").sign_in().claims["tenant"] == "t1"
    assert json.loads(json.dumps(cognito.triggers.last().event))["version"] == "2"


def test_the_only_pool_need_not_be_named(cognito: Any, pool: Any) -> None:
    pool.create_user("alice")
    cognito.triggers.on("PreAuthentication")(lambda event, context: event)
    pool.user("alice").sign_in()
    assert cognito.triggers.last().trigger == "PreAuthentication"
    cognito.create_user_pool()
    with pytest.raises(UsageError, match=r"there are 2 user pools; say which one: pool\.on"):
        cognito.triggers.on("PreAuthentication")


def test_a_trigger_that_aws_does_not_have(pool: Any) -> None:
    with pytest.raises(UsageError, match="there is no trigger 'PreCoffee'; pytest-cognito runs"):
        pool.on("PreCoffee")(lambda event, context: event)


def test_an_invocation_that_never_was(cognito: Any, pool: Any) -> None:
    with pytest.raises(LookupError, match="PreSignUp was not invoked"):
        cognito.triggers.last("PreSignUp")


def test_what_was_passed_may_be_changed_afterwards(cognito):
    """The pool keeps what it was given then, not the dict of the test."""
    policy = {"PasswordPolicy": {"MinimumLength": 12}}
    pool = cognito.create_user_pool(Policies=policy)

    policy["PasswordPolicy"]["MinimumLength"] = 6

    described = pool.call("DescribeUserPool")["UserPool"]
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
