"""Where things are, from the environment."""

import os
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

REGION = os.environ.get("AWS_REGION", "eu-west-1")
SESSION_KEY = os.environ.get("NOTES_SESSION_KEY") or secrets.token_urlsafe()
"""What signs the cookie of the site. Without one of its own, all are signed out when the service is started again."""


@dataclass(frozen=True)
class Settings:
    user_pool_id: str
    client_id: str

    @property
    def issuer(self) -> str:
        return issuer_of(self.user_pool_id)


@dataclass(frozen=True)
class Databases:
    """The notebooks, and the users of the old application."""

    notes: str
    old_users: str


@dataclass(frozen=True)
class SiteSettings:
    """Of the site: its own address, and its app client, which has a secret."""

    url: str
    user_pool_id: str
    client_id: str
    client_secret: str

    @property
    def issuer(self) -> str:
        return issuer_of(self.user_pool_id)


@dataclass(frozen=True)
class AttachmentSettings:
    """Of the attachments: the identity pool whose credentials open bucket and table. The template's outputs have it."""

    identity_pool_id: str
    user_pool_id: str
    bucket: str
    table: str

    @property
    def provider(self) -> str:
        """The user pool, as the identity pool calls it."""
        return issuer_of(self.user_pool_id).removeprefix("https://")


def issuer_of(user_pool_id: str) -> str:
    return f"https://cognito-idp.{REGION}.amazonaws.com/{user_pool_id}"


def settings() -> Settings:
    return Settings(
        user_pool_id=os.environ["COGNITO_USER_POOL_ID"],
        client_id=os.environ["COGNITO_CLIENT_ID"],
    )


def databases() -> Databases:
    return Databases(notes=os.environ["NOTES_DATABASE"], old_users=os.environ["NOTES_OLD_USERS"])


def site_settings() -> SiteSettings:
    return SiteSettings(
        url=os.environ["NOTES_URL"],
        user_pool_id=os.environ["COGNITO_USER_POOL_ID"],
        client_id=os.environ["COGNITO_SITE_CLIENT_ID"],
        client_secret=os.environ["COGNITO_SITE_CLIENT_SECRET"],
    )


CurrentDatabases = Annotated[Databases, Depends(databases)]
CurrentSettings = Annotated[Settings, Depends(settings)]
CurrentSiteSettings = Annotated[SiteSettings, Depends(site_settings)]
