"""A user pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from pytest_cognito import cognito_idp
from pytest_cognito.cognito_idp import KeyPair
from pytest_cognito.handles import app_clients, arguments, domain
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.domain import Domain
from pytest_cognito.handles.identity_provider import IdentityProvider
from pytest_cognito.handles.import_job import ImportJob, Rows, run
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.handles.user import User
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers.provider import Provider
from pytest_cognito.world import Context, World

F = TypeVar("F", bound=Callable[..., Any])
CREATE_USER = ("username", "password", "groups", "attributes", "status", "sub", "passwordless")
"""What `UserPool.create_user` takes beside attributes."""


class UserPool:
    """A handle for a user pool."""

    def __init__(self, world: World, id: str, region: str) -> None:
        self.world = world
        self.id = id
        self.region = region

    @property
    def name(self) -> str:
        return self._record.name

    @property
    def arn(self) -> str:
        return self._record.arn

    @property
    def username_attributes(self) -> tuple[str, ...]:
        """The attributes with which users sign up and sign in instead of a user name."""
        return self._record.username_attributes

    @property
    def issuer(self) -> str:
        """The ``iss`` claim of the pool's tokens: AWS's URL, or that of a loopback server with ``issuer="local"``."""
        return cognito_idp.issuer(self._record, self.world.local_issuer)

    @property
    def provider_name(self) -> str:
        """Its name in identity pools, which is the key of Logins for its users: AWS's issuer without ``https://``."""
        return f"{hosts.endpoint('cognito-idp', self.region)}/{self.id}"

    @property
    def jwks_uri(self) -> str:
        """The URL of the pool's public keys."""
        return f"{self.issuer}/.well-known/jwks.json"

    @property
    def client(self) -> AppClient:
        """The first app client; if there is none, one for password sign-in is created."""
        clients = self.clients
        return clients[0] if clients else self.create_client()

    @property
    def clients(self) -> list[AppClient]:
        """The app clients, oldest first."""
        with self._step("clients") as context:
            return [AppClient(self.world, client.id) for client in cognito_idp.clients_of(context, self.id)]

    def client_by(self, id: str) -> AppClient:
        """The app client with an id. Raises `UsageError` that says which there are if there is none."""
        clients = {client.id: client for client in self.clients}
        if id not in clients:
            there = ", ".join(f"{client.id} ({client.name})" for client in clients.values()) or "it has none"
            raise UsageError(f"the user pool {self.id} has no app client with the id {id!r}: {there}")
        return clients[id]

    @property
    def users(self) -> list[User]:
        """The users, oldest first."""
        with self._step("users") as context:
            return [User(self, user.username) for user in cognito_idp.users_of(context, self.id)]

    @property
    def groups(self) -> list[str]:
        """The names of the groups."""
        return [group["GroupName"] for group in self.call("ListGroups")["Groups"]]

    def user(self, username: str) -> User:
        """The user with a user name, sub or alias. Raises `AWSError` if there is none."""
        return User(self, self.call("AdminGetUser", Username=username)["Username"])

    def create_client(self, *, id: str | None = None, secret: str | None = None, **parameters: Any) -> AppClient:
        """Create an app client with the parameters of boto3's ``create_user_pool_client``.

        ``id`` pins its id, and ``secret`` its secret. By default it allows sign-in with a password and with SRP, and
        refresh tokens; with ``CallbackURLs`` the code grant as well, with the standard scopes and all identity
        providers of the pool.
        """
        return app_clients.create(self, id, secret, parameters)

    def create_domain(self, name: str, **parameters: Any) -> Domain:
        """Create a domain with the parameters of boto3's ``create_user_pool_domain``; one with a dot is custom.

        With ``ManagedLoginVersion=2`` the app clients that are there and have callback URLs get Cognito's own style, if
        they have none: without one, a client has no pages.
        """
        return domain.create(self, name, parameters)

    def create_user(
        self,
        username: str,
        *,
        password: str | None = None,
        groups: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        status: str = "CONFIRMED",
        sub: str | None = None,
        passwordless: bool = False,
        **other_attributes: str,
    ) -> User:
        """Create a user who can sign in. Unlike AdminCreateUser, it runs no trigger and sends no message.

        Attributes are keyword arguments or, if their names are not identifiers, in ``attributes``; ``email`` and
        ``phone_number`` are verified unless, for instance, ``email_verified="false"`` is passed. Without a ``password``
        the user gets one, see `User.password`, unless they are ``passwordless``. ``groups`` that do not exist are
        created. ``status`` is the ``UserStatus``. ``sub`` pins the sub.
        """
        arguments.check_text("username", username, '"alice"')
        for name, value in (("password", password), ("sub", sub)):
            if value is not None:
                arguments.check_text(name, value, f'{name}="…"')
        arguments.check_texts("groups", groups)
        arguments.check_mapping("attributes", attributes, '{"custom:tenant": "t1"}')
        arguments.check_status(status)
        all_attributes = {**(attributes or {}), **other_attributes}
        arguments.check_attributes(self._record, all_attributes, CREATE_USER)
        if passwordless and password is not None:
            raise UsageError(f"{username} is to be passwordless; leave out password, or passwordless")
        with self._step("create_user") as context:
            record = cognito_idp.add_user(
                context,
                self._record,
                username,
                password=password,
                attributes=all_attributes,
                groups_of_user=groups,
                status=status,
                sub=sub,
                passwordless=passwordless,
            )
        return User(self, record.username)

    def create_users(self, count: int, *, prefix: str = "user", **attributes: str) -> None:
        """Create ``count`` users named ``user00001`` …; ``{}`` in the value of an attribute is replaced by the name."""
        if type(count) is not int or count < 0:
            raise UsageError(f"create_users takes how many there are to be, not {count!r}")
        arguments.check_attributes(self._record, attributes, ("prefix",))
        width = max(5, len(str(count)))
        with self._step("create_users") as context:
            pool = self._record
            for number in range(1, count + 1):
                name = f"{prefix}{number:0{width}d}"
                own = {key: value.replace("{}", name) for key, value in attributes.items()}
                cognito_idp.add_user(context, pool, self._username(pool, name), attributes=own)

    def import_users(self, csv: str | bytes | Rows, *, algorithm: str | None = None) -> ImportJob:
        """Import users by an import job, which runs to its end at once.

        ``csv`` is the file, or its rows as dicts, in which columns may be left out: ``email`` and ``phone_number`` are
        verified then. ``algorithm`` is the PasswordHashingAlgorithm of the column ``password_hash``.
        """
        return run(self, csv, algorithm)

    @property
    def import_jobs(self) -> list[ImportJob]:
        """The import jobs, newest first."""
        with self._step("import_jobs") as context:
            return [ImportJob(self, job.id) for job in cognito_idp.import_jobs_of(context, self.id)]

    def create_group(self, name: str, **parameters: Any) -> None:
        """Create a group with the parameters of boto3's ``create_group``, or update it if it exists."""
        operation = "UpdateGroup" if name in self.groups else "CreateGroup"
        self.call(operation, GroupName=name, **parameters)

    def add_to_group(self, username: str, name: str) -> None:
        """Add a user to a group, which is created if it does not exist."""
        arguments.check_text("username", username, "user.username")
        arguments.check_text("name", name, '"admins"')
        with self._step("add_to_group") as context:
            cognito_idp.join_group(context, self._record, username, name)

    def create_identity_provider(
        self, name: str, *, provider: Provider | None = None, **parameters: Any
    ) -> IdentityProvider:
        """Create an identity provider with the parameters of boto3's ``create_identity_provider``.

        By default it is of the type ``name``, or else ``OIDC``; it has made-up details, and maps e-mail address and
        names. ``provider``, a simulated one (``cognito.providers.google``), gives type and details; yours are added.
        """
        return IdentityProvider.create(self, name, provider, parameters)

    def identity_provider(self, name: str) -> IdentityProvider:
        """The identity provider with a name, such as ``"Google"``. Raises `UsageError` if there is none."""
        return IdentityProvider.find(self, name)

    def tokens_for(
        self,
        username: str,
        *,
        scopes: Sequence[str] | None = None,
        claims: Mapping[str, Any] | None = None,
        client: AppClient | None = None,
    ) -> Tokens:
        """Issue tokens for a user without a sign-in.

        ``scopes`` are those of the access token, by default that of a sign-in by the API; ``[]`` asks for none.
        ``claims`` are added to the ID token and the access token, and ``client`` is by default the first app client.
        """
        arguments.check_text("username", username, "user.username")
        if scopes is not None:
            arguments.check_texts("scopes", scopes)
        arguments.check_mapping("claims", claims, '{"custom:tenant": "t1"}')
        app_client = client or self.client
        arguments.check_client(app_client)
        with self._step("tokens_for") as context:
            issued = cognito_idp.issue_tokens(context, self._record, app_client.id, username, scopes, claims)
        return self.tokens(issued.id_token, issued.access_token, issued.refresh_token, issued.expires_in)

    def on(self, trigger: str, *, version: str | int | None = None) -> Callable[[F], F]:
        """Decorate the function for a trigger of this pool, by AWS's name (``"PreSignUp"``).

        ``version`` is that of PreTokenGeneration's event, by default the configured one or else ``"V1_0"``.
        """
        if callable(trigger):
            raise UsageError('a function is registered for a trigger by its name: write @pool.on("PreSignUp")')
        cognito_idp.check_trigger(trigger)

        def register(function: F) -> F:
            self.set_trigger(trigger, function, version=version)
            return function

        return register

    def set_trigger(self, trigger: str, function: Callable[..., Any], *, version: str | int | None = None) -> None:
        """Set ``function(event, context)`` as the function for a trigger of this pool; see `on`."""
        arguments.check_function(trigger, function)
        with self._step("set_trigger") as context:
            named = None if version is None else str(version)
            cognito_idp.set_function(context, self._record, trigger, function, named)

    def cache_client_metadata(self, url: str, document: Mapping[str, Any], *, max_age: int | None = None) -> None:
        """Keep the client ID metadata document of a URL, as if a client had come with the URL as its ``client_id``.

        Raises `UsageError` unless a CIMD policy has a pattern that it fits. ``max_age`` is that of ``Cache-Control``.
        """
        with self._step("cache_client_metadata") as context:
            cognito_idp.cache_client_metadata(context, self._record, url, document, max_age)

    def call(
        self, operation: str, *, pins: Mapping[str, str | None] | None = None, **parameters: Any
    ) -> dict[str, Any]:
        """Call an operation on this pool by AWS's name with the API's parameters; see `Cognito.call`."""
        return call(self.world, operation, region=self.region, pins=pins, UserPoolId=self.id, **parameters)

    def tokens(self, id_token: str, access_token: str, refresh_token: str | None, expires_in: int) -> Tokens:
        """A handle for tokens of this pool, such as those of a response to an application."""
        return Tokens(id_token, access_token, refresh_token, expires_in, self._keys())

    def _keys(self) -> KeyPair:
        return cognito_idp.keys_of(self.world, self._record)

    @staticmethod
    def _username(pool: cognito_idp.UserPool, name: str) -> str:
        return f"{name}@example.com" if "email" in pool.username_attributes else name

    def find_user(self, username: str) -> cognito_idp.User | None:
        """The record of a user, by user name, sub or alias; None if there is none."""
        with self._step("find_user") as context:
            return cognito_idp.find_user(context, self._record, username)

    def _step(self, name: str) -> AbstractContextManager[Context]:
        return self.world.handle_step(name, self.region)

    @property
    def _record(self) -> cognito_idp.UserPool:
        record = self.world.store[cognito_idp.POOLS].get(self.id)
        if record is None:
            raise LookupError(f"the user pool {self.id} no longer exists")
        return record

    def __repr__(self) -> str:
        return f"<UserPool {self.id}>"
