"""Users of an old directory, whom a function for UserMigration takes along."""

from __future__ import annotations

from typing import Any

from .app import Answer, App
from .functions import answering
from .refusals import Refusal, refusal

OLD = "weak"
"""A password that no policy of today would take."""
EMAIL = {"email": "alice@example.com", "email_verified": "true"}
PHONE = {"phone_number": "+12065550123", "phone_number_verified": "true"}
CONFIRMED = {"finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS"}


def migrating(app: App, attributes: Any = EMAIL, **response: Any) -> None:
    """Let the pool's function know everybody, with these attributes."""
    app.pool.set_trigger("UserMigration", answering(userAttributes=attributes, **response))


def migration_failed(app: App) -> Refusal:
    """What an answer that makes no user leads to."""
    return Refusal("UserNotFoundException", f"Exception migrating user in app client {app.client_id}")


def enter(app: App, username: str = "alice", password: str = OLD) -> Answer:
    """The AuthenticationResult of a sign-in with the old password."""
    return app.sign_in(username, password)


def refused(app: App, username: str = "alice", password: str = OLD) -> Refusal:
    """What a sign-in with the old password is refused with."""
    return refusal(app.begin, username=username, password=password)


def usernames(app: App) -> list[str]:
    return [user.username for user in app.pool.users]
