"""Sign-in by OpenID Connect and social providers: where a browser is sent, and what its code is redeemed for."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
import requests
import responses
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import RSAAlgorithm

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.flows.federation import oauth
from pytest_cognito.cognito_idp.rules.providers import oauth_requests
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from tests.support.app import App
from tests.support.http_provider import HttpProvider
from tests.support.providers import APPLE, CREDENTIALS, ISSUER, OIDC
from tests.support.saml import key
from tests.support.upstream import Upstream, error_of

CALLBACK = "https://auth.example.com/oauth2/idpresponse"
PLACES = {
    "authorize_url": f"{ISSUER}/in?tenant=1",
    "token_url": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "attributes_url": f"{ISSUER}/me",
}
GOOGLE_TOKEN = "https://www.googleapis.com/oauth2/v4/token"
GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v3/certs"
PEOPLE = "https://people.googleapis.com/v1/people/me"
FACEBOOK = "https://graph.facebook.com/v17.0"
AMAZON = "https://api.amazon.com"
APPLE_TOKEN, APPLE_KEYS = "https://appleid.apple.com/auth/token", "https://appleid.apple.com/auth/keys"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


@pytest.fixture
def stubs() -> Any:
    with responses.RequestsMock() as mock:
        yield mock


def oidc(app: App, mapping: dict[str, str] | None = None, **details: str) -> Upstream:
    given = {**OIDC, **PLACES, "client_secret": "s", **details}
    return Upstream.create(app, "OIDC", "Acme", ProviderDetails=given, AttributeMapping=mapping or {})


def parameters(provider: Upstream, **request: Any) -> list[tuple[str, str]]:
    """The parameters with which a browser is sent to a provider."""
    url = provider.step(oauth.authorization_url, callback_url=CALLBACK, state="st", **request)
    return parse_qsl(urlsplit(url).query)


def jwks() -> dict[str, Any]:
    return {"keys": [{**RSAAlgorithm.to_jwk(key().private.public_key(), as_dict=True), "kid": "k"}]}


def id_token(provider: Upstream, issuer: str = ISSUER, **claims: Any) -> str:
    now = int(provider.world.clock.now().timestamp())
    said = {"iss": issuer, "aud": "me", "sub": "1", "exp": now + 60, "iat": now, "nonce": "n", **claims}
    return jwt.encode(said, key().private, "RS256", headers={"kid": "k"})


def redeem(provider: Upstream, **request: Any) -> ExternalUser:
    return oauth.redeem(provider.world, provider.record, "code", callback_url=CALLBACK, nonce="n", **request)


ALL = {"nonce": "n", "login_hint": "ann@example.com", "prompt": "none login", "acr_values": "urn:cognito:loa:2 x"}


def test_where_google_sends_the_user(app: App) -> None:
    google = Upstream.create(app, "Google")
    url = google.step(oauth.authorization_url, callback_url=CALLBACK, state="st")
    assert url == (
        "https://accounts.google.com/o/oauth2/v2/auth?client_id=me&redirect_uri=https%3A%2F%2Fauth.example.com%2F"
        "oauth2%2Fidpresponse&scope=email+profile&response_type=code&state=st"
    )
    assert parameters(google, **ALL)[5:] == [("nonce", "n"), ("prompt", "login")]


def test_where_the_others_send_the_user(app: App) -> None:
    scopes = {**CREDENTIALS, "authorize_scopes": "public_profile, email"}
    facebook = parameters(Upstream.create(app, "Facebook", ProviderDetails=scopes), **ALL)
    assert dict(facebook)["scope"] == "public_profile,email"
    assert [name for name, _ in facebook][4:] == ["state", "prompt"]
    amazon = parameters(Upstream.create(app, "LoginWithAmazon"), nonce="n", prompt="none")
    assert [name for name, _ in amazon][4:] == ["state"]
    assert parameters(Upstream.create(app, "SignInWithApple"), nonce="n")[5:] == [
        ("nonce", "n"),
        ("response_mode", "form_post"),
    ]


@pytest.mark.needs("CreateIdentityProviderRequest.AcrMapping")
def test_where_an_openid_provider_sends_the_user(app: App) -> None:
    plain = oidc(app)
    assert parameters(plain, **ALL)[-2:] == [("login_hint", "ann@example.com"), ("prompt", "login")]
    given = {**OIDC, **PLACES}
    levels = {"Level2": "silver", "Level4": "gold"}
    mapped = Upstream.create(app, "OIDC", "Beta", ProviderDetails=given, AcrMapping=levels)
    request = "urn:cognito:loa:4 unknown urn:cognito:loa:3 urn:cognito:loa:2"
    sent = dict(parameters(mapped, acr_values=request))
    assert (sent["acr_values"], sent["tenant"]) == ("gold silver", "1")
    for claims, level in (({"acr": "gold"}, 4), ({"acr": "silver"}, 2), ({"acr": "else"}, 1), ({}, 0), ({"acr": 4}, 0)):
        assert oauth_requests.level_reached(mapped.record, claims) == level
    for claimed, found in ((["pwd", "otp", "x"], ["pwd", "otp"]), (["x"], ["fed"]), ("pwd", ["fed"]), (None, ["fed"])):
        assert oauth_requests.methods({"amr": claimed}) == found


def test_what_a_callback_says() -> None:
    assert oauth.check_callback({"code": "c", "state": "s", "scope": "x"}) == "c"
    denied = {"error": "access_denied", "error_description": "The user said no"}
    assert error_of(oauth.check_callback, denied) == ("access_denied", "The user said no")
    assert error_of(oauth.check_callback, {"error": "user_cancelled_authorize"})[0] == "access_denied"
    assert error_of(oauth.check_callback, {"error": "server_error"}) == ("invalid_request", "server_error")
    missing = ("invalid_request", "Required String parameter 'code' is not present")
    assert error_of(oauth.check_callback, {"state": "s"}) == missing


def test_a_user_of_an_openid_provider(app: App, stubs: Any) -> None:
    acme = oidc(app, {"email": "email", "name": "name"}, attributes_request_method="POST")
    stubs.post(PLACES["token_url"], json={"access_token": "at", "id_token": id_token(acme, email="ann@example.com")})
    stubs.get(PLACES["jwks_uri"], json=jwks())
    stubs.post(PLACES["attributes_url"], json={"sub": "1", "email": "old@example.com", "name": "Ann"})
    user = redeem(acme)
    assert (user.subject, user.claims["email"], user.claims["name"]) == ("1", "ann@example.com", "Ann")
    assert user.claims["access_token"] == "at"
    asked, _, told = (call.request for call in stubs.calls)
    assert parse_qs(asked.body) == {
        "grant_type": ["authorization_code"],
        "code": ["code"],
        "client_id": ["me"],
        "client_secret": ["s"],
        "redirect_uri": [CALLBACK],
    }
    assert "Authorization" not in asked.headers
    assert (asked.headers["User-Agent"], told.headers["Authorization"]) == ("Amazon/Cognito", "Bearer at")
    assert asked.headers["x-amz-cognito-request-id"] != told.headers["x-amz-cognito-request-id"]


@pytest.mark.parametrize(
    ("info", "problem"),
    [
        ({"json": {"sub": "2"}}, "Bad userInfo sub 2"),
        ({"json": []}, "Acme Error - the response is not a JSON object"),
        ({"status": 403}, "Acme Error - 403 error getting user info"),
        ({"body": requests.ReadTimeout()}, "Read timed out"),
        ({"body": requests.ConnectionError()}, "Connection reset"),
    ],
)
def test_what_is_told_of_a_user_that_will_not_do(app: App, stubs: Any, info: dict[str, Any], problem: str) -> None:
    acme = oidc(app)
    stubs.post(PLACES["token_url"], json={"access_token": "at", "id_token": id_token(acme)})
    stubs.get(PLACES["jwks_uri"], json=jwks())
    stubs.get(PLACES["attributes_url"], **info)
    assert error_of(redeem, acme) == ("invalid_request", problem)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"status": 400, "json": {"error": "invalid_grant"}}, "Acme Error - 400 error getting token"),
        ({"status": 502, "body": "<html>"}, "Acme Error - 502 error getting token"),
        ({"body": "<html>"}, "Acme Error - the response is not a JSON object"),
        ({"json": {"access_token": "at"}}, "Acme Error - no id_token in the token response"),
        ({"body": requests.ReadTimeout()}, "Timeout occurred in calling IdP token endpoint"),
        ({"body": requests.ConnectionError()}, "Connection reset"),
    ],
)
def test_codes_that_give_no_token(app: App, stubs: Any, answer: dict[str, Any], problem: str) -> None:
    stubs.post(PLACES["token_url"], **answer)
    assert error_of(redeem, oidc(app)) == ("invalid_request", problem)


def test_keys_that_do_not_come_in_time(app: App, stubs: Any) -> None:
    acme = oidc(app)
    stubs.post(PLACES["token_url"], json={"id_token": id_token(acme)})
    stubs.get(PLACES["jwks_uri"], body=requests.ReadTimeout())
    assert error_of(redeem, acme) == ("invalid_request", "error_description=Timeout in calling jwks uri")


def test_a_subject_is_needed(app: App, stubs: Any) -> None:
    acme = oidc(app)
    stubs.post(PLACES["token_url"], json={"id_token": id_token(acme, sub="")})
    stubs.get(PLACES["jwks_uri"], json=jwks())
    stubs.get(PLACES["attributes_url"], json={"sub": ""})
    assert error_of(redeem, acme) == ("invalid_request", "Acme Error - sub is missing")


def test_a_user_of_google(app: App, stubs: Any) -> None:
    mapping = {"email": "email", "phone_number": "phoneNumbers", "birthdate": "birthdays", "gender": "genders"}
    google = Upstream.create(app, "Google", AttributeMapping=mapping)
    token = id_token(google, "https://accounts.google.com", email="ann@example.com")
    stubs.post(GOOGLE_TOKEN, json={"access_token": "at", "id_token": token})
    stubs.get(GOOGLE_KEYS, json=jwks())
    numbers = [{"value": "2"}, {"metadata": {"primary": True}, "value": "+1"}]
    birthdays = [{"date": {"year": 2000, "month": 2, "day": 1}}]
    person = {"phoneNumbers": numbers, "birthdays": birthdays, "genders": [], "etag": "e"}
    stubs.get(
        PEOPLE,
        json=person,
        match=[responses.matchers.query_param_matcher({"personFields": "birthdays,genders,phoneNumbers"})],
    )
    claims = redeem(google).claims
    assert (claims["phoneNumbers"], claims["birthdays"], claims["genders"]) == ("+1", "2000-02-01", None)


def test_errors_of_google(app: App, stubs: Any) -> None:
    google = Upstream.create(app, "Google", AttributeMapping={"phone_number": "phoneNumbers"})
    stubs.post(GOOGLE_TOKEN, json={"error": "invalid_grant"}, status=400)
    assert error_of(redeem, google) == ("invalid_request", "Google Error - 400 invalid_grant")
    token = id_token(google, "https://accounts.google.com")
    stubs.replace(responses.POST, GOOGLE_TOKEN, json={"id_token": token})
    stubs.get(GOOGLE_KEYS, json=jwks())
    stubs.get(PEOPLE, json={"error": {"code": 403, "status": "PERMISSION_DENIED"}}, status=403)
    assert error_of(redeem, google) == ("invalid_request", "Google Error - 403 PERMISSION_DENIED")


def test_a_user_of_facebook(app: App, stubs: Any) -> None:
    facebook = Upstream.create(app, "Facebook", AttributeMapping={"email": "email", "picture": "picture"})
    stubs.get(f"{FACEBOOK}/oauth/access_token", json={"access_token": "at"})
    told = {"id": "7", "email": "ann@example.com", "picture": {"data": {"url": "u"}}}
    stubs.get(f"{FACEBOOK}/me", json=told)
    user = redeem(facebook)
    assert (user.subject, user.claims["picture"]) == ("7", '{"data":{"url":"u"}}')
    asked, me = (parse_qs(urlsplit(str(call.request.url)).query) for call in stubs.calls)
    assert (asked["code"], asked["client_secret"]) == (["code"], ["s3cret"])
    assert me == {"fields": ["id,email,picture"]}


def test_a_user_of_amazon(app: App, stubs: Any) -> None:
    amazon = Upstream.create(app, "LoginWithAmazon")
    stubs.post(f"{AMAZON}/auth/o2/token", json={"access_token": "at"})
    stubs.get(f"{AMAZON}/user/profile", json={"user_id": "amzn1.account.A", "name": "Ann"})
    assert redeem(amazon).subject == "amzn1.account.A"
    refused = {
        "error": "invalid_request",
        "error_description": "The request is missing a required parameter : client_secret",
    }
    stubs.replace(responses.POST, f"{AMAZON}/auth/o2/token", json=refused, status=400)
    problem = f"LoginWithAmazon Error - 400 invalid_request {refused['error_description']}"
    assert error_of(redeem, amazon) == ("invalid_request", problem)


@pytest.mark.parametrize("armour", [True, False])
def test_a_user_of_apple(app: App, stubs: Any, armour: bool) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    pem = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
    given = pem if armour else "".join(pem.splitlines()[1:-1])
    apple = Upstream.create(app, "SignInWithApple", ProviderDetails={**APPLE, "private_key": given})
    token = id_token(apple, "https://appleid.apple.com", email="ann@example.com")
    stubs.post(APPLE_TOKEN, json={"id_token": token})
    stubs.get(APPLE_KEYS, json=jwks())
    form = {"name": {"firstName": "Ann", "lastName": "Lee"}, "email": "admin@example.com", "sub": "2"}
    user = redeem(apple, apple_user=json.dumps(form))
    assert user.user_info == {"firstName": "Ann", "lastName": "Lee", "name": "Ann Lee"}
    assert (user.subject, user.claims["email"]) == ("1", "ann@example.com")
    for nothing in (None, "", "[", "[]", '{"name": 1}', '{"name": {"firstName": 1}}'):
        assert redeem(apple, apple_user=nothing).user_info == {}
    secret = parse_qs(stubs.calls[0].request.body)["client_secret"][0]
    assert jwt.get_unverified_header(secret) == {"alg": "ES256", "kid": "K", "typ": "JWT"}
    said = jwt.decode(secret, own.public_key(), ["ES256"], audience="https://appleid.apple.com", issuer="T")
    assert (said["sub"], said["exp"] - said["iat"]) == ("me", 300)


def test_a_key_that_is_not_one_of_apple(app: App) -> None:
    apple = Upstream.create(app, "SignInWithApple")
    assert error_of(redeem, apple) == ("invalid_request", "SignInWithApple Error - the private key is not valid")


def test_a_provider_on_this_machine(app: App) -> None:
    with HttpProvider() as there:
        details = {**OIDC, "client_secret": "s", "oidc_issuer": there.url}
        acme = Upstream.create(app, "OIDC", "Acme", ProviderDetails=details)
        there.answers["GET /.well-known/openid-configuration"] = {
            "authorization_endpoint": f"{there.url}/in",
            "token_endpoint": f"{there.url}/token",
            "jwks_uri": f"{there.url}/keys",
        }
        url = acme.step(oauth.authorization_url, callback_url=CALLBACK, state="st", nonce="n")
        assert url.startswith(f"{there.url}/in?client_id=me&")
        there.answers["POST /token"] = {"access_token": "at", "id_token": id_token(acme, there.url)}
        there.answers["GET /keys"] = jwks()
        assert redeem(acme).subject == "1"
        assert there.asked == ["GET /.well-known/openid-configuration", "POST /token", "GET /keys"]
        assert "code=code&client_id=me&client_secret=s" in there.bodies[1]
