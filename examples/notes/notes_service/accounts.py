"""Accounts: sign-up, sign-in and passwords, by the user pool."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import boto3
from botocore.config import Config
from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel

from .settings import REGION, CurrentSettings

cognito = boto3.client("cognito-idp", region_name=REGION, config=Config(retries={"mode": "standard"}))
router = APIRouter(tags=["accounts"])


class Credentials(BaseModel):
    email: str
    password: str


class Confirmation(BaseModel):
    email: str
    code: str


class Refresh(BaseModel):
    refresh_token: str


class Forgotten(BaseModel):
    email: str


class NewPassword(Credentials):
    code: str


class Tokens(BaseModel):
    access_token: str
    id_token: str
    refresh_token: str | None
    expires_in: int


@router.post("/accounts", status_code=status.HTTP_201_CREATED)
def sign_up(account: Credentials, settings: CurrentSettings) -> dict[str, str]:
    answer = cognito.sign_up(
        ClientId=settings.client_id,
        Username=account.email,
        Password=account.password,
        UserAttributes=[{"Name": "email", "Value": account.email}],
    )
    return {"id": answer["UserSub"], "code_sent_to": answer["CodeDeliveryDetails"]["Destination"]}


@router.post("/accounts/confirm", status_code=status.HTTP_204_NO_CONTENT)
def confirm(confirmation: Confirmation, settings: CurrentSettings) -> None:
    cognito.confirm_sign_up(
        ClientId=settings.client_id, Username=confirmation.email, ConfirmationCode=confirmation.code
    )


@router.post("/sessions", status_code=status.HTTP_201_CREATED)
def sign_in(credentials: Credentials, settings: CurrentSettings) -> Tokens:
    parameters = {"USERNAME": credentials.email, "PASSWORD": credentials.password}
    return _authenticate(settings.client_id, "USER_PASSWORD_AUTH", parameters)


@router.post("/sessions/refresh", status_code=status.HTTP_201_CREATED)
def refresh(session: Refresh, settings: CurrentSettings) -> Tokens:
    return _authenticate(settings.client_id, "REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": session.refresh_token})


@router.post("/passwords/forgot", status_code=status.HTTP_202_ACCEPTED)
def forgot_password(forgotten: Forgotten, settings: CurrentSettings) -> None:
    cognito.forgot_password(ClientId=settings.client_id, Username=forgotten.email)


@router.post("/passwords/reset", status_code=status.HTTP_204_NO_CONTENT)
def reset_password(new: NewPassword, settings: CurrentSettings) -> None:
    cognito.confirm_forgot_password(
        ClientId=settings.client_id, Username=new.email, ConfirmationCode=new.code, Password=new.password
    )


def emails(user_pool_id: str) -> Iterator[str]:
    """The e-mail addresses of all users."""
    for page in cognito.get_paginator("list_users").paginate(UserPoolId=user_pool_id):
        for user in page["Users"]:
            yield from (one["Value"] for one in user["Attributes"] if one["Name"] == "email")


def _authenticate(
    client_id: str, flow: Literal["USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"], parameters: Mapping[str, str]
) -> Tokens:
    answer = cognito.initiate_auth(ClientId=client_id, AuthFlow=flow, AuthParameters=parameters)
    if "ChallengeName" in answer:
        raise HTTPException(status.HTTP_403_FORBIDDEN, answer["ChallengeName"])
    result: Mapping[str, Any] = answer["AuthenticationResult"]
    return Tokens(
        access_token=result["AccessToken"],
        id_token=result["IdToken"],
        refresh_token=result.get("RefreshToken"),
        expires_in=result["ExpiresIn"],
    )
