"""Sign-in without a password: with a code that is sent to the user's address."""

from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel

from .sessions import Code, CodeWanted, Tokens, tokens
from .settings import CurrentSettings
from .user_pool import cognito

router = APIRouter(prefix="/sessions/email", tags=["sessions"])


class Address(BaseModel):
    email: str


@router.post("", status_code=status.HTTP_202_ACCEPTED)
def send_code(address: Address, settings: CurrentSettings) -> CodeWanted:
    """Send a code. Whether somebody has the address is not told; who has a second factor needs their password."""
    answer = cognito.initiate_auth(
        ClientId=settings.client_id,
        AuthFlow="USER_AUTH",
        AuthParameters={"USERNAME": address.email, "PREFERRED_CHALLENGE": "EMAIL_OTP"},
    )
    if answer["ChallengeName"] != "EMAIL_OTP":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "sign in with your password")
    return CodeWanted(session=answer["Session"])


@router.post("/code", status_code=status.HTTP_201_CREATED)
def sign_in(code: Code, settings: CurrentSettings) -> Tokens:
    answer = cognito.respond_to_auth_challenge(
        ClientId=settings.client_id,
        ChallengeName="EMAIL_OTP",
        Session=code.session,
        ChallengeResponses={"USERNAME": code.email, "EMAIL_OTP_CODE": code.code},
    )
    return tokens(answer)
