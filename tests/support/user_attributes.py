"""The four operations that change a user's attributes, and tests that run with either of two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from pytest_cognito.cognito import User

from .app import App, pairs

Change = Callable[[App, User, Mapping[str, str]], object]


class Remove(Protocol):
    """Deletes the attributes of these names."""

    def __call__(self, app: App, user: User, *names: str) -> None: ...


def update(app: App, user: User, attributes: Mapping[str, str]) -> list[dict[str, str]]:
    """UpdateUserAttributes; gives where codes were sent."""
    token = user.tokens().access_token
    answer = app.call("update_user_attributes", AccessToken=token, UserAttributes=pairs(attributes))
    sent: list[dict[str, str]] = answer["CodeDeliveryDetailsList"]
    return sent


def admin_update(app: App, user: User, attributes: Mapping[str, str]) -> None:
    answer = app.admin("admin_update_user_attributes", user.username, UserAttributes=pairs(attributes))
    assert answer == {}


def delete(app: App, user: User, *names: str) -> None:
    app.call("delete_user_attributes", AccessToken=user.tokens().access_token, UserAttributeNames=list(names))


def admin_delete(app: App, user: User, *names: str) -> None:
    app.admin("admin_delete_user_attributes", user.username, UserAttributeNames=list(names))


BOTH_UPDATES = pytest.mark.parametrize("change", [update, admin_update], ids=["user", "admin"])
BOTH_DELETES = pytest.mark.parametrize("remove", [delete, admin_delete], ids=["user", "admin"])
