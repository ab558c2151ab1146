"""What all simulated providers have: users, endpoints at their addresses, and failures on purpose."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, Self, TypeAlias, TypeVar

from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.providers import answers, users
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit
from pytest_cognito.world import World

T = TypeVar("T", bound=str)

_KEY = "provider"
_UNSIGNED = 'it signs nothing; fail("token") lets a sign-in fail'
_STRANGER = "https://stranger.example.com"


class Endpoint(NamedTuple):
    """What a provider answers at an address. ``name`` is that of `Provider.fail`."""

    name: str
    view: Callable[[Visit], Response]
    methods: tuple[str, ...] = ("GET",)


Endpoints: TypeAlias = Mapping[str, Endpoint]
"""Endpoints by host and path: ``accounts.google.com/o/oauth2/v2/auth``."""


class Provider:
    """A simulated identity provider of a world. ``url`` is its issuer or entity id, ``provider_type`` Cognito's name.

    Its sign-in page lists the users that the test has added, and takes any other:

    - the form ``another-user`` has the fields ``sub``, ``email``, ``claims`` (a JSON object) and the button
      ``decision``, which is ``allow`` or ``deny``; it is posted to the address of the page;
    - what the provider sends by POST to the application is a page with a form named ``forward``.
    """

    provider_type: ClassVar[str]
    title: ClassVar[str]
    spoilt: ClassVar[tuple[str, ...]] = ()
    """How the provider can spoil what it signs."""

    def __init__(self, world: World, url: str) -> None:
        self.world = world
        self.url = url
        self._users: dict[str, ProviderUser] = {}
        self._failures: dict[str, int] = {}
        self._denies = False
        self._spoils: str | None = None

    @property
    def login(self) -> str:
        """The key of Logins of identity pools for a user of the provider: ``accounts.google.com``."""
        return self.url.partition("://")[2]

    @property
    def users(self) -> list[ProviderUser]:
        """The users that were added, in order."""
        return list(self._users.values())

    def add_user(self, sub: str, email: str | None = None, **claims: Any) -> ProviderUser:
        """Add a user, or replace the one with the same id: ``add_user("1", email="a@example.com", name="Ann")``.

        ``sub`` is what the provider knows them by. ``claims`` are what else it says of them, under its own names.
        """
        added = users.user(sub, email, claims)
        self._users[sub] = added
        return added

    def deny(self) -> None:
        """Let the user cancel the next sign-in: it is refused without a page."""
        self._denies = True

    def spoil(self, how: str) -> None:
        """Let the next sign-in bring an invalid token or assertion: ``spoil("expired")``, ``spoil("wrong_signer")`` …

        The names are those of the methods that a token or an assertion has for it.
        """
        if how not in self.spoilt:
            hint = f"{suggestion(how, self.spoilt)}; it can be {', '.join(self.spoilt)}" if self.spoilt else _UNSIGNED
            raise UsageError(f"what {self.title} signs can't be {how!r}: {hint}")
        self._spoils = how

    def fail(self, endpoint: str, *, status: int = 500) -> None:
        """Let the next request to an endpoint fail with an HTTP status: ``fail("token", status=503)``."""
        names = sorted({each.name for each in self.endpoints().values()})
        if endpoint not in names:
            raise UsageError(
                f"{self.title} has no endpoint {endpoint!r}: {suggestion(endpoint, names)}; it has {', '.join(names)}"
            )
        if not 400 <= status <= 599:
            raise UsageError(f"status is that of a failure, such as 500; not {status!r}")
        self._failures[endpoint] = status

    def details(self, **details: str) -> dict[str, str]:
        """Cognito's ProviderDetails for this provider, with others added or in place of them."""
        raise NotImplementedError

    def endpoints(self) -> Endpoints:
        """What the provider answers, by address."""
        raise NotImplementedError

    def locate(self, address: str) -> Endpoint | None:
        """The endpoint at an address without a scheme, if there is one."""
        return self.endpoints().get(address.rstrip("/"))

    def hosts(self) -> set[str]:
        """The hosts that the provider answers at."""
        return {address.partition("/")[0] for address in self.endpoints()}

    def answer(self, endpoint: Endpoint, visit: Visit) -> Response:
        """The response of an endpoint, or of the failure that is due there."""
        status = self._failures.pop(endpoint.name, None)
        if status is not None:
            return answers.json_response({"error": "server_error"}, status)
        if visit.method not in endpoint.methods:
            return Response(405, [("Allow", ", ".join(endpoint.methods))])
        try:
            return endpoint.view(visit)
        except answers.Refused as refused:
            return refused.response

    def inherited_by(self, world: World) -> Self:
        """The provider of a world that begins as this one's is now."""
        twin = copy.copy(self)
        vars(twin).update({name: copy.copy(value) for name, value in vars(self).items() if isinstance(value, dict)})
        twin.world = world
        return twin

    @property
    def key(self) -> SigningKey:
        """The key that signs what the provider says. It is the same in every test."""
        return self.world.keys.key(self.url, _KEY, pinned=True)

    @property
    def another_key(self) -> SigningKey:
        """A key that is not the provider's."""
        return self.world.keys.key(_STRANGER, _KEY, pinned=True)

    def _is_denied(self, form: Mapping[str, str]) -> bool:
        denied, self._denies = self._denies or form.get("decision") == "deny", False
        return denied

    def _perhaps_spoilt(self, made: T) -> T:
        """A token or an assertion, or the spoilt one that is due."""
        how, self._spoils = self._spoils, None
        return made if how is None else getattr(made, how)()

    def _described(self, sub: str, email: str | None, claims: Mapping[str, Any]) -> ProviderUser:
        """A user as a test describes them in one line; what it leaves out is that of the user who was added."""
        known = self._users.get(sub)
        return (
            users.user(sub, email, claims)
            if known is None
            else users.user(sub, known.email if email is None else email, {**_without_email(known), **claims})
        )

    def __repr__(self) -> str:
        return f"<simulated {self.title}, {len(self._users)} users>"


def _without_email(known: ProviderUser) -> dict[str, Any]:
    return {name: value for name, value in known.claims.items() if name != "email"}
