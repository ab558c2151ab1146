"""What an address of AWS is called on the loopback server."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito
from pytest_cognito.cognito_idp import find_domain
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.calls import Call
from pytest_cognito.web import addresses
from pytest_cognito.web.context import RequestContext

POOL = "us-east-1_Notes0001"
NOTES, OTHER = (hosts.prefix_domain(prefix, "us-east-1") for prefix in ("notes", "other"))
ISSUER = f"https://{hosts.endpoint('cognito-idp', 'us-east-1')}"
IDP = "idp.example.com"
HERE = "http://127.0.0.1:9229"
OTHERS = (
    f"{ISSUER}/us-east-1_Nobody000/x",
    "https://app.example.com/",
    "/login",
    "myapp://callback",
    "https://[/",
)


@pytest.fixture(autouse=True)
def world(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(id=POOL)
    pool.call("CreateUserPoolDomain", Domain="notes")
    cognito.create_user_pool().call("CreateUserPoolDomain", Domain="other")
    cognito.world.sites.register(IDP, lambda _: Response(200))


def context(cognito: Cognito, origin: str, base: str) -> RequestContext:
    """That of a request to the page of notes that came over the server with an origin; "" for one in process."""
    host = hosts.find(NOTES)
    request = Request("GET", "/login" if origin else f"https://{NOTES}/login", {"host": origin.rpartition("/")[2]})
    request.origin = origin
    call = Call("web", "GET /login", {}, "us-east-1", "id")
    return RequestContext(cognito.world, request, call, None, find_domain(cognito.world, host, ""), {}, base)


@pytest.mark.parametrize(
    ("url", "by_path", "by_name"),
    [
        (f"https://{NOTES}/login?a=b#c", f"{HERE}/notes/login?a=b#c", "http://notes.localhost:9229/login?a=b#c"),
        (f"https://{NOTES}", f"{HERE}/notes/", "http://notes.localhost:9229/"),
        (f"https://{OTHER}/login", f"{HERE}/other/login", "http://other.localhost:9229/login"),
        (f"https://{IDP}/o?x=1", f"{HERE}/_provider/{IDP}/o?x=1", f"http://{IDP}.localhost:9229/o?x=1"),
        (f"{ISSUER}/{POOL}/jwks", f"{HERE}/{POOL}/jwks", f"http://localhost:9229/{POOL}/jwks"),
        *[(url, url, url) for url in OTHERS],
    ],
)
def test_local_urls(cognito: Cognito, url: str, by_path: str, by_name: str) -> None:
    assert addresses.local_url(context(cognito, HERE, "/notes"), url) == by_path
    assert addresses.local_url(context(cognito, "http://notes.localhost:9229", ""), url) == by_name
    assert addresses.local_url(context(cognito, "", ""), url) == url


def test_the_origin_of_a_request(cognito: Cognito) -> None:
    assert context(cognito, HERE, "/notes").origin == HERE
    assert context(cognito, "", "").origin == f"https://{NOTES}"


@pytest.mark.parametrize(
    ("origin", "same_site", "path", "secure"),
    [
        ("", "Lax", "/", True),
        (HERE, "Lax", "/notes/", False),
        (HERE, None, "/notes/", False),
        (HERE, "None", "/notes/", True),
        (HERE.replace("http", "https"), "Lax", "/notes/", True),
    ],
)
def test_cookie_attributes(cognito: Cognito, origin: str, same_site: str | None, path: str, secure: bool) -> None:
    there = context(cognito, origin, "/notes" if origin else "")

    assert addresses.cookie_attributes(there, same_site) == (path, secure)
