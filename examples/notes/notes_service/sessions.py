"""Sessions: sign-in by password, with a second factor where a user has one, and refreshing."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Response, status
from pydantic import BaseModel

from .accounts import Credentials
from .settings import CurrentSettings
from .user_pool import cognito

router = APIRouter(prefix="/sessions", tags=["sessions"])


class Refresh(BaseModel):
    refresh_token: str


class CodeWanted(BaseModel):
    """The sign-in goes on with a code, and this session."""

    session: str


class Code(BaseModel):
    email: str
    session: str
    code: str


class Tokens(BaseModel):
    access_token: str
    id_token: str
    refresh_token: str | None
    expires_in: int


@router.post("", status_code=status.HTTP_201_CREATED, responses={status.HTTP_202_ACCEPTED: {"model": CodeWanted}})
def sign_in(credentials: Credentials, settings: CurrentSettings, response: Response) -> Tokens | CodeWanted:
    answer = cognito.initiate_auth(
        ClientId=settings.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": credentials.email, "PASSWORD": credentials.password},
    )
    if answer.get("ChallengeName") == "SOFTWARE_TOKEN_MFA":
        response.status_code = status.HTTP_202_ACCEPTED
        return CodeWanted(session=answer["Session"])
    return tokens(answer)


@router.post("/code", status_code=status.HTTP_201_CREATED)
def sign_in_with_code(code: Code, settings: CurrentSettings) -> Tokens:
    answer = cognito.respond_to_auth_challenge(
        ClientId=settings.client_id,
        ChallengeName="SOFTWARE_TOKEN_MFA",
        Session=code.session,
        ChallengeResponses={"USERNAME": code.email, "SOFTWARE_TOKEN_MFA_CODE": code.code},
    )
    return tokens(answer)


@router.post("/refresh", status_code=status.HTTP_201_CREATED)
def refresh(session: Refresh, settings: CurrentSettings) -> Tokens:
    answer = cognito.initiate_auth(
        ClientId=settings.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": session.refresh_token},
    )
    return tokens(answer)


def tokens(answer: Mapping[str, Any]) -> Tokens:
    if "ChallengeName" in answer:
        raise HTTPException(status.HTTP_403_FORBIDDEN, answer["ChallengeName"])
    result = answer["AuthenticationResult"]
    return Tokens(
        access_token=result["AccessToken"],
        id_token=result["IdToken"],
        refresh_token=result.get("RefreshToken"),
        expires_in=result["ExpiresIn"],
    )
