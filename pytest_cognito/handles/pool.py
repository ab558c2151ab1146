"""A user pool and its app clients."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..cognito_idp import arrange
from ..cognito_idp.flows.tokens import Tokens as IssuedTokens
from ..cognito_idp.records import AppClient as ClientRecord
from ..cognito_idp.records import UserPool as Record
from ..cognito_idp.rules import claims as token_claims
from ..cognito_idp.rules import client_settings
from ..cognito_idp.tables import CLIENTS, POOLS
from .tokens import Tokens
from .user import User

if TYPE_CHECKING:
    from ..cognito import Cognito

F = TypeVar("F", bound=Callable[..., Any])
PASSWORD_CLIENT: Mapping[str, Any] = {
    "ClientName": "pytest",
    "ExplicitAuthFlows": [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ],
}


class AppClient:
    """An app client, by its id."""

    def __init__(self, cognito: Cognito, id: str) -> None:
        self._cognito = cognito
        self.id = id

    @property
    def name(self) -> str:
        return self._record.name

    @property
    def secret(self) -> str | None:
        """The client secret, if it has one."""
        secrets = self._record.secrets
        return secrets[0].value if secrets else None

    @property
    def flows(self) -> frozenset[str]:
        """The flows that the client allows, in ``ALLOW_`` words."""
        return client_settings.allowed_flows(self._record)

    def secret_hash(self, username: str) -> str:
        """The ``SECRET_HASH`` that a call for this user name must carry."""
        if self.secret is None:
            raise LookupError(f"the app client {self.id} has no secret, so there is no SECRET_HASH")
        digest = hmac.new(self.secret.encode(), (username + self.id).encode(), hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    @property
    def _record(self) -> ClientRecord:
        record = self._cognito.world.store[CLIENTS].get(self.id)
        if record is None:
            raise LookupError(f"the app client {self.id} no longer exists")
        return record

    def __repr__(self) -> str:
        return f"<AppClient {self.id}>"


class UserPool:
    """A user pool, by its id."""

    def __init__(self, cognito: Cognito, id: str, region: str) -> None:
        self.cognito = cognito
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
        """The attributes that users sign up and in with in place of a user name."""
        return self._record.username_attributes

    @property
    def issuer(self) -> str:
        """The ``iss`` claim of the pool's tokens: AWS's URL, also where the loopback server answers."""
        return token_claims.issuer(self._record)

    @property
    def jwks_uri(self) -> str:
        """Where verifiers find the pool's public keys."""
        return f"{self.issuer}/.well-known/jwks.json"

    @property
    def client(self) -> AppClient:
        """The first app client; one for password sign-in is made where there is none."""
        clients = self.clients
        return clients[0] if clients else self.create_client()

    @property
    def clients(self) -> list[AppClient]:
        """The app clients, oldest first."""
        with self._step("clients") as context:
            return [AppClient(self.cognito, client.id) for client in arrange.clients_of(context, self.id)]

    @property
    def users(self) -> list[User]:
        """The users, oldest first."""
        with self._step("users") as context:
            return [User(self, user.username) for user in arrange.users_of(context, self.id)]

    @property
    def groups(self) -> list[str]:
        """The names of the groups."""
        return [group["GroupName"] for group in self.call("ListGroups")["Groups"]]

    def user(self, username: str) -> User:
        """A user of this pool, by user name, sub or alias."""
        return User(self, self.call("AdminGetUser", Username=username)["Username"])

    def create_client(self, *, id: str | None = None, **parameters: Any) -> AppClient:
        """An app client, with the parameters of boto3's ``create_user_pool_client``; ``id`` pins its id.

        Without parameters it allows sign-in with a password, with SRP, and refreshing.
        """
        answer = self.call("CreateUserPoolClient", pins={"client": id}, **{**PASSWORD_CLIENT, **parameters})
        return AppClient(self.cognito, answer["UserPoolClient"]["ClientId"])

    def create_user(
        self,
        username: str,
        *,
        password: str | None = None,
        groups: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        status: str = "CONFIRMED",
        sub: str | None = None,
        **more: str,
    ) -> User:
        """A user who can sign in. No trigger runs and nothing is sent: this arranges, where AdminCreateUser acts.

        Attributes go in as keywords or, where their names are no identifiers, in ``attributes``; ``email`` and
        ``phone_number`` are verified unless ``email_verified="false"`` says otherwise. Without a ``password`` it is
        `user.password`. ``sub`` pins the sub. Groups that don't exist are made.
        """
        with self._step("create_user") as context:
            record = arrange.add_user(
                context,
                self._record,
                username,
                password=password,
                attributes={**(attributes or {}), **more},
                groups_of_user=groups,
                status=status,
                sub=sub,
            )
        return User(self, record.username)

    def create_users(self, count: int, *, prefix: str = "user", **attributes: str) -> None:
        """``count`` users named ``user00001`` …; a ``{}`` in an attribute's value becomes the name."""
        width = max(5, len(str(count)))
        with self._step("create_users") as context:
            pool = self._record
            for number in range(1, count + 1):
                name = f"{prefix}{number:0{width}d}"
                own = {key: value.replace("{}", name) for key, value in attributes.items()}
                arrange.add_user(context, pool, self._username(pool, name), attributes=own)

    def create_group(self, name: str, **parameters: Any) -> None:
        """A group with the parameters of boto3's ``create_group``; one that is there already gets them too."""
        operation = "UpdateGroup" if name in self.groups else "CreateGroup"
        self.call(operation, GroupName=name, **parameters)

    def add_to_group(self, username: str, name: str) -> None:
        """Put a user into a group, which is made if there is none of this name."""
        with self._step("add_to_group") as context:
            arrange.join_group(context, self._record, username, name)

    def tokens_for(
        self,
        username: str,
        *,
        scopes: Sequence[str] | None = None,
        claims: Mapping[str, Any] | None = None,
        client: AppClient | None = None,
    ) -> Tokens:
        """Tokens of a user without a sign-in: with the ``scopes`` of the access token, and ``claims`` added to both."""
        client_id = (client or self.client).id
        with self._step("tokens_for") as context:
            issued = arrange.issue_tokens(context, self._record, client_id, username, scopes, claims)
        return self._handle(issued)

    def on(self, trigger: str, *, version: str | int | None = None) -> Callable[[F], F]:
        """Decorate the function that is to run for a trigger of this pool, by AWS's name (``"PreSignUp"``).

        ``version`` is that of PreTokenGeneration's event: ``"V1_0"`` unless said or configured otherwise.
        """

        def register(function: F) -> F:
            self.set_trigger(trigger, function, version=version)
            return function

        return register

    def set_trigger(self, trigger: str, function: Callable[..., Any], *, version: str | int | None = None) -> None:
        """Let ``function(event, context)`` run for a trigger of this pool."""
        with self._step("set_trigger") as context:
            arrange.set_function(context, self._record, trigger, function, None if version is None else str(version))

    def call(
        self, operation: str, *, pins: Mapping[str, str | None] | None = None, **parameters: Any
    ) -> dict[str, Any]:
        """Call an operation on this pool, by AWS's name, with the API's parameters."""
        return self.cognito.call(operation, region=self.region, pins=pins, UserPoolId=self.id, **parameters)

    def tokens(self, id_token: str, access_token: str, refresh_token: str | None, expires_in: int) -> Tokens:
        """A handle for tokens of this pool that an application got."""
        return Tokens(id_token, access_token, refresh_token, expires_in, self._keys())

    def _handle(self, issued: IssuedTokens) -> Tokens:
        return Tokens(issued.id_token, issued.access_token, issued.refresh_token, issued.expires_in, self._keys())

    def _keys(self) -> Any:
        return self.cognito.world.keys.pair(self.id, pinned=self._record.pinned)

    @staticmethod
    def _username(pool: Record, name: str) -> str:
        return f"{name}@example.com" if "email" in pool.username_attributes else name

    def _step(self, name: str) -> Any:
        return self.cognito.world.step(name, self.region)

    @property
    def _record(self) -> Record:
        record = self.cognito.world.store[POOLS].get(self.id)
        if record is None:
            raise LookupError(f"the user pool {self.id} no longer exists")
        return record

    def __repr__(self) -> str:
        return f"<UserPool {self.id}>"


def handles(cognito: Cognito, records: Iterable[Record]) -> list[UserPool]:
    return [UserPool(cognito, record.id, record.region) for record in records]
