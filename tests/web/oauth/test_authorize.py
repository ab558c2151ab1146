"""/oauth2/authorize: what is wrong with a request, who is told of it, and where a good one leads."""

from __future__ import annotations

import pytest

from tests.support.hosted import CALLBACK, OAUTH, PKCE, Hosted, has_managed_login, parameters


def with_client(hosted: Hosted, **settings: object) -> Hosted:
    return hosted.at(hosted.pool.create_client(**{**OAUTH, **settings}))


def test_a_good_request_goes_to_the_sign_in_page_with_the_same_query(hosted: Hosted) -> None:
    sent = {"state": "a b/ü", "nonce": "n", "scope": "openid  email", "lang": "de", "login_hint": "al", **PKCE}
    location = hosted.authorize(**sent)
    assert location.startswith("/login?client_id=")
    assert parameters(location).items() >= sent.items()


def test_redirects_have_whole_addresses(hosted: Hosted) -> None:
    """As clients need them that follow a redirect by hand."""
    query = {"client_id": hosted.client.id, "response_type": "code", "redirect_uri": CALLBACK}
    for path, given, target in (
        ("/oauth2/authorize", query, "/login"),
        ("/oauth2/authorize", {"client_id": "unknown"}, "/error"),
        ("/logout", query, "/login"),
        ("/mfa", query, "/login"),
    ):
        assert hosted.get(path, **given).headers["Location"].startswith(f"{hosted.base}{target}?")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "unknown"}, "invalid_request"),
        ({"client_id": None}, "invalid_request"),
        ({"redirect_uri": f"{CALLBACK}/"}, "redirect_mismatch"),
        ({"redirect_uri": None}, "redirect_mismatch"),
        ({"identity_provider": "Google"}, "Login option is not available. Please try another one"),
        ({"idp_identifier": "example.com"}, "Login option is not available. Please try another one"),
    ],
)
def test_what_is_not_told_to_the_application(hosted: Hosted, wrong: dict[str, str | None], error: str) -> None:
    location = hosted.authorize(**wrong)
    client_id = wrong.get("client_id", hosted.client.id)
    assert location.startswith("/error?")
    assert parameters(location) == {"error": error, **({} if client_id is None else {"client_id": client_id})}
    page = hosted.browser.get(hosted.base + location, timeout=5)
    assert (page.status_code, error in page.text) == (400, True)


def test_a_client_without_oauth(hosted: Hosted) -> None:
    for client in (
        with_client(hosted, AllowedOAuthFlowsUserPoolClient=False),
        with_client(hosted, SupportedIdentityProviders=[]),
    ):
        assert parameters(client.authorize())["error"] == "unauthorized_client"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"response_type": None}, {"error": "invalid_request"}),
        ({"response_type": "id_token"}, {"error": "invalid_request"}),
        ({"code_challenge": "x"}, {"error": "invalid_request"}),
        ({"code_challenge_method": "S256"}, {"error": "invalid_request"}),
        ({**PKCE, "code_challenge_method": "plain"}, {"error": "invalid_request"}),
        ({"scope": "openid unknown"}, {"error_description": "invalid_scope", "error": "invalid_request"}),
    ],
)
def test_what_the_application_is_told(hosted: Hosted, wrong: dict[str, str | None], told: dict[str, str]) -> None:
    location = hosted.authorize(state="s/1 2", **wrong)
    assert location.startswith(f"{CALLBACK}?")
    found = parameters(location)
    assert found == {**told, "state": "s/1 2"}
    assert list(found)[-1] == "error"


def test_errors_of_an_implicit_request_are_in_the_query(hosted: Hosted) -> None:
    location = hosted.authorize(response_type="token", scope="unknown")
    assert location == f"{CALLBACK}?error_description=invalid_scope&error=invalid_request"
    assert hosted.authorize(response_type="token", code_challenge="no-method").startswith("/login?")


def test_a_grant_that_the_client_is_not_allowed(hosted: Hosted) -> None:
    client = with_client(hosted, AllowedOAuthFlows=["code"])
    assert client.authorize(response_type="token") == f"{CALLBACK}?error=unauthorized_client"


def test_a_client_with_one_provider_needs_no_redirect_uri(hosted: Hosted) -> None:
    one = with_client(hosted, CallbackURLs=[CALLBACK])
    assert one.authorize(redirect_uri=None).startswith("/login?")
    several = with_client(hosted, DefaultRedirectURI=CALLBACK)
    assert several.authorize(redirect_uri=None, response_type=None) == f"{CALLBACK}?error=invalid_request"


def test_a_redirect_uri_with_a_query(hosted: Hosted) -> None:
    uri = "myapp://in?a=1"
    client = with_client(hosted, CallbackURLs=[uri])
    assert client.authorize(redirect_uri=uri, response_type="x") == f"{uri}&error=invalid_request"
    assert client.sign_in(redirect_uri=uri, state="").startswith(f"{uri}&code=")


def test_the_short_path_and_other_methods(hosted: Hosted) -> None:
    query = {"client_id": hosted.client.id, "response_type": "code", "redirect_uri": CALLBACK}
    assert hosted.get("/authorize", **query).headers["Location"].startswith(f"{hosted.base}/login?")
    wrong = hosted.post("/oauth2/authorize")
    assert (wrong.status_code, wrong.content) == (405, b"")
    assert "XSRF-TOKEN=" in wrong.headers["Set-Cookie"]
    assert hosted.get("/oauth2/token").status_code == 405
    assert hosted.get("/oauth2/revoke").status_code == 405
    assert hosted.post("/logout").status_code == 405


# Managed login


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"prompt": "none"}, "login_required"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"resource": "http://api.example.com"}, "invalid_target"),
        ({"resource": "https://api.example.com/#part"}, "invalid_target"),
        ({"resource": "https:///"}, "invalid_target"),
        ({"resource": "notes"}, "invalid_target"),
        ({"resource": "https://[::1"}, "invalid_target"),
    ],
)
def test_what_managed_login_checks_alone(managed: Hosted, wrong: dict[str, str | None], error: str) -> None:
    assert managed.authorize(**wrong) == f"{CALLBACK}?error={error}"
    managed.pool.call("UpdateUserPoolDomain", Domain="notes", ManagedLoginVersion=1)
    assert managed.authorize(**wrong).startswith("/login?")


def test_one_resource_in_a_request(managed: Hosted) -> None:
    twice = f"/oauth2/authorize?client_id={managed.client.id}&response_type=code&resource=https://a&resource=https://b"
    answer = managed.get(twice, redirect_uri=CALLBACK)
    assert answer.headers["Location"] == f"{CALLBACK}?error=invalid_target"


def test_managed_login_without_a_style(hosted: Hosted) -> None:
    bare = has_managed_login(hosted, styled=False)
    page = bare.browser.get(bare.base + bare.authorize(), timeout=5)
    assert page.status_code == 403
    assert "Login pages unavailable" in page.text
