"""The service: its routes, and what an error of Cognito becomes."""

from dataclasses import asdict
from typing import Annotated, Any

import httpx
from botocore.exceptions import ClientError, ParamValidationError
from fastapi import Depends, FastAPI, HTTPException, Request, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.middleware.sessions import SessionMiddleware

from . import accounts, admin, hosted_ui, passkeys, passwordless, profile, second_factor, sessions
from .auth import Caller, CurrentCaller, with_scope
from .notebooks import CurrentNotebooks
from .settings import SESSION_KEY, CurrentSettings

app = FastAPI(title="Notes")
app.add_middleware(SessionMiddleware, secret_key=SESSION_KEY, max_age=8 * 60 * 60, https_only=True)
for part in (accounts, sessions, passwordless, profile, second_factor, admin, hosted_ui):
    app.include_router(part.router)
for router in (passkeys.own, passkeys.sign_in):
    app.include_router(router)

Writer = Annotated[Caller, Depends(with_scope("notes/write"))]

STATUS_OF_ERROR = {
    "CodeMismatchException": status.HTTP_400_BAD_REQUEST,
    "EnableSoftwareTokenMFAException": status.HTTP_400_BAD_REQUEST,
    "ExpiredCodeException": status.HTTP_400_BAD_REQUEST,
    "InvalidParameterException": status.HTTP_400_BAD_REQUEST,
    "InvalidPasswordException": status.HTTP_400_BAD_REQUEST,
    "NotAuthorizedException": status.HTTP_401_UNAUTHORIZED,
    "PasswordResetRequiredException": status.HTTP_403_FORBIDDEN,
    "UserNotConfirmedException": status.HTTP_403_FORBIDDEN,
    "UserNotFoundException": status.HTTP_404_NOT_FOUND,
    "AliasExistsException": status.HTTP_409_CONFLICT,
    "UsernameExistsException": status.HTTP_409_CONFLICT,
    "ResourceNotFoundException": status.HTTP_404_NOT_FOUND,
    "WebAuthnChallengeNotFoundException": status.HTTP_400_BAD_REQUEST,
    "WebAuthnOriginNotAllowedException": status.HTTP_400_BAD_REQUEST,
    "LimitExceededException": status.HTTP_429_TOO_MANY_REQUESTS,
    "TooManyRequestsException": status.HTTP_429_TOO_MANY_REQUESTS,
}


class Note(BaseModel):
    text: str


@app.exception_handler(ClientError)
def cognito_refused(request: Request, error: ClientError) -> JSONResponse:
    code, message = error.response["Error"]["Code"], error.response["Error"]["Message"]
    status_code = STATUS_OF_ERROR.get(code, status.HTTP_502_BAD_GATEWAY)
    return JSONResponse({"error": code, "detail": message}, status_code)


@app.exception_handler(ParamValidationError)
def not_for_cognito(request: Request, error: ParamValidationError) -> JSONResponse:
    """A code or a session that boto3 itself finds too short to be one."""
    return JSONResponse({"error": "InvalidParameterException", "detail": str(error)}, status.HTTP_400_BAD_REQUEST)


@app.get("/me")
def me(caller: CurrentCaller) -> dict[str, Any]:
    return asdict(caller)


@app.get("/notebooks")
def read(caller: CurrentCaller, notebooks: CurrentNotebooks) -> dict[str, list[str]]:
    return notebooks.read(caller.tenant)


@app.post("/notebooks/{notebook}", status_code=status.HTTP_201_CREATED)
def write(notebook: str, note: Note, writer: Writer, notebooks: CurrentNotebooks) -> None:
    notebooks.write(writer.tenant, notebook, author=writer.id, text=note.text)


@app.get("/ready")
async def ready(settings: CurrentSettings) -> dict[str, str]:
    """Ready as soon as the user pool says where its keys are."""
    async with httpx.AsyncClient(timeout=2) as client:
        response = await client.get(f"{settings.issuer}/.well-known/openid-configuration")
    if not response.is_success:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "the user pool does not answer")
    return {"keys": response.json()["jwks_uri"]}
