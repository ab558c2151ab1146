"""SRP sign-ins with the mathematics of pycognito, step by step, so that a test can spoil any of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pycognito.aws_srp import AWSSRP

from .sign_ins import PASSWORD


class Client(AWSSRP):  # type: ignore[misc]
    """One sign-in of one user. ``now`` is what the client takes for the time, where that isn't the machine's."""

    def __init__(
        self,
        idp: Any,
        pool: Any,
        username: str = "alice",
        password: str = PASSWORD,
        *,
        app: Any = None,
        secret: str | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        super().__init__(username, password, pool.id, (app or pool.client).id, client=idp, client_secret=secret)
        self.now = now

    def begin(self, **more: Any) -> dict[str, Any]:
        """The answer to InitiateAuth."""
        answer: dict[str, Any] = self.client.initiate_auth(
            ClientId=self.client_id, AuthFlow="USER_SRP_AUTH", AuthParameters=self.get_auth_params(), **more
        )
        return answer

    def begin_as_admin(self) -> dict[str, Any]:
        """The answer to AdminInitiateAuth."""
        answer: dict[str, Any] = self.client.admin_initiate_auth(
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            AuthFlow="USER_SRP_AUTH",
            AuthParameters=self.get_auth_params(),
        )
        return answer

    def proof(self, challenge: dict[str, Any], **spoiled: str) -> dict[str, str]:
        """The ChallengeResponses for a challenge; with some of them spoiled."""
        computed = self.process_challenge(challenge["ChallengeParameters"], self.get_auth_params())
        return {**computed, **spoiled}

    def answer(self, responses: dict[str, str], **more: Any) -> dict[str, Any]:
        """The answer to RespondToAuthChallenge."""
        answer: dict[str, Any] = self.client.respond_to_auth_challenge(
            ClientId=self.client_id, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=responses, **more
        )
        return answer

    def run(self, **spoiled: str) -> dict[str, Any]:
        """Both steps."""
        return self.answer(self.proof(self.begin(), **spoiled))

    def get_cognito_formatted_timestamp(self, input_datetime: dt.datetime) -> str:
        stamped: str = super().get_cognito_formatted_timestamp(self.now or input_datetime)
        return stamped
