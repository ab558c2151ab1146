"""``/_cognito/``: the pools and what is in them, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.http import hosts
from pytest_cognito.world import World

from .loopback import PASSWORD, Wire

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
POOL = "us-east-1_Notes0001"
SECRET = "a-secret-that-nobody-reads"
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}
OAUTH: Mapping[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": ["https://app.example.com/b", "https://app.example.com/a"],
}


@pytest.fixture
def pool(world: World) -> UserPool:
    pool = Cognito(world).create_user_pool(id=POOL, PoolName="notes")
    pool.call("CreateUserPoolDomain", Domain="notes")
    pool.create_identity_provider("Google")
    pool.create_user("alice", password=PASSWORD, groups=["admins"], email="alice@example.com", name="<b>Alice</b>")
    pool.create_user("bob", status="FORCE_CHANGE_PASSWORD")
    pool.call("AdminDisableUser", Username="bob")
    return pool


def asked(wire: Wire, path: str) -> Any:
    return json.loads(wire.send("GET", path, {"Accept": "application/json"}).body)


def page(wire: Wire, path: str) -> str:
    answer = wire.send("GET", path, {"Accept": BROWSER})
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    return answer.body.decode()


@pytest.mark.parametrize("path", ["/_cognito", "/_cognito/"])
def test_all_pools(wire: Wire, world: World, pool: UserPool, path: str) -> None:
    other = Cognito(world).create_user_pool(region="eu-west-1", PoolName="other")

    (first, second) = asked(wire, path)["UserPools"]
    assert first == {"Id": other.id, "Name": "other", "Region": "eu-west-1", "Href": f"/_cognito/pools/{other.id}"}
    assert second["Id"] == POOL
    assert f'href="/_cognito/pools/{POOL}"' in page(wire, path)


def test_no_pools(wire: Wire) -> None:
    assert asked(wire, "/_cognito/") == {"UserPools": [], "IdentityPools": []}
    shown = page(wire, "/_cognito/")
    assert "There is no user pool yet." in shown
    assert "There is no identity pool yet." in shown


def test_what_is_in_a_pool(wire: Wire, pool: UserPool) -> None:
    found = asked(wire, f"/_cognito/pools/{POOL}")

    assert found["Domains"] == [{"Domain": "notes", "Url": wire.endpoint_url.replace("127.0.0.1", "notes.localhost")}]
    assert found["IdentityProviders"] == [{"ProviderName": "Google", "ProviderType": "Google"}]
    assert found["UserCount"] == 2
    alice, bob = found["Users"]
    assert (alice["Username"], alice["UserStatus"], alice["Groups"]) == ("alice", "CONFIRMED", ["admins"])
    assert alice["Attributes"]["email"] == "alice@example.com"
    assert (bob["Enabled"], bob["UserStatus"]) == (False, "FORCE_CHANGE_PASSWORD")


@pytest.mark.parametrize(
    ("settings", "links"),
    [
        ({"AllowedOAuthFlows": ["code"], "SupportedIdentityProviders": ["COGNITO", "Google"]}, ["sign in", "Google"]),
        ({"AllowedOAuthFlows": ["implicit"], "SupportedIdentityProviders": ["COGNITO"]}, ["sign in"]),
        ({"AllowedOAuthFlowsUserPoolClient": False}, []),
    ],
)
def test_where_users_sign_in(wire: Wire, pool: UserPool, settings: dict[str, Any], links: list[str]) -> None:
    client = pool.create_client(**{**OAUTH, **settings})
    urls = asked(wire, f"/_cognito/pools/{POOL}")["Clients"][0]["SignInUrls"]

    assert list(urls) == links
    kind = "token" if settings.get("AllowedOAuthFlows") == ["implicit"] else "code"
    for name, url in urls.items():
        assert url.startswith(wire.endpoint_url.replace("127.0.0.1", "notes.localhost") + "/oauth2/authorize?")
        assert f"client_id={client.id}&response_type={kind}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fb" in url
        assert ("identity_provider=Google" in url) == (name == "Google")


def test_a_page_has_no_secrets_and_no_markup_of_users(wire: Wire, pool: UserPool) -> None:
    pool.create_client(secret=SECRET)
    shown = page(wire, f"/_cognito/pools/{POOL}")
    told = wire.send("GET", f"/_cognito/pools/{POOL}").body.decode()

    assert "&lt;b&gt;Alice&lt;/b&gt;" in shown
    assert "<b>Alice" not in shown
    for text in (shown, told):
        assert "alice@example.com" in text
        assert not any(secret in text for secret in (SECRET, PASSWORD, "client_secret"))


def test_what_is_in_an_identity_pool(wire: Wire, world: World) -> None:
    cognito = Cognito(world)
    pool = cognito.create_identity_pool(
        IdentityPoolName="notes", AllowUnauthenticatedIdentities=True, DeveloperProviderName="login.example.com"
    )
    pool.set_roles(authenticated="arn:aws:iam::123456789012:role/notes")
    user, guest = pool.developer_identity("<b>u1</b>"), pool.guest()

    (listed,) = asked(wire, "/_cognito/")["IdentityPools"]
    found = asked(wire, listed["Href"])

    assert listed == {name: found[name] for name in ("Id", "Name", "Region", "Href")}
    assert (found["Id"], found["Name"], found["IdentityCount"]) == (pool.id, "notes", 2)
    assert found["Roles"] == {"authenticated": "arn:aws:iam::123456789012:role/notes"}
    logins = {identity["IdentityId"]: identity["Logins"] for identity in found["Identities"]}
    assert logins == {user.id: [{"Provider": "login.example.com", "User": "<b>u1</b>"}], guest.id: []}
    shown = page(wire, listed["Href"])
    assert "login.example.com: &lt;b&gt;u1&lt;/b&gt;" in shown
    assert "a guest" in shown
    assert f'href="/_cognito/identity-pools/{pool.id}"' in page(wire, "/_cognito/")


def test_a_pool_with_many_users(wire: Wire, pool: UserPool) -> None:
    pool.create_users(520)
    found = asked(wire, f"/_cognito/pools/{POOL}")

    assert (len(found["Users"]), found["UserCount"]) == (500, 522)
    assert "… and 22 more" in page(wire, f"/_cognito/pools/{POOL}")


@pytest.mark.parametrize(
    "path", ["/_cognito/pools/us-east-1_Nobody000", "/_cognito/pools/", "/_cognito/identity-pools/x"]
)
def test_what_is_not_there(wire: Wire, path: str) -> None:
    answer = wire.send("GET", path)

    assert (answer.status, b"begins at /_cognito/" in answer.body) == (404, True)


def test_it_is_read_alone(wire: Wire, pool: UserPool) -> None:
    assert wire.send("POST", f"/_cognito/pools/{POOL}").status == 405


def test_names_of_domains_are_known(wire: Wire, pool: UserPool) -> None:
    pool.call("CreateUserPoolDomain", Domain="auth.example.com", CustomDomainConfig=CERTIFICATE)
    known = ["auth.example.com:9229", hosts.prefix_domain("notes", "us-east-1"), "notes.localhost"]
    foreign = ["www.example.com", hosts.prefix_domain("other", "us-east-1")]

    assert [wire.send("GET", "/_cognito/", {"Host": name}).status for name in [*known, *foreign]] == [200] * 3 + [
        403
    ] * 2
