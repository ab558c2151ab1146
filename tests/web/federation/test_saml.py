"""Sign-in by SAML: signed requests, encrypted assertions, sign-ins that the provider initiates, and sign-out."""

from __future__ import annotations

import base64
import zlib
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support.federated import ISSUER, Federated
from tests.support.hosted import CALLBACK, SIGNED_OUT, has_managed_login, parameters, said
from tests.support.jwts import claims

from .conftest import MakeFederated

UNSOLICITED = "Invalid samlResponse or relayState from identity provider"
ERROR = f"/error?{urlencode({'error': UNSOLICITED})}"


def details(pool: UserPool) -> dict[str, str]:
    described = pool.call("DescribeIdentityProvider", ProviderName="Corp")["IdentityProvider"]
    found: dict[str, str] = described["ProviderDetails"]
    return found


@pytest.mark.parametrize("signed", [False, True])
def test_requests_are_signed_if_that_is_wanted(
    cognito: Cognito, pool: UserPool, make: MakeFederated, signed: bool
) -> None:
    app = make("SAML", ProviderDetails={"RequestSigningAlgorithm": "rsa-sha256"} if signed else {})
    certificate = pool.call("GetSigningCertificate")["Certificate"]
    cognito.providers.saml(ISSUER).expects_signed_by(certificate)

    page = app.start()

    sent = parameters(page.url)
    assert list(sent)[2:] == (["SigAlg", "Signature"] if signed else [])
    assert ("The request is not signed" in page.text) == (not signed)
    if signed:
        assert parameters(app.choose(page))["code"]


def test_the_request(pool: UserPool, make: MakeFederated) -> None:
    app = make("SAML")
    text = zlib.decompress(base64.b64decode(parameters(app.start().url)["SAMLRequest"]), -15).decode()

    assert f'AssertionConsumerServiceURL="{app.base}/saml2/idpresponse"' in text
    assert f"urn:amazon:cognito:sp:{pool.id}" in text


def test_assertions_that_are_encrypted(cognito: Cognito, pool: UserPool, make: MakeFederated) -> None:
    app = make("SAML", ProviderDetails={"EncryptedResponses": "true"})
    assert app.enter()["error_description"] == "Invalid SAML response received: SAML assertion is not encrypted"
    cognito.providers.saml(ISSUER).encrypts_for(details(pool)["ActiveEncryptionCertificate"])

    assert app.claims()["email"] == "ann@example.com"


def test_prompt_login_asks_for_the_credentials_again(make: MakeFederated) -> None:
    app = has_managed_login(make("SAML"))
    text = zlib.decompress(base64.b64decode(parameters(app.start(prompt="login").url)["SAMLRequest"]), -15).decode()
    assert 'ForceAuthn="true"' in text


def start(cognito: Cognito, app: Federated, relay_state: str) -> Any:
    """The page at the provider from which a user goes to the application."""
    recipient, audience = f"{app.base}/saml2/idpresponse", f"urn:amazon:cognito:sp:{app.pool.id}"
    idp = cognito.providers.saml(ISSUER)
    return app.open(idp.start_url(audience=audience, recipient=recipient, relay_state=relay_state))


INITIATED = {"IDPInit": "true"}


def relayed(app: Federated, **parameters: str) -> str:
    return urlencode({"identity_provider": "Corp", **app.asked(scope="openid email"), **parameters})


def test_a_sign_in_that_the_provider_initiates(cognito: Cognito, pool: UserPool, make: MakeFederated) -> None:
    app = make("SAML", ProviderDetails=INITIATED, IdpIdentifiers=["corp"])

    back = parameters(app.choose(start(cognito, app, relayed(app, state="s"))))

    assert back["state"] == "s"
    assert claims(said(app.redeem(back["code"]))["id_token"])["cognito:username"] == "Corp_1"
    assert urlsplit(app.start().headers["Location"]).netloc == "app.example.com"  # there is a session
    for relay_state in (
        urlencode({"idp_identifier": "corp", **app.asked()}),
        urlencode({"redirect_uri": CALLBACK, "state": "s"}),
    ):
        other = app.another_browser()
        assert parameters(other.choose(start(cognito, other, relay_state)))["code"]


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_provider": "Nobody"},
        {"identity_provider": "", "idp_identifier": "nobody"},
        {"identity_provider": "", "client_id": "", "redirect_uri": "https://evil.example.com/"},
        {"client_id": "", "redirect_uri": ""},
    ],
)
def test_what_a_relay_state_must_name(cognito: Cognito, make: MakeFederated, changes: dict[str, str]) -> None:
    app = make("SAML", ProviderDetails=INITIATED)
    given = {"identity_provider": "Corp", **app.asked(), **changes}
    relay_state = urlencode({name: value for name, value in given.items() if value})

    back = app.follow(app.chosen(start(cognito, app, relay_state)))

    assert urlsplit(back.url).path == "/error"
    assert UNSOLICITED in back.text


