"""Where things are, from the environment."""

import os
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

REGION = os.environ.get("AWS_REGION", "eu-west-1")


@dataclass(frozen=True)
class Settings:
    user_pool_id: str
    client_id: str
    database: str
    old_users: str

    @property
    def issuer(self) -> str:
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.user_pool_id}"


def settings() -> Settings:
    return Settings(
        user_pool_id=os.environ["COGNITO_USER_POOL_ID"],
        client_id=os.environ["COGNITO_CLIENT_ID"],
        database=os.environ["NOTES_DATABASE"],
        old_users=os.environ["NOTES_OLD_USERS"],
    )


CurrentSettings = Annotated[Settings, Depends(settings)]
