"""Passkeys: registered by whoever is signed in, and signed in with in place of a password.

The browser does the rest: it is given the options, by ``PublicKeyCredential.parseCreationOptionsFromJSON()`` and
``parseRequestOptionsFromJSON()``, and sends back what ``toJSON()`` makes of the credential.
"""

import json
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, status
from pydantic import BaseModel

from .auth import BearerToken, caller
from .sessions import Tokens, tokens
from .settings import CurrentSettings
from .user_pool import cognito

Credential = dict[str, Any]
own = APIRouter(prefix="/profile/passkeys", tags=["profile"], dependencies=[Depends(caller)])
sign_in = APIRouter(prefix="/sessions/passkey", tags=["sessions"])


class Who(BaseModel):
    email: str


class Answer(Who):
    session: str
    credential: Credential


@own.post("/options")
def start(token: BearerToken) -> dict[str, Any]:
    """The options for ``navigator.credentials.create()``."""
    options: dict[str, Any] = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    return options


@own.post("", status_code=status.HTTP_204_NO_CONTENT)
def complete(credential: Credential, token: BearerToken) -> None:
    cognito.complete_web_authn_registration(AccessToken=token, Credential=credential)


@own.get("")
def passkeys(token: BearerToken) -> list[dict[str, str]]:
    found = cognito.list_web_authn_credentials(AccessToken=token)["Credentials"]
    return [{"id": one["CredentialId"], "name": one["FriendlyCredentialName"]} for one in found]


@own.delete("/{passkey}", status_code=status.HTTP_204_NO_CONTENT)
def forget(passkey: str, token: BearerToken) -> None:
    cognito.delete_web_authn_credential(AccessToken=token, CredentialId=passkey)


@sign_in.post("/options")
def ask(who: Who, settings: CurrentSettings) -> dict[str, Any]:
    """The options for ``navigator.credentials.get()``, and the session that the answer goes to."""
    answer = cognito.initiate_auth(
        ClientId=settings.client_id,
        AuthFlow="USER_AUTH",
        AuthParameters={"USERNAME": who.email, "PREFERRED_CHALLENGE": "WEB_AUTHN"},
    )
    if answer["ChallengeName"] != "WEB_AUTHN":
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no passkey to sign in with")
    options = json.loads(answer["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    return {"session": answer["Session"], "options": options}


@sign_in.post("", status_code=status.HTTP_201_CREATED)
def answer(given: Answer, settings: CurrentSettings) -> Tokens:
    answer = cognito.respond_to_auth_challenge(
        ClientId=settings.client_id,
        ChallengeName="WEB_AUTHN",
        Session=given.session,
        ChallengeResponses={"USERNAME": given.email, "CREDENTIAL": json.dumps(given.credential)},
    )
    return tokens(answer)
