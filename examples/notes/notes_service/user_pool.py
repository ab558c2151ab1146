"""The client of the user pool's API, and how its answers are read."""

from collections.abc import Iterable, Mapping
from typing import Any

import boto3
from botocore.config import Config

from .settings import REGION

cognito = boto3.client("cognito-idp", region_name=REGION, config=Config(retries={"mode": "standard"}))


def email_of(attributes: Iterable[Mapping[str, Any]]) -> str:
    """The e-mail address among a user's attributes: everybody has one, and signs in with it."""
    values = {one["Name"]: str(one["Value"]) for one in attributes}
    return values["email"]
