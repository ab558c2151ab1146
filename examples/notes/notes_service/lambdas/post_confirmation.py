"""PostConfirmation: who has confirmed becomes a member and finds a first notebook."""

from typing import Any

import boto3

from ..notebooks import Notebooks
from ..settings import REGION, databases
from ..tenants import tenant_of

cognito = boto3.client("cognito-idp", region_name=REGION)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    # It runs after a forgotten password, too.
    if event["triggerSource"] == "PostConfirmation_ConfirmSignUp":
        _welcome(event["userPoolId"], event["userName"], event["request"]["userAttributes"]["email"])
    return event


def _welcome(user_pool_id: str, username: str, email: str) -> None:
    cognito.admin_add_user_to_group(UserPoolId=user_pool_id, Username=username, GroupName="members")
    Notebooks(databases().notes).write(tenant_of(email), notebook=email, author=username, text="Welcome!")
