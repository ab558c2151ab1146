"""The hook for `urllib3`, whose connections have ways of their own to connect."""

from __future__ import annotations

from pytest_cognito.interception.http_client import connect_in_memory

REQUIRED_ATTRIBUTES = ("HTTPConnection.connect", "HTTPSConnection.connect")
hook = connect_in_memory
