"""SRP sign-ins with the mathematics of pycognito, step by step, so that a test can spoil any of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pycognito.aws_srp import AWSSRP, get_random

from .app import PASSWORD, Answer, App


def gives_tokens(answer: Answer) -> bool:
    return "IdToken" in answer.get("AuthenticationResult", {})


class QuickSrp(AWSSRP):  # type: ignore[misc]  # pycognito has no annotations
    """A client with a private value of 256 bits, a quarter of pycognito's: RFC 5054 asks for no more."""

    def generate_random_small_a(self) -> int:
        return int(get_random(32))


class SrpClient(QuickSrp):
    """One sign-in of one user. ``now`` is what the client takes for the time, where that isn't the machine's.

    ``timestamp`` is what it signs in place of the time, if anything.
    """

    def __init__(
        self,
        app: App,
        username: str = "alice",
        password: str = PASSWORD,
        *,
        secret: str | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        super().__init__(username, password, app.pool_id, app.client_id, client=app.idp, client_secret=secret)
        self.app = app
        self.now = now
        self.timestamp: str | None = None

    def begin(self, **more: Any) -> Answer:
        """The answer to InitiateAuth."""
        return self._initiate("initiate_auth", **more)

    def begin_as_admin(self) -> Answer:
        """The answer to AdminInitiateAuth."""
        return self._initiate("admin_initiate_auth", UserPoolId=self.app.pool_id)

    def proof(self, challenge: Answer, **spoiled: str) -> dict[str, str]:
        """The ChallengeResponses for a challenge; with some of them spoiled."""
        computed = self.process_challenge(challenge["ChallengeParameters"], self.get_auth_params())
        return {**computed, **spoiled}

    def answer(self, responses: dict[str, str], **more: Any) -> Answer:
        """The answer to RespondToAuthChallenge."""
        return self._respond("respond_to_auth_challenge", responses, **more)

    def answer_as_admin(self, responses: dict[str, str]) -> Answer:
        """The answer to AdminRespondToAuthChallenge."""
        return self._respond("admin_respond_to_auth_challenge", responses, UserPoolId=self.app.pool_id)

    def run(self, **spoiled: str) -> Answer:
        """Both steps."""
        return self.answer(self.proof(self.begin(), **spoiled))

    def get_cognito_formatted_timestamp(self, input_datetime: dt.datetime) -> str:
        stamped: str = super().get_cognito_formatted_timestamp(self.now or input_datetime)
        return self.timestamp or stamped

    def _initiate(self, operation: str, **more: Any) -> Answer:
        flow = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": self.get_auth_params()}
        return self.app.call(operation, ClientId=self.app.client_id, **flow, **more)

    def _respond(self, operation: str, responses: dict[str, str], **more: Any) -> Answer:
        given = {"ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses}
        return self.app.call(operation, ClientId=self.app.client_id, **given, **more)
