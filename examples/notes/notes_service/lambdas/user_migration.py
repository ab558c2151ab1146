"""UserMigration: whom the pool doesn't know is taken over from the old user table, with the password."""

from typing import Any

from .. import old_users
from ..settings import databases


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    user = old_users.find(databases().old_users, event["userName"])
    if user is None:
        return event
    if event["triggerSource"] == "UserMigration_Authentication":
        if not user.has_password(event["request"]["password"]):
            return event
        event["response"]["finalUserStatus"] = "CONFIRMED"
    # With a forgotten password it is the code that proves who it is. Cognito sends it to a verified address only.
    event["response"]["userAttributes"] = {
        "email": user.email,
        "email_verified": "true",
        "custom:old_id": str(user.id),
    }
    event["response"]["messageAction"] = "SUPPRESS"
    return event
