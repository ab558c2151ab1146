"""Whatever comes back from providers, by whichever browser: nobody is taken for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito
from tests.support import federated
from tests.support.federated import ISSUER, Federated, WayBack
from tests.support.hosted import CALLBACK, parameters, said
from tests.support.jwts import claims

# Facebook and Amazon sign no nonce: with them a code binds nobody to a request, as at AWS.
PROVIDERS = ("Google", "SignInWithApple", "OpenID", "Saml")
PEOPLE = ("ann", "bob")
PATHS = ("/oauth2/idpresponse", "/saml2/idpresponse", "/saml2/logout")
SPOILS = ("expired", "tampered", "unsigned", "wrong_audience", "wrong_issuer", "wrong_signer")
SETTINGS = settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples // 4)


class Travels:
    """Two people, each with a browser of their own, and all that providers have sent with these."""

    def __init__(self, cognito: Cognito) -> None:
        pool = federated.make_pool(cognito)
        self.idps: dict[str, Any] = {
            "Google": cognito.providers.google,
            "SignInWithApple": cognito.providers.apple,
            "OpenID": cognito.providers.oidc("https://openid.example.com"),
            "Saml": cognito.providers.saml(ISSUER),
        }
        for name, idp in self.idps.items():
            pool.create_identity_provider(name, provider=idp)
        self.app = Federated(pool, federated.make_client(pool, *PROVIDERS))
        self.begin()

    def begin(self) -> None:
        """Forget all that was: new browsers."""
        self.browsers = [self.app.another_browser() for _ in PEOPLE]
        self.ways: list[WayBack] = []
        self.codes: list[tuple[int, str]] = []
        for idp in self.idps.values():
            idp._spoils = None

    def visit(self, who: int, provider: str, spoil: str | None) -> None:
        """Let a person sign in at a provider, which perhaps sends an invalid assertion with them."""
        if spoil is not None:
            self.idps[provider].spoil(spoil)
        self.browsers[who].browser.cookies.pop("cognito", None)
        self.ways.append(WayBack(self.browsers[who], PEOPLE[who], provider))

    def take(self, who: int, which: int, changes: dict[str, int], path: str | None, spoil: str | None) -> None:
        """Let a browser take a way back, with parameters of other ways, to another page, or with an invalid token."""
        if not self.ways:
            return
        way = self._way(which)
        others = {name: self._way(other).fields.get(name) for name, other in changes.items()}
        if spoil is not None:
            for name in ("Google", "SignInWithApple", "OpenID"):
                self.idps[name].spoil(spoil)
        url = None if path is None else f"{self.app.base}{path}"
        response = way.sent(self.browsers[who], url, {name: each for name, each in others.items() if each is not None})
        self._check(who, response.status_code, response.headers.get("Location", ""))

    def _way(self, number: int) -> WayBack:
        return self.ways[number % len(self.ways)]

    def _check(self, who: int, status: int, location: str) -> None:
        """The answer is one of Cognito's; with a code, it is this person's."""
        if status == 405:
            return
        assert status == 302
        sent = parameters(location)
        if not location.startswith(CALLBACK):
            assert urlsplit(location).path in ("/error", "/login")
        elif "code" in sent:
            self.codes.append((who, sent["code"]))
        else:
            assert sent["error"] in ("invalid_request", "server_error")
            assert sent["error_description"]

    def people(self) -> list[tuple[int, str]]:
        """For each code, the number of the browser that got it, and whom it stands for."""
        tokens = [(who, said(self.app.redeem(code))["id_token"]) for who, code in self.codes]
        return [(who, claims(token)["identities"][0]["userId"]) for who, token in tokens]


Step: TypeAlias = Callable[[Travels], None]
NUMBERS = st.integers(0, 3)
VISITS = st.builds(
    lambda who, provider, spoil: lambda travels: travels.visit(who, provider, spoil if provider == "Saml" else None),
    st.integers(0, 1),
    st.sampled_from(PROVIDERS),
    st.none() | st.sampled_from(SPOILS),
)
TAKEN: st.SearchStrategy[Step] = st.builds(
    lambda who, which, changes, path, spoil: lambda travels: travels.take(who, which, changes, path, spoil),
    st.integers(0, 1),
    NUMBERS,
    st.dictionaries(st.sampled_from(["state", "code", "RelayState", "SAMLResponse", "user"]), NUMBERS, max_size=2),
    st.none() | st.none() | st.sampled_from(PATHS),
    st.none() | st.none() | st.sampled_from(SPOILS),
)


@pytest.fixture
def travels(cognito: Cognito) -> Travels:
    return Travels(cognito)


@SETTINGS
@given(plan=st.lists(VISITS | TAKEN, min_size=2, max_size=8))
def test_nobody_is_taken_for_somebody_else(travels: Travels, plan: list[Step]) -> None:
    travels.begin()
    with travels.app.pool.world.store.rolled_back():
        for step in plan:
            step(travels)
        for who, person in travels.people():
            assert person == PEOPLE[who]
        sessions = [browser.browser.cookies.get("cognito") for browser in travels.browsers]
        assert sessions[0] is None or sessions[0] != sessions[1]
    travels.app.pool.world.calls.clear()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_right_way_leads_somewhere(travels: Travels, provider: str) -> None:
    """The search above finds nothing because there is nothing, not because nobody ever gets in."""
    for who in (0, 1):
        travels.visit(who, provider, None)
    travels.take(0, 1, {}, None, None)  # by the wrong browser
    travels.take(1, 1, {}, None, None)
    travels.take(0, 0, {}, None, None)

    assert travels.people() == [(1, "bob"), (0, "ann")]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_spoilt_leads_nowhere(travels: Travels, provider: str) -> None:
    for number, spoil in enumerate(SPOILS):
        travels.visit(0, provider, spoil if provider == "Saml" else None)
        travels.take(0, number, {}, None, None if provider == "Saml" else spoil)

    assert travels.people() == []
    assert travels.app.pool.users == []
