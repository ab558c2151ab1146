"""Pools with threat protection, and the risk configurations that tests give them."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.support.app import PASSWORD, Answer, App
from tests.support.refusals import Refusal, not_authorized

FULL = {"AdvancedSecurityMode": "ENFORCED"}
AUDIT = {"AdvancedSecurityMode": "AUDIT"}
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36"
)
SOURCE = "arn:aws:ses:us-east-1:123456789012:identity/security@example.com"
NOTIFY: dict[str, Any] = {
    "SourceArn": SOURCE,
    "From": "security@example.com",
    **{
        f"{kind}Email": {
            "Subject": f"{kind} {{username}}",
            "TextBody": "{ip-address}|{city}|{country}|{login-time}|{device-name}|{event-id}|{feedback-token}|"
            "{one-click-link-valid}|{one-click-link-invalid}",
        }
        for kind in ("Block", "NoAction", "Mfa")
    },
}
SIGN_IN_BLOCKED = not_authorized("Unable to login because of security reasons.")
REQUEST_BLOCKED = not_authorized("Request not allowed due to security reasons.")
PASSWORD_COMPROMISED = Refusal("InvalidPasswordException", "Provided password cannot be used for security reasons.")


def configure(app: App, **settings: Any) -> Answer:
    """SetRiskConfiguration; gives what it answers."""
    answer: Answer = app.call("set_risk_configuration", UserPoolId=app.pool_id, **settings)["RiskConfiguration"]
    return answer


def respond(app: App, action: str, *, notify: bool = False, level: str = "High") -> None:
    """Let the pool respond to a level of risk with an action."""
    actions = {f"{level}Action": {"EventAction": action, "Notify": notify}}
    takeover = {"Actions": actions, **({"NotifyConfiguration": NOTIFY} if notify else {})}
    configure(app, AccountTakeoverRiskConfiguration=takeover)


def block_compromised(app: App, *events: str) -> None:
    """Let the pool block compromised credentials: at these events, or at all."""
    given: dict[str, Any] = {"Actions": {"EventAction": "BLOCK"}, **({"EventFilter": list(events)} if events else {})}
    configure(app, CompromisedCredentialsRiskConfiguration=given)


def events(app: App, username: str = "alice") -> list[dict[str, Any]]:
    """The events of a user, the newest first."""
    found: list[dict[str, Any]] = app.admin("admin_list_user_auth_events", username)["AuthEvents"]
    return found


def event(app: App, username: str = "alice") -> dict[str, Any]:
    """The newest event of a user."""
    return events(app, username)[0]


def outcome(found: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The response and the risk of an event."""
    return found["EventResponse"], found["EventRisk"]


def context_data(ip: str, user_agent: str = CHROME) -> dict[str, Any]:
    """ContextData of a request that a server makes for a user's device."""
    headers = [{"headerName": "User-Agent", "headerValue": user_agent}]
    return {"IpAddress": ip, "ServerName": "app.example.com", "ServerPath": "/login", "HttpHeaders": headers}


def encoded(**device: str) -> str:
    """EncodedData as Cognito's library for browsers makes it."""
    payload = json.dumps({"contextData": device, "username": "alice", "timestamp": "1772000000000"})
    return base64.b64encode(json.dumps({"payload": payload, "signature": "c2ln", "version": "JS"}).encode()).decode()


def sign_in_from(app: App, ip: str, user_agent: str = CHROME) -> Answer:
    """AdminInitiateAuth for a user's device at this address."""
    return app.call(
        "admin_initiate_auth",
        UserPoolId=app.pool_id,
        ClientId=app.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ContextData=context_data(ip, user_agent),
    )