def test_requests_in_a_relay_state_are_checked(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML", ProviderDetails=INITIATED)

    evil = app.follow(app.chosen(start(cognito, app, relayed(app, redirect_uri="https://evil.example.com/"))))
    assert parameters(evil.url)["error"] == "redirect_mismatch"
    refused = app.choose(start(cognito, app, relayed(app, scope="nonsense", state="s")))
    assert parameters(refused)["state"] == "s"
    assert "code" not in parameters(refused)


def test_a_provider_that_may_not_initiate(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML")
    back = app.follow(app.chosen(start(cognito, app, relayed(app))))
    assert UNSOLICITED in back.text


def test_a_client_with_other_providers(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML", "COGNITO", ProviderDetails=INITIATED)
    back = app.follow(app.chosen(start(cognito, app, relayed(app))))

    assert urlsplit(back.url).path == "/error"
    assert UNSOLICITED in back.text


def test_an_initiated_one_is_good_once_and_for_six_minutes(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML", ProviderDetails=INITIATED)
    idp = cognito.providers.saml(ISSUER)

    def post(response: str) -> dict[str, str]:
        form = {"SAMLResponse": response, "RelayState": relayed(app)}
        other = app.another_browser()
        return parameters(other.post_form(f"{app.base}/saml2/idpresponse", form).headers["Location"])

    def response(**changes: Any) -> str:
        audience = f"urn:amazon:cognito:sp:{app.pool.id}"
        return idp.assertion("ann", audience=audience, recipient=f"{app.base}/saml2/idpresponse", **changes)

    good = response()
    assert post(good)["code"]
    assert "has been used already" in post(good)["error_description"]
    assert "InResponseTo" in post(response(in_response_to="_r"))["error_description"]
    old = response()
    cognito.clock.advance(minutes=7)
    assert post(old)["error"] == "server_error"


@pytest.mark.parametrize("missing", ["SAMLResponse", "RelayState"])
def test_a_form_without_its_parts(make: MakeFederated, missing: str) -> None:
    app = make("SAML")
    form = {name: "x" for name in ("SAMLResponse", "RelayState") if name != missing}

    page = app.post_form(f"{app.base}/saml2/idpresponse", form)

    assert f"Required String parameter '{missing}' is not present" in page.text.replace("&#39;", "'")


def test_a_response_without_a_request(make: MakeFederated) -> None:
    app = make("SAML")
    response = app.browser.post(
        f"{app.base}/saml2/idpresponse", data={"SAMLResponse": "x", "RelayState": "H4sI"}, allow_redirects=False
    )
    assert app.led_to(response) == ERROR


@pytest.fixture
def leaving(make: MakeFederated) -> Federated:
    """An application whose user has signed in by a provider at which they sign out, too."""
    app = make("SAML", ProviderDetails={"IDPSignout": "true"})
    app.enter()
    return app


def test_signing_out_at_the_provider(cognito: Cognito, leaving: Federated) -> None:
    first = leaving.get("/logout", client_id=leaving.client.id, logout_uri=SIGNED_OUT)

    sent = parameters(first.headers["Location"])
    assert first.headers["Location"].startswith(f"{ISSUER}/slo?")
    assert list(sent) == ["SAMLRequest", "RelayState", "SigAlg", "Signature"]
    assert "cognito" not in leaving.browser.cookies
    cognito.calls.clear()
    assert leaving.follow(first).headers["Location"] == SIGNED_OUT
    operations = [call.operation for call in cognito.calls]
    assert operations == ["GET idp.example.com/slo", "POST /saml2/logout", "GET /logout"]
    assert urlsplit(leaving.start().url).netloc == "idp.example.com"
    again = leaving.get("/logout", client_id=leaving.client.id, logout_uri=SIGNED_OUT)
    assert again.headers["Location"] == SIGNED_OUT


def test_signing_out_to_sign_in_again(leaving: Federated) -> None:
    page = leaving.open(leaving.url("/logout", **leaving.asked(state="s")))

    assert urlsplit(page.url).path == "/login"
    assert parameters(page.url)["state"] == "s"


def test_a_sign_out_that_the_provider_does_not_confirm(cognito: Cognito, leaving: Federated) -> None:
    first = leaving.get("/logout", client_id=leaving.client.id, logout_uri=SIGNED_OUT)
    form = {"SAMLResponse": "PHg+", "RelayState": parameters(first.headers["Location"])["RelayState"]}

    page = leaving.post_form(f"{leaving.base}/saml2/logout", form)
    assert urlsplit(page.url).path == "/error"
    assert urlsplit(leaving.post_form(f"{leaving.base}/saml2/logout", form).url).path == "/error"


def test_a_provider_without_an_address_for_it(cognito: Cognito, make: MakeFederated) -> None:
    idp = cognito.providers.saml(ISSUER)
    without = idp.metadata.replace("SingleLogoutService", "Other")
    app = make("SAML", ProviderDetails={"IDPSignout": "true", "MetadataFile": without})
    app.enter()

    page = app.open(app.url("/logout", client_id=app.client.id, logout_uri=SIGNED_OUT))

    assert urlsplit(page.url).path == "/error"
    assert "cognito" not in app.browser.cookies


def test_without_it_the_provider_learns_nothing(make: MakeFederated) -> None:
    app = make("SAML")
    app.enter()
    location = app.get("/logout", client_id=app.client.id, logout_uri=SIGNED_OUT).headers["Location"]
    assert location == SIGNED_OUT


def test_the_session_of_a_local_user_is_only_local(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML", "COGNITO", ProviderDetails={"IDPSignout": "true"})
    app.pool.create_user("alice")
    app.sign_in("alice", identity_provider="COGNITO")
    assert app.get("/logout", client_id=app.client.id, logout_uri=SIGNED_OUT).headers["Location"] == SIGNED_OUT
