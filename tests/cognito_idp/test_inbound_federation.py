"""The InboundFederation trigger: it may replace what an identity provider says, before it is mapped to attributes."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.handles.identity_provider import IdentityProvider
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App
from tests.support.functions import answering, failing, unchanged
from tests.support.providers import SAML

CLAIMS: dict[str, Any] = {"email": "ann@example.com", "email_verified": True, "name": "Ann"}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:inbound"


@pytest.fixture
def google(pool: UserPool) -> IdentityProvider:
    return pool.create_identity_provider("Google")


def answered(google: IdentityProvider, response: Any) -> None:
    google.pool.set_trigger("InboundFederation", answering(userAttributesToMap=response))


@pytest.mark.needs("LambdaConfigType.InboundFederation")
def test_it_is_configured_with_its_version(app: App) -> None:
    config = {"InboundFederation": {"LambdaArn": ARN, "LambdaVersion": "V1_0"}}
    app.call("update_user_pool", UserPoolId=app.pool_id, LambdaConfig=config)
    assert app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["LambdaConfig"] == config
    app.pool.world.functions.register(ARN, answering(userAttributesToMap={"name": "Zoe"}))
    assert app.pool.create_identity_provider("Google").sign_in("1", CLAIMS).id_claims["name"] == "Zoe"


def test_the_event_of_an_openid_provider(cognito: Cognito, google: IdentityProvider) -> None:
    google.pool.set_trigger("InboundFederation", unchanged)
    assert google.sign_in("1", CLAIMS).id_claims["name"] == "Ann"
    event = cognito.triggers.last("InboundFederation_ExternalProvider").event
    assert (event["version"], event["userName"]) == ("1", "Google_1")
    assert event["request"] == {
        "providerName": "Google",
        "providerType": "Google",
        "attributes": {
            "tokenResponse": {},
            "idToken": {"sub": "1", "email": "ann@example.com", "email_verified": "true", "name": "Ann"},
            "userInfo": {},
        },
    }
    assert event["response"] == {"userAttributesToMap": {}}
    assert cognito.events.inbound_federation(google, "1", CLAIMS) == event


def test_the_event_of_a_saml_provider(cognito: Cognito, pool: UserPool) -> None:
    acme = pool.create_identity_provider("Acme", ProviderType="SAML", ProviderDetails=SAML)
    event = cognito.events.inbound_federation(acme, "A1", {"name": "Ann", "groups": ["a", "b"]})
    assert event["request"] == {
        "providerName": "Acme",
        "providerType": "SAML",
        "attributes": {"samlResponse": {"name": "Ann", "groups": "[a,b]"}},
    }
    event["response"]["userAttributesToMap"]["name"] = "Zoe"
    assert cognito.events.inbound_federation(acme)["response"] == {"userAttributesToMap": {}}


def test_its_answer_takes_the_place_of_all_claims(google: IdentityProvider) -> None:
    answered(google, {"name": "Zoe", "given_name": "Z", "unmapped": "x"})
    google.sign_in("1", CLAIMS)
    attributes = google.pool.user("Google_1").attributes
    del attributes["sub"], attributes["identities"]
    assert attributes == {"name": "Zoe", "given_name": "Z"}


def test_it_runs_at_every_sign_in_and_before_the_others(cognito: Cognito, google: IdentityProvider) -> None:
    for trigger in ("PreSignUp", "PreAuthentication", "InboundFederation"):
        google.pool.set_trigger(trigger, unchanged)
    google.sign_in("1")
    google.sign_in("1")
    assert [each.trigger for each in cognito.triggers] == [
        "InboundFederation",
        "PreSignUp",
        "InboundFederation",
        "PreAuthentication",
    ]


@pytest.mark.parametrize("response", ["a", ["name"], {"name": 1}])
def test_an_answer_of_another_form(google: IdentityProvider, response: Any) -> None:
    answered(google, response)
    with pytest.raises(AWSError, match="Unrecognizable lambda output"):
        google.sign_in("1", CLAIMS)
    assert google.pool.find_user("Google_1") is None


def test_a_function_that_fails(google: IdentityProvider) -> None:
    google.pool.set_trigger("InboundFederation", failing)
    with pytest.raises(AWSError, match=r"InboundFederation failed with error not today\."):
        google.sign_in("1", CLAIMS)
    assert google.pool.find_user("Google_1") is None


def test_an_event_is_of_a_provider(cognito: Cognito, pool: UserPool) -> None:
    with pytest.raises(UsageError, match=r"pool.identity_provider\('Google'\)"):
        cognito.events.inbound_federation("Google")  # type: ignore[arg-type]  # the mistake
