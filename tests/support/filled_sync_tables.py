"""Records in every table of Cognito Sync."""

from __future__ import annotations

from pytest_cognito.cognito import Cognito

from .publishing import PUSH, STREAMS, Publishing


def fill(cognito: Cognito) -> None:
    """A dataset, a sync session, a device that has subscribed, a configuration and a bulk publish."""
    sync = Publishing(cognito, "filled-sync")
    sync.configure(PushSync=PUSH, CognitoStreams=STREAMS)
    sync.write("colour", "red")
    sync.subscriber("token")
    sync.developer.bulk_publish(IdentityPoolId=sync.pool.id)
    sync.write("colour", "blue")
