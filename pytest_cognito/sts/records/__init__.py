"""The stored records of STS, each with the schema of its table."""

from pytest_cognito.sts.records.authorization_messages import AUTHORIZATION_MESSAGES, AuthorizationMessage
from pytest_cognito.sts.records.sessions import SESSIONS, Session

__all__ = ["AUTHORIZATION_MESSAGES", "SESSIONS", "AuthorizationMessage", "Session"]
