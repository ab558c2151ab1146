"""Where simulated providers answer, in which world, and what is logged."""

from __future__ import annotations

import requests

from pytest_cognito import Cognito, providers
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.providers import catalog
from pytest_cognito.world import World
from tests.support.provider_pages import address, get, redeem, sent, submit

DISCOVERY = "/.well-known/openid-configuration"
GOOGLE = "https://accounts.google.com/o/oauth2/v2/auth"


def test_a_provider_is_the_same_object_each_time(cognito: Cognito) -> None:
    there = cognito.providers

    assert there.google is there.google
    assert there.oidc("https://idp.example.com") is there.oidc("https://idp.example.com")
    assert there.saml("https://idp.example.com") is there.saml("https://idp.example.com")
    assert there.oidc("https://idp.example.com") is not there.oidc("https://idp.example.com/b")


def test_several_providers_at_one_host(cognito: Cognito) -> None:
    for issuer in ("https://idp.example.com", "https://idp.example.com/b"):
        cognito.providers.oidc(issuer)
    cognito.providers.saml("https://idp.example.com")

    assert get(f"https://idp.example.com{DISCOVERY}").json()["issuer"] == "https://idp.example.com"
    assert get(f"https://idp.example.com/b{DISCOVERY}").json()["issuer"] == "https://idp.example.com/b"
    assert "EntityDescriptor" in get("https://idp.example.com/metadata").text


def test_the_log_of_calls_has_the_requests(cognito: Cognito) -> None:
    cognito.providers.google.add_client("app", "s3cret")
    code = sent(submit(address(GOOGLE, scope="openid"), sub="1"))["code"]
    redeem("https://oauth2.googleapis.com/token", code, client_secret="s3cret")

    [posted] = cognito.calls.of("POST accounts.google.com/o/oauth2/v2/auth")
    assert (posted.service, posted.parameters["client_id"], posted.result) == ("provider", "app", {"status": 302})
    assert repr(cognito.calls[-1]) == "<Call POST oauth2.googleapis.com/token → 200>"
    assert "s3cret" not in repr(cognito.calls)


def test_a_secret_in_a_query_is_not_shown(cognito: Cognito) -> None:
    assert cognito.providers.facebook.users == []
    get("https://graph.facebook.com/oauth/access_token?client_id=app&client_secret=s3cret&code=c0de")
    get("https://graph.facebook.com/me?access_token=t0ken")

    shown = "".join(map(repr, cognito.calls))
    assert "client_id=app" in shown
    assert not [secret for secret in ("s3cret", "c0de", "t0ken") if secret in shown]


def test_ensure_makes_a_social_provider_that_knows_cognito(cognito: Cognito) -> None:
    providers.ensure(cognito.world, "Google", {"client_id": "cognito", "client_secret": "s3cret"})

    code = sent(submit(address(GOOGLE, client_id="cognito", scope="openid"), sub="1"))["code"]
    url = "https://www.googleapis.com/oauth2/v4/token"
    assert redeem(url, code, client_id="cognito", client_secret="wrong").json()["error"] == "invalid_client"
    assert get(address(GOOGLE, scope="openid")).status_code == 200


def test_ensure_leaves_a_client_of_the_test_as_it_is(cognito: Cognito) -> None:
    cognito.providers.google.add_client("app", "right")

    providers.ensure(cognito.world, "Google", {"client_id": "app", "client_secret": "wrong"})

    code = sent(submit(address(GOOGLE, scope="openid"), sub="1"))["code"]
    assert redeem("https://www.googleapis.com/oauth2/v4/token", code, client_secret="right").status_code == 200


def test_ensure_makes_no_provider_of_a_company(cognito: Cognito) -> None:
    providers.ensure(cognito.world, "OIDC", {"client_id": "c", "oidc_issuer": "https://idp.example.com"})
    providers.ensure(cognito.world, "SAML", {"MetadataURL": "https://idp.example.com/metadata"})
    assert cognito.world.sites.find("idp.example.com") is None

    cognito.providers.oidc("https://idp.example.com")
    details = {"client_id": "c", "client_secret": "s", "oidc_issuer": "https://idp.example.com"}
    providers.ensure(cognito.world, "OIDC", details)
    assert redeem("https://idp.example.com/token", "x", client_id="c").json()["error"] == "invalid_client"


def test_a_site_of_the_test_goes_first(cognito: Cognito) -> None:
    def own(_: Request) -> Response:
        return Response(200, [], b"mine")

    cognito.world.sites.register("graph.facebook.com", own)
    assert cognito.providers.facebook.users == []

    assert requests.get("https://graph.facebook.com/me", timeout=5).text == "mine"
    assert get("https://www.facebook.com/nothing").status_code == 404


def test_a_world_begins_with_the_providers_of_its_parent() -> None:
    parent = World()
    catalog.google(parent).add_user("1", email="ann@example.com")
    catalog.oidc(parent, "https://idp.example.com").add_client("app")
    world = World(parent=parent)
    google = catalog.google(world)

    google.add_user("2")
    response = world.sites.find("www.googleapis.com")
    assert response is not None
    response(Request.make("GET", "https://www.googleapis.com/oauth2/v3/certs"))

    assert google.token("1").claims["email"] == "ann@example.com"
    assert [each.sub for each in catalog.google(parent).users] == ["1"]
    assert (len(world.calls), len(parent.calls)) == (1, 0)
    world.reset()
    assert [each.sub for each in catalog.google(world).users] == ["1"]


def test_reset_forgets_them(cognito: Cognito) -> None:
    cognito.providers.google.add_user("1")

    cognito.reset()

    assert cognito.world.sites.find("accounts.google.com") is None
    assert cognito.providers.google.users == []


def test_they_say_who_they_are(cognito: Cognito) -> None:
    cognito.providers.oidc("https://idp.example.com/b").add_user("1")

    assert repr(cognito.providers.oidc("https://idp.example.com/b")) == "<simulated idp.example.com/b, 1 users>"
    assert "google" in repr(cognito.providers)
