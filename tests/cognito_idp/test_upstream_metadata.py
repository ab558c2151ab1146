"""SAML metadata and OpenID configurations that are somewhere: when they are asked for, and how long they are kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import requests_mock
import responses

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.flows.federation import oauth, saml
from pytest_cognito.http.messages import Response
from tests.support import network
from tests.support.app import App
from tests.support.http_provider import HttpProvider
from tests.support.providers import ISSUER, METADATA_URL, OIDC, create_provider, describe_provider, update_provider
from tests.support.refusals import invalid_parameter, refusal
from tests.support.saml import CONSUMER, metadata
from tests.support.upstream import Upstream, error_of

BY_URL = {"MetadataURL": METADATA_URL}
NOT_RETRIEVED = f"Error retrieving metadata from {METADATA_URL}"
CONFIGURATION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/in",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def sign_in_url(provider: Upstream) -> str:
    """The address at a SAML provider to which a browser is sent."""
    sent = provider.step(saml.sign_in_request, consumer_url=CONSUMER, relay_state="")
    return sent.url.partition("?")[0]


def moved(text: str) -> str:
    return text.replace("https://idp.example.com/in", "https://idp.example.com/new")


def test_metadata_are_retrieved_when_a_provider_is_created(app: App) -> None:
    with responses.RequestsMock() as stubs:
        stubs.get(METADATA_URL, body=metadata())
        created = create_provider(app, "SAML", "Acme", ProviderDetails=BY_URL)["ProviderDetails"]
        assert created["SSORedirectBindingURI"] == "https://idp.example.com/in"
        assert stubs.calls[0].request.headers["User-Agent"] == "Amazon/Cognito"
        stubs.replace(responses.GET, METADATA_URL, body=moved(metadata()))
        updated = update_provider(app, "Acme", ProviderDetails=BY_URL)["ProviderDetails"]
        assert updated["SSORedirectBindingURI"] == "https://idp.example.com/new"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"status": 404}, NOT_RETRIEVED),
        ({"body": requests.ConnectionError()}, NOT_RETRIEVED),
        ({"body": requests.ReadTimeout()}, NOT_RETRIEVED),
        ({"body": "<html>"}, "Unable to unmarshall metadata"),
    ],
)
def test_metadata_that_are_not_there(app: App, answer: dict[str, Any], problem: str) -> None:
    with responses.RequestsMock() as stubs:
        stubs.get(METADATA_URL, **answer)
        refused = refusal(create_provider, app=app, provider_type="SAML", name="Acme", ProviderDetails=BY_URL)
    assert refused == invalid_parameter(problem)
    assert app.call("list_identity_providers", UserPoolId=app.pool_id)["Providers"] == []


def test_a_stub_of_requests_mock_is_asked_too(app: App) -> None:
    with requests_mock.Mocker() as stubs:
        stubs.get(METADATA_URL, text=metadata())
        created = create_provider(app, "SAML", "Acme", ProviderDetails=BY_URL)["ProviderDetails"]
    assert created["SSORedirectBindingURI"] == "https://idp.example.com/in"


def test_a_host_that_the_world_answers_for_is_asked_too(cognito: Cognito, app: App) -> None:
    cognito.world.sites.register("idp.example.com", lambda request: Response(200, [], metadata().encode()))
    created = create_provider(app, "SAML", "Acme", ProviderDetails=BY_URL)["ProviderDetails"]
    assert created["SSORedirectBindingURI"] == "https://idp.example.com/in"


def test_a_provider_on_this_machine_is_asked(app: App) -> None:
    with HttpProvider() as there:
        there.answers["GET /metadata"] = metadata()
        acme = Upstream.create(app, "SAML", "Acme", ProviderDetails={"MetadataURL": f"{there.url}/metadata"})
        assert sign_in_url(acme) == "https://idp.example.com/in"
        assert there.asked == ["GET /metadata"]


def test_nothing_leaves_the_machine_to_create_a_provider(app: App) -> None:
    with network.closed() as tried:
        acme = Upstream.create(app, "SAML", "Acme", ProviderDetails=BY_URL)
        create_provider(app, "OIDC", "Beta", ProviderDetails=OIDC)
        assert tried == []
        assert error_of(sign_in_url, acme) == ("InvalidParameterException", NOT_RETRIEVED)
        assert tried, "a sign-in can't do without"


def test_metadata_are_kept_for_six_hours(cognito: Cognito, app: App) -> None:
    acme = Upstream.create(app, "SAML", "Acme", ProviderDetails=BY_URL)
    with responses.RequestsMock() as stubs:
        stubs.get(METADATA_URL, body=metadata())
        assert sign_in_url(acme) == "https://idp.example.com/in"
        described = describe_provider(app, "Acme")["ProviderDetails"]
        assert described["SSORedirectBindingURI"] == "https://idp.example.com/in"
        assert acme.record.entity_id == "https://idp.example.com/entity"
        stubs.replace(responses.GET, METADATA_URL, body=moved(metadata()))
        cognito.clock.advance(hours=5, minutes=59)
        assert sign_in_url(acme) == "https://idp.example.com/in"
        cognito.clock.advance(minutes=2)
        assert sign_in_url(acme) == "https://idp.example.com/new"
        assert len(stubs.calls) == 2


def test_what_a_test_publishes_counts_at_once(cognito: Cognito, app: App) -> None:
    acme = Upstream.create(app, "SAML", "Acme", ProviderDetails=BY_URL)
    for text, url in ((metadata(), "https://idp.example.com/in"), (moved(metadata()), "https://idp.example.com/new")):
        cognito.publish(METADATA_URL, text)
        assert sign_in_url(acme) == url


def test_others_may_work_while_a_provider_is_asked(cognito: Cognito, app: App) -> None:
    """The lock is free, and what has been changed meanwhile is seen."""

    def delete(request: Any) -> tuple[int, dict[str, str], str]:
        cognito.call("DeleteIdentityProvider", UserPoolId=app.pool_id, ProviderName="Acme")
        return 200, {}, metadata()

    acme = Upstream.create(app, "SAML", "Acme", ProviderDetails=BY_URL)
    with responses.RequestsMock() as stubs:
        stubs.add_callback(responses.GET, METADATA_URL, delete)
        assert error_of(sign_in_url, acme)[0] == "ResourceNotFoundException"


def oidc_url(provider: Upstream) -> str:
    """The address at an OpenID Connect provider to which a browser is sent."""
    return provider.step(oauth.authorization_url, callback_url="https://a", state="s").partition("?")[0]


def test_an_openid_configuration_is_asked_for_once(app: App) -> None:
    acme = Upstream.create(app, "OIDC", "Acme", ProviderDetails=OIDC)
    with responses.RequestsMock() as stubs:
        stubs.get(f"{ISSUER}/.well-known/openid-configuration", json=CONFIGURATION)
        assert oidc_url(acme) == oidc_url(acme) == f"{ISSUER}/in"
        assert len(stubs.calls) == 1
    details = describe_provider(app, "Acme")["ProviderDetails"]
    assert (details["token_url"], details["jwks_uri"]) == (f"{ISSUER}/token", f"{ISSUER}/keys")


def test_an_openid_configuration_that_a_test_publishes(cognito: Cognito, app: App) -> None:
    acme = Upstream.create(app, "OIDC", "Acme", ProviderDetails=OIDC)
    cognito.publish(f"{ISSUER}/.well-known/openid-configuration", json.dumps(CONFIGURATION))
    assert oidc_url(acme) == f"{ISSUER}/in"


def test_an_issuer_that_is_nowhere(app: App) -> None:
    for issuer in ("http://id.example.com", "http://[", "localhost"):
        details = {**OIDC, "oidc_issuer": issuer}
        refused = refusal(create_provider, app=app, provider_type="OIDC", name="Acme", ProviderDetails=details)
        assert refused == invalid_parameter("OIDC endpoint must start with https://")


@pytest.mark.parametrize(
    ("configuration", "status", "problem"),
    [
        ({}, 200, "Acme Error - authorize_url is not known"),
        ({**CONFIGURATION, "jwks_uri": "http://id.example.com"}, 200, "Acme Error - jwks_uri must start with https://"),
        ([], 200, "Acme Error - the response is not a JSON object"),
        ({}, 500, "Acme Error - 500 error getting OpenID configuration"),
    ],
)
def test_an_openid_configuration_that_will_not_do(app: App, configuration: object, status: int, problem: str) -> None:
    acme = Upstream.create(app, "OIDC", "Acme", ProviderDetails=OIDC)
    with responses.RequestsMock() as stubs:
        stubs.get(f"{ISSUER}/.well-known/openid-configuration", json=configuration, status=status)
        assert error_of(oidc_url, acme) == ("invalid_request", problem)
