"""Accounts: sign-up and passwords, by the user pool."""

from fastapi import APIRouter, status
from pydantic import BaseModel

from .settings import CurrentSettings
from .user_pool import cognito

router = APIRouter(tags=["accounts"])


class Credentials(BaseModel):
    email: str
    password: str


class Account(BaseModel):
    """An account to be. Without a password, its user signs in with codes that are sent to the address."""

    email: str
    password: str = ""


class Confirmation(BaseModel):
    email: str
    code: str


class Forgotten(BaseModel):
    email: str


class NewPassword(Credentials):
    code: str


@router.post("/accounts", status_code=status.HTTP_201_CREATED)
def sign_up(account: Account, settings: CurrentSettings) -> dict[str, str]:
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


@router.post("/passwords/forgot", status_code=status.HTTP_202_ACCEPTED)
def forgot_password(forgotten: Forgotten, settings: CurrentSettings) -> None:
    cognito.forgot_password(ClientId=settings.client_id, Username=forgotten.email)


@router.post("/passwords/reset", status_code=status.HTTP_204_NO_CONTENT)
def reset_password(new: NewPassword, settings: CurrentSettings) -> None:
    cognito.confirm_forgot_password(
        ClientId=settings.client_id, Username=new.email, ConfirmationCode=new.code, Password=new.password
    )
