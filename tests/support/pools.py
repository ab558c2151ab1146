"""A user pool as a test of its operations needs it: everything through boto3, with little to type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PASSWORD = "Passw0rd!"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "pool"}
PASSWORD_FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
VERIFY = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}
SES = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/no-reply@example.com",
}


def pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    """A dict as the API takes attributes."""
    return [{"Name": name, "Value": value} for name, value in values.items()]


def answering(**response: Any) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """A Lambda function that returns its event with these members in the response."""
    return lambda event, context: {**event, "response": {**event["response"], **response}}


def failing(event: dict[str, Any], context: Any) -> Any:
    """A Lambda function that raises."""
    raise ValueError("not today")


@dataclass(frozen=True)
class Pool:
    """A user pool with an app client."""

    idp: Any
    id: str
    client_id: str

    def sign_up(self, username: str = "alice", attributes: Mapping[str, str] | None = None, **more: Any) -> Any:
        given = {"Password": PASSWORD, "UserAttributes": pairs(attributes or {}), **more}
        return self.idp.sign_up(ClientId=self.client_id, Username=username, **given)

    def create(self, username: str = "alice", attributes: Mapping[str, str] | None = None, **more: Any) -> Any:
        given = {"UserAttributes": pairs(attributes or {}), **more}
        return self.idp.admin_create_user(UserPoolId=self.id, Username=username, **given)["User"]

    def confirm(self, username: str, code: str, **more: Any) -> Any:
        return self.idp.confirm_sign_up(ClientId=self.client_id, Username=username, ConfirmationCode=code, **more)

    def admin(self, operation: str, username: str = "alice", **more: Any) -> Any:
        """An administrator's operation on a user."""
        return getattr(self.idp, operation)(UserPoolId=self.id, Username=username, **more)

    def public(self, operation: str, username: str = "alice", **more: Any) -> Any:
        """An operation of the app on a user."""
        return getattr(self.idp, operation)(ClientId=self.client_id, Username=username, **more)

    def sign_in(self, username: str = "alice", password: str = PASSWORD) -> Any:
        return self.idp.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )

    def token(self, username: str = "alice", password: str = PASSWORD) -> str:
        """The access token of a sign-in."""
        return str(self.sign_in(username, password)["AuthenticationResult"]["AccessToken"])

    def confirmed(self, username: str = "alice", attributes: Mapping[str, str] | None = None) -> str:
        """A confirmed user with the usual password; gives the user name."""
        name = str(self.create(username, attributes, MessageAction="SUPPRESS")["Username"])
        self.admin("admin_set_user_password", name, Password=PASSWORD, Permanent=True)
        return name

    def status(self, username: str = "alice") -> str:
        return str(self.admin("admin_get_user", username)["UserStatus"])

    def attributes(self, username: str = "alice") -> dict[str, str]:
        """The attributes of a user, but for ``sub``."""
        listed = self.admin("admin_get_user", username)["UserAttributes"]
        return {one["Name"]: one["Value"] for one in listed if one["Name"] != "sub"}

    def sub(self, username: str = "alice") -> str:
        listed = self.admin("admin_get_user", username)["UserAttributes"]
        return str(next(one["Value"] for one in listed if one["Name"] == "sub"))

    def users(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.idp.list_users(UserPoolId=self.id, **query)["Users"]
        return found


def make(idp: Any, client: Mapping[str, Any] | None = None, **settings: Any) -> Pool:
    """A pool with these settings, and a client for password sign-in with those."""
    pool_id = idp.create_user_pool(PoolName="app", **settings)["UserPool"]["Id"]
    given = {"ExplicitAuthFlows": PASSWORD_FLOWS, **(client or {})}
    created = idp.create_user_pool_client(UserPoolId=pool_id, ClientName="web", **given)
    return Pool(idp, pool_id, created["UserPoolClient"]["ClientId"])
