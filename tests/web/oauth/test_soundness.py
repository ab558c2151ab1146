"""Whatever is sent to the endpoints: no tokens without a proven user, no code to a foreign address, no exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.endpoints import application
from pytest_cognito.http.messages import Request
from tests.support.hosted import CALLBACK, CHALLENGE, OAUTH, PREFIX, VERIFIER, Hosted, parameters

REGISTERED = OAUTH["CallbackURLs"]
PATHS = ("/oauth2/authorize", "/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke", "/oauth2/register", "/logout")
NAMES = (
    *("client_id", "client_secret", "grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope"),
    *("response_type", "state", "nonce", "code_challenge", "code_challenge_method", "prompt", "max_age", "acr_values"),
    *("resource", "identity_provider", "idp_identifier", "logout_uri", "token", "subject_token", "actor_token"),
    *("subject_token_type", "aws_client_metadata", "ContextData", "UserContextData", "AuthParameters"),
)
WORDS = (
    *("code", "token", "authorization_code", "refresh_token", "client_credentials", "openid", "openid email", "none"),
    *(CALLBACK, "S256", CHALLENGE, VERIFIER, "COGNITO", "urn:cognito:loa:4", "login", "https://x.example.com", "{}"),
    *("urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:token-type:access_token"),
)
CLIENT = "the client's id"
VALUES = st.one_of(st.sampled_from((*WORDS, CLIENT)), st.text(max_size=12))
REQUESTS = st.tuples(
    st.sampled_from(PATHS),
    st.sampled_from(("GET", "POST")),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8),
    st.sampled_from((None, "Basic YTpi", "Bearer x", "Basic \xe9", "Bearer")),
    st.booleans(),
)


@contextmanager
def site() -> Iterator[Hosted]:
    """A domain of managed login, so that all parameters count; nobody has signed in."""
    with mock_cognito(seed="soundness") as cognito:
        pool = cognito.create_user_pool()
        pool.call("CreateUserPoolDomain", Domain=PREFIX, ManagedLoginVersion=2)
        pool.create_user("alice")
        yield Hosted(pool, pool.create_client(**OAUTH))


@settings(max_examples=40)
@given(st.lists(REQUESTS, min_size=1, max_size=8))
def test_nobody_gets_anything_without_a_sign_in(
    sent: list[tuple[str, str, dict[str, str], str | None, bool]],
) -> None:
    with site() as hosted:
        for path, method, named, authorization, in_body in sent:
            given_values = {name: hosted.client.id if value == CLIENT else value for name, value in named.items()}
            encoded = urlencode(given_values, errors="surrogatepass")
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            if authorization is not None:
                headers["Authorization"] = authorization
            url = f"{hosted.base}{path}" if in_body else f"{hosted.base}{path}?{encoded}"
            body = encoded.encode() if in_body else b""
            response = application.handle(hosted.pool.world, Request.make(method, url, headers, body))
            assert response.status in (200, 302, 400, 401, 403, 405)
            assert b"eyJ" not in response.body
            location = response.header("Location") or hosted.base
            assert urlsplit(location).netloc in (urlsplit(hosted.base).netloc, urlsplit(CALLBACK).netloc)
            inside = location.startswith(hosted.base)
            assert {"code", "access_token", "id_token"}.isdisjoint(parameters(location)) or inside


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5), st.sampled_from([*REGISTERED, f"{CALLBACK}?"]))
def test_a_code_goes_to_a_registered_address_alone(named: dict[str, str], uri: str) -> None:
    with site() as hosted:
        hosted.pool.call("CreateManagedLoginBranding", ClientId=hosted.client.id, UseCognitoProvidedValues=True)
        hosted.sign_in()
        fixed = {"client_id": hosted.client.id, "response_type": "code"}
        query = urlencode({"redirect_uri": uri, **named, **fixed}, errors="surrogatepass")
        answer = hosted.browser.get(f"{hosted.base}/oauth2/authorize?{query}", allow_redirects=False, timeout=5)
        location = hosted.led_to(answer)
        if "code" in parameters(location) and not location.startswith("/"):
            assert location.split("?code=")[0] in REGISTERED


@settings(max_examples=25)
@given(st.text(max_size=130), st.sampled_from([CALLBACK, REGISTERED[1], ""]), st.booleans())
def test_a_code_is_bound_to_its_verifier_and_address(verifier: str, uri: str, right: bool) -> None:
    with site() as hosted:
        hosted.pool.call("CreateManagedLoginBranding", ClientId=hosted.client.id, UseCognitoProvidedValues=True)
        code = hosted.code(code_challenge=CHALLENGE, code_challenge_method="S256")
        chosen = VERIFIER if right else verifier
        answer = hosted.redeem(code, code_verifier=chosen, redirect_uri=uri)
        assert (answer.status_code == 200) is (chosen == VERIFIER and uri == CALLBACK)
        assert hosted.redeem(code, code_verifier=VERIFIER).status_code == (200 if uri == "" else 400)
