"""The rules of a listener, and what a load balancer is made of."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, FixedResponse, JwtValidation, RedirectAction, User, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.balanced import APP, OIDC, echo


def other(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def test_the_first_rule_that_fits_decides(cognito: Cognito, pool: UserPool, alice: User) -> None:
    balancer = cognito.load_balancer(
        echo(),
        pool,
        rules={
            "/health": FixedResponse(200, "ok"),
            "/public/*": "forward",
            "/spa/*": "deny",
            "/both/*": ("allow", other),
            "/api/?1/*": JwtValidation(pool),
            "/api/*": other,
            "/old/*": RedirectAction(path="/new/#{path}", query="", status=302),
        },
    )
    assert (balancer.get("/health").text, balancer.get("/health").headers["Content-Type"]) == ("ok", "text/plain")
    assert balancer.get("/public/a").json()["path"] == "/public/a"
    assert balancer.get("/spa/a").status_code == 401
    assert balancer.get("/both/a").text == "/both/a"
    assert balancer.get("/api/v1/a").status_code == 401
    assert balancer.get("/api/v10/a").text == "/api/v10/a"
    assert balancer.get("/public").status_code == 302
    moved = balancer.get("/old/a?b=c")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"{APP}:443/new/old/a")
    token = alice.tokens().access_token
    assert balancer.get("/api/v1/a", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert f"{OIDC}data" in balancer.signed_in(alice).get("/spa/a").json()["headers"]


def test_a_rule_says_what_becomes_of_strangers_whatever_the_default(cognito: Cognito, pool: UserPool) -> None:
    rules = {"/pages/*": "authenticate", "/public/*": "allow"}
    balancer = cognito.load_balancer(echo(), pool, on_unauthenticated="deny", rules=rules)
    statuses = [balancer.get(path).status_code for path in ("/pages/a", "/public/a", "/a")]
    assert statuses == [302, 200, 401]


def test_http_leads_to_https(cognito: Cognito, pool: UserPool) -> None:
    cognito.load_balancer(echo(), pool)
    response = requests.get("http://app.example.com/a?b=c", allow_redirects=False, timeout=5)
    assert (response.status_code, response.headers["Location"]) == (301, f"{APP}:443/a?b=c")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rules": {"api": "forward"}}, "'/api/\\*'"),
        ({"rules": {"/api": "let"}}, "'deny'"),
        ({"rules": {"/api": 1}}, "WSGI or ASGI"),
        ({"rules": {"/api": ("deny", echo, echo)}}, "as in"),
        ({"rules": {"/api": FixedResponse(301)}}, "2XX"),
        ({"rules": {"/api": FixedResponse(200, content_type="image/png")}}, "text/plain"),
        ({"rules": {"/api": RedirectAction()}}, "changes"),
        ({"rules": {"/api": RedirectAction(path="/x", status=307)}}, "301 or 302"),
        ({"on_unauthenticated": "refuse"}, "'authenticate'"),
        ({"session_timeout": 0}, "seconds"),
        ({"cookie_name": "a b"}, "cookie_name"),
        ({"extra_params": {str(number): "1" for number in range(11)}}, "10"),
        ({"host": "https://app.example.com"}, "app.example.com"),
        ({"host": "cognito-idp.us-east-1.amazonaws.com"}, "app.example.com"),
        ({"name": "a_b"}, "32 letters"),
        ({"domain": "nowhere"}, "has no domain"),
        ({"session_time_out": 5}, "session_timeout"),
    ],
)
def test_what_can_not_be_meant(cognito: Cognito, pool: UserPool, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        cognito.load_balancer(echo(), pool, **arguments)


def test_the_application_and_the_app_client(cognito: Cognito, pool: UserPool) -> None:
    with pytest.raises(UsageError, match="has no secret"):
        cognito.load_balancer(echo(), pool.client)
    with pytest.raises(UsageError, match="WSGI or ASGI"):
        cognito.load_balancer("app:app", pool)
    with pytest.raises(UsageError, match="takes an app client"):
        cognito.load_balancer(echo(), pool.client.id)  # type: ignore[arg-type]


def test_there_is_no_pool(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match="there is no user pool: take cognito_user_pool, or"):
        cognito.load_balancer(lambda event, context: None)


def test_the_only_pool_needs_no_name(cognito: Cognito, pool: UserPool, alice: User) -> None:
    assert cognito.load_balancer(echo()).signed_in(alice).get("/").status_code == 200
    cognito.create_user_pool()
    with pytest.raises(UsageError, match="say which one"):
        cognito.load_balancer(echo())


def test_the_arn_is_known_beforehand(cognito: Cognito, pool: UserPool) -> None:
    first = cognito.load_balancer(echo(), pool, name="notes")
    assert first.arn == cognito.load_balancer(echo(), pool, name="notes").arn
    assert first.arn.startswith("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/notes/")
    assert first.client.secret
    assert first.domain_url.startswith("https://notes-")
    with pytest.raises(UsageError, match="nobody signs in"):
        cognito.load_balancer(echo(), action="forward").client  # noqa: B018 - it is a property
    assert first.dns_name.endswith(".us-east-1.elb.amazonaws.com")
