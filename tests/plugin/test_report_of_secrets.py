"""Neither a section nor the repr of a call, a message or an invocation shows a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from pytest_cognito import Cognito
from pytest_cognito.cognito import UserPool
from pytest_cognito.kernel.outbox import Outbox

from .conftest import Run
from .sections import SIGN_IN, section

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

PASSWORD = "In-the-cl3ar!"


def test_client_metadata_is_one_parameter_without_its_secrets(run: Run) -> None:
    shown = section(
        run,
        f"""
        def test_it(cognito_user):
            secrets = dict.fromkeys(["password", "newPassword", "client_secret", "X-Api-Key", "id-token"], "{PASSWORD}")
            jwt = cognito_user.tokens().id_token
            for name, value in secrets.items():
                cognito_user.sign_in(metadata={{"tenant": "t1", name: value}})
            cognito_user.sign_in(metadata={{"tenant": "t1", "context": jwt}})
            assert False
        """,
    )

    assert shown.count("ClientMetadata={tenant=t1, ") == 6
    assert PASSWORD not in shown
    assert "eyJ" not in shown
    assert "client_secret=***" in shown


def test_claims_that_sound_like_secrets(run: Run) -> None:
    shown = section(
        run,
        f"""
        def test_it(cognito_user):
            def claims(event, context):
                added = {{"tenant": "t1", "apiKey": "{PASSWORD}"}}
                event["response"]["claimsOverrideDetails"] = {{"claimsToAddOrOverride": added}}
                return event
            cognito_user.pool.set_trigger("PreTokenGeneration", claims)
            cognito_user.sign_in()
            assert False
        """,
    )

    assert "claimsToAddOrOverride.tenant=t1" in shown
    assert "claimsToAddOrOverride.apiKey=***" in shown


def test_the_repr_of_a_call(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_idp: CognitoIdentityProviderClient
) -> None:
    client = cognito_user_pool.client.id
    given = {"USERNAME": "ann", "PASSWORD": PASSWORD}
    with pytest.raises(ClientError):
        cognito_idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)

    call = cognito.calls[-1]

    assert repr(call) == str(call) == f"{call}"
    assert repr(call) == (
        f"<Call InitiateAuth ClientId={client} AuthFlow=USER_PASSWORD_AUTH USERNAME=ann PASSWORD=*** → "
        "UserNotFoundException: User does not exist.>"
    )


def test_the_repr_of_a_call_that_signs_in(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    user = cognito_user_pool.create_user("ann", password=PASSWORD)
    tokens = user.sign_in()

    said = repr(list(cognito.calls))

    assert not any(secret in said for secret in (PASSWORD, tokens.access_token, tokens.refresh_token or PASSWORD))


def test_the_repr_of_a_message(cognito_user_pool: UserPool, cognito_outbox: Outbox) -> None:
    cognito_user_pool.call(
        "AdminCreateUser",
        Username="ann",
        TemporaryPassword=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
        DesiredDeliveryMediums=["EMAIL"],
    )

    assert repr(cognito_outbox.last()) == "<Message e-mail to ann@example.com: a temporary password>"


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (lambda event: event, "changed nothing"),
        (lambda event: None, "returned None, not the event"),
        (lambda event: 1 / 0, "raised ZeroDivisionError: division by zero"),
    ],
)
def test_the_repr_of_an_invocation(cognito_user_pool: UserPool, cognito: Cognito, does: Any, told: str) -> None:
    cognito_user_pool.set_trigger("PreAuthentication", lambda event, context: does(event))
    user = cognito_user_pool.create_user("ann", password=PASSWORD)
    if told == "changed nothing":
        user.sign_in()
    else:
        with pytest.raises(Exception, match=r"PreAuthentication failed|Unrecognizable"):
            user.sign_in()

    (invocation,) = cognito.triggers.of("PreAuthentication")

    assert repr(invocation) == f"<Invocation PreAuthentication_Authentication {told}>"


def test_calls_of_identity_pools_and_sts(cognito: Cognito) -> None:
    """Neither tokens nor keys, and of applications at Twitter only the key of the consumer."""
    twitter = {"api.twitter.com": "consumer;In-the-clear"}
    pool = cognito.create_identity_pool(SupportedLoginProviders=twitter, DeveloperProviderName="app")
    token = pool.developer_identity("ann").open_id_token()
    user = cognito.iam.create_user("ann")
    assume: dict[str, Any] = {
        "RoleArn": "arn:aws:iam::123456789012:role/app",
        "RoleSessionName": "ann",
        "WebIdentityToken": token,
    }
    with pytest.raises(Exception, match=r"Token is not from a supported provider"):
        cognito.call("GetId", service="cognito-identity", IdentityPoolId=pool.id, Logins={"idp.example.com": token})
    with pytest.raises(Exception, match=r"Not authorized"):
        cognito.call("AssumeRoleWithWebIdentity", service="sts", **assume)

    told = [call.explanation for call in cognito.calls]
    shown = repr(list(cognito.calls)) + repr(told) + repr([*cognito.world.store.tables()["iam/access-keys"]])

    assert "api.twitter.com=consumer;***" in shown
    for secret in ("In-the-clear", token, user.secret_access_key):
        assert secret not in shown


def test_an_assertion_that_compares_calls_and_messages_tells_no_secret(run: Run) -> None:
    result = run(
        SIGN_IN
        + f"""
def test_calls(cognito, cognito_user_pool):
    for name in ("ann", "bob"):
        sign_up(cognito_user_pool, name, "{PASSWORD}")
    assert cognito.calls[-1] == cognito.calls[-2]

def test_messages(cognito, cognito_user_pool):
    for name in ("ann", "bob"):
        cognito_user_pool.call("AdminCreateUser", Username=name, TemporaryPassword="{PASSWORD}",
            UserAttributes=[{{"Name": "email", "Value": "ann@example.com"}}], DesiredDeliveryMediums=["EMAIL"])
    assert cognito.outbox[-1] == cognito.outbox[-2]
    """,
        "-vv",
        "--tb=line",
    )

    result.assert_outcomes(failed=2)
    assert PASSWORD not in result.stdout.str()
