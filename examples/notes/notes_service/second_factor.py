"""The second factor: an authenticator app, which a user sets up and may turn off."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel

from .auth import BearerToken, caller
from .user_pool import cognito, email_of

ISSUER = "Notes"
router = APIRouter(prefix="/profile/second-factor", tags=["profile"], dependencies=[Depends(caller)])


class FirstCode(BaseModel):
    code: str


@router.post("", status_code=status.HTTP_201_CREATED)
def associate(token: BearerToken) -> dict[str, str]:
    """A new secret, as the URI that an authenticator app reads from a QR code. Nothing is asked for yet."""
    secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
    account = quote(email_of(cognito.get_user(AccessToken=token)["UserAttributes"]))
    return {"uri": f"otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}"}


@router.post("/confirm", status_code=status.HTTP_204_NO_CONTENT)
def turn_on(first: FirstCode, token: BearerToken) -> None:
    """Once the app has shown a right code, every sign-in asks for one."""
    cognito.verify_software_token(AccessToken=token, UserCode=first.code)
    _prefer(token, on=True)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT)
def turn_off(token: BearerToken) -> None:
    _prefer(token, on=False)


def _prefer(token: str, *, on: bool) -> None:
    cognito.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": on, "PreferredMfa": on})
