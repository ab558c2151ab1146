"""An app client of a user pool, as an application and its administrators use it: boto3 with little to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from pytest_cognito.cognito import AppClient, UserPool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

Answer = dict[str, Any]
"""What an operation answers, without ``ResponseMetadata``."""
PASSWORD = "Correct-horse-7"
"""The password of every user that a test does not give another one."""
NEW_PASSWORD = "Another-horse-8"
SUB = re.compile(r"[0-9a-f]{8}-[0-9a-f]0[0-9a-f]1-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}")
"""The form of a sub."""

# Parameters of AdminCreateUser
SILENT: dict[str, Any] = {"MessageAction": "SUPPRESS"}
RESEND: dict[str, Any] = {"MessageAction": "RESEND"}
BY_EMAIL: dict[str, Any] = {"DesiredDeliveryMediums": ["EMAIL"]}


def pairs(values: Mapping[str, str]) -> list[AttributeTypeTypeDef]:
    """A dict as the API takes attributes."""
    return [{"Name": name, "Value": value} for name, value in values.items()]


class App:
    """A user pool with an app client: its first one, unless said otherwise."""

    def __init__(self, idp: CognitoIdentityProviderClient, pool: UserPool, client: AppClient | None = None) -> None:
        self.idp = idp
        self.pool = pool
        self.client = client or pool.client
        self.pool_id = pool.id
        self.client_id = self.client.id

    def with_client(self, **settings: Any) -> App:
        """The same pool with a new app client."""
        return App(self.idp, self.pool, self.pool.create_client(**settings))

    def call(self, operation: str, **parameters: Any) -> Answer:
        """An operation by boto3's name."""
        answer: Answer = getattr(self.idp, operation)(**parameters)
        return {name: value for name, value in answer.items() if name != "ResponseMetadata"}

    def pages(self, operation: str, size: int, **parameters: Any) -> list[Answer]:
        """The pages of a listing of the pool, by boto3's paginator."""
        paginator: Callable[..., Any] = self.idp.get_paginator
        call = {"UserPoolId": self.pool_id, "PaginationConfig": {"PageSize": size}, **parameters}
        return list(paginator(operation).paginate(**call))

    def admin(self, operation: str, username: str = "alice", **more: Any) -> Answer:
        """An administrator's operation on a user."""
        return self.call(operation, UserPoolId=self.pool_id, Username=username, **more)

    def public(self, operation: str, username: str = "alice", **more: Any) -> Answer:
        """An operation of the app on a user."""
        return self.call(operation, ClientId=self.client_id, Username=username, **more)

    # Sign-in

    def initiate_auth(self, flow: str = "USER_PASSWORD_AUTH", **parameters: str) -> Answer:
        """InitiateAuth with these AuthParameters."""
        return self.call("initiate_auth", ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters)

    def admin_initiate_auth(self, flow: str = "ADMIN_USER_PASSWORD_AUTH", **parameters: str) -> Answer:
        """AdminInitiateAuth with these AuthParameters."""
        ids = {"UserPoolId": self.pool_id, "ClientId": self.client_id}
        return self.call("admin_initiate_auth", **ids, AuthFlow=flow, AuthParameters=parameters)

    def begin(self, username: str = "alice", password: str = PASSWORD, **more: str) -> Answer:
        """The answer to InitiateAuth with a password: tokens or a challenge. ``more`` are further AuthParameters."""
        return self.initiate_auth(USERNAME=username, PASSWORD=password, **more)

    def respond(
        self, challenge: Answer, username: str = "alice", *, metadata: Mapping[str, str] | None = None, **responses: str
    ) -> Answer:
        """RespondToAuthChallenge with these ChallengeResponses."""
        return self.call("respond_to_auth_challenge", **self._response(challenge, username, metadata, responses))

    def admin_respond(self, challenge: Answer, username: str = "alice", **responses: str) -> Answer:
        """AdminRespondToAuthChallenge with these ChallengeResponses."""
        parameters = self._response(challenge, username, None, responses)
        return self.call("admin_respond_to_auth_challenge", UserPoolId=self.pool_id, **parameters)

    def sign_in(self, username: str = "alice", password: str = PASSWORD, **more: str) -> Answer:
        """The AuthenticationResult of a sign-in with a password."""
        result: Answer = self.begin(username, password, **more)["AuthenticationResult"]
        return result

    def access_token(self, username: str = "alice", password: str = PASSWORD) -> str:
        """The access token of a sign-in with a password."""
        return str(self.sign_in(username, password)["AccessToken"])

    def refresh(self, token: str, **parameters: str) -> Answer:
        """The AuthenticationResult of REFRESH_TOKEN_AUTH."""
        answer = self.initiate_auth("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, **parameters)
        result: Answer = answer["AuthenticationResult"]
        return result

    def exchange(self, token: str, **parameters: str) -> Answer:
        """The AuthenticationResult of GetTokensFromRefreshToken."""
        answer = self.call("get_tokens_from_refresh_token", ClientId=self.client_id, RefreshToken=token, **parameters)
        result: Answer = answer["AuthenticationResult"]
        return result

    def _response(
        self, challenge: Answer, username: str, metadata: Mapping[str, str] | None, responses: Mapping[str, str]
    ) -> dict[str, Any]:
        return {
            "ClientId": self.client_id,
            "ChallengeName": challenge["ChallengeName"],
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": username, **responses},
            **({"ClientMetadata": metadata} if metadata else {}),
        }

    # Users

    def sign_up(self, username: str = "alice", attributes: Mapping[str, str] | None = None, **more: Any) -> Answer:
        given = {"Password": PASSWORD, "UserAttributes": pairs(attributes or {}), **more}
        return self.public("sign_up", username, **given)

    def confirm(self, username: str, code: str, **more: Any) -> Answer:
        return self.public("confirm_sign_up", username, ConfirmationCode=code, **more)

    def create(self, username: str = "alice", attributes: Mapping[str, str] | None = None, **more: Any) -> Answer:
        """The user that AdminCreateUser gives."""
        given = {"UserAttributes": pairs(attributes or {}), **more}
        user: Answer = self.admin("admin_create_user", username, **given)["User"]
        return user

    def confirmed(self, username: str = "alice", attributes: Mapping[str, str] | None = None) -> str:
        """A confirmed user with the usual password, made by an administrator; gives the user name."""
        name = str(self.create(username, attributes, MessageAction="SUPPRESS")["Username"])
        self.admin("admin_set_user_password", name, Password=PASSWORD, Permanent=True)
        return name

    def status(self, username: str = "alice") -> str:
        return str(self.admin("admin_get_user", username)["UserStatus"])

    def attributes(self, username: str = "alice") -> dict[str, str]:
        """The attributes of a user, but for ``sub``."""
        return {name: value for name, value in self._attributes(username).items() if name != "sub"}

    def sub(self, username: str = "alice") -> str:
        return self._attributes(username)["sub"]

    def users(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("list_users", UserPoolId=self.pool_id, **query)["Users"]
        return found

    def _attributes(self, username: str) -> dict[str, str]:
        listed = self.admin("admin_get_user", username)["UserAttributes"]
        return {one["Name"]: one["Value"] for one in listed}


class MakeApp(Protocol):
    """Makes a user pool with these settings, without users, and an app client with those of ``client``."""

    def __call__(self, client: Mapping[str, Any] | None = None, **settings: Any) -> App: ...
