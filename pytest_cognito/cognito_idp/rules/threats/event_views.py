"""Authentication events as the API lists them and as logs have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp.records import AuthEvent


def auth_event(event: AuthEvent) -> dict[str, Any]:
    """The shape ``AuthEventType``. ``RiskLevel`` is left out if there is no risk."""
    return {
        "EventId": event.id,
        "EventType": event.type,
        "CreationDate": event.created,
        "EventResponse": event.response,
        "EventRisk": {
            "RiskDecision": event.decision,
            "RiskLevel": event.level,
            "CompromisedCredentialsDetected": event.compromised,
        },
        "ChallengeResponses": [
            {"ChallengeName": name, "ChallengeResponse": response} for name, response in event.challenges
        ],
        "EventContextData": {
            "IpAddress": event.ip,
            "DeviceName": event.device,
            "Timezone": event.timezone,
            "City": event.city,
            "Country": event.country,
        },
        "EventFeedback": _feedback(event),
    }


def _feedback(event: AuthEvent) -> Mapping[str, Any] | None:
    if event.feedback is None:
        return None
    value, provider, given = event.feedback
    return {"FeedbackValue": value, "Provider": provider, "FeedbackDate": given}


def log_message(event: AuthEvent, request_id: str) -> dict[str, Any]:
    """The ``message`` of a log of ``userAuthEvents``. All values are strings; those that are not known are empty."""
    value, provider, given = event.feedback or ("", "", None)
    return {
        "version": "1",
        "eventId": event.id,
        "eventType": event.type,
        "userSub": event.sub,
        "userName": event.username,
        "userPoolId": event.pool_id,
        "clientId": event.client_id,
        "creationDate": f"{event.created:%a %b %d %H:%M:%S UTC %Y}",
        "eventResponse": event.response,
        "riskLevel": event.level or "",
        "riskDecision": event.decision,
        "challenges": [f"{name}:{response}" for name, response in event.challenges],
        "deviceName": event.device,
        "ipAddress": event.ip,
        "requestId": request_id,
        "idpName": "",
        "compromisedCredentialDetected": str(event.compromised).lower(),
        "city": event.city or "",
        "country": event.country or "",
        "eventFeedbackValue": value,
        "eventFeedbackDate": f"{given:%a %b %d %H:%M:%S UTC %Y}" if given else "",
        "eventFeedbackProvider": provider,
        "hasContextData": str(event.told).lower(),
    }
