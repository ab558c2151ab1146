"""The sign-in of a user by a handle, with the second factor that Cognito asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles.calls import call
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.cognito_idp import SrpClient
    from pytest_cognito.handles.app_client import AppClient
    from pytest_cognito.handles.device import Device
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.user import User

Answer = dict[str, Any]

_PASSWORD_FLOWS = (
    ("ADMIN_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
    ("USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
)
_CHOICE = "USER_AUTH"
_SELECT = "SELECT_MFA_TYPE"
_TOTP = "SOFTWARE_TOKEN_MFA"
_CHOOSE = "SELECT_CHALLENGE"
_BY_CODE = ("EMAIL_OTP", "SMS_OTP")
"""The first factors that need no password, in the order in which one is chosen."""
_CODES = {
    "SMS_MFA": "SMS_MFA_CODE",
    "EMAIL_OTP": "EMAIL_OTP_CODE",
    "SMS_OTP": "SMS_OTP_CODE",
    _TOTP: "SOFTWARE_TOKEN_MFA_CODE",
}
"""The member of ChallengeResponses with the code, by challenge."""
_BY_DEVICE = ("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER")


@dataclass
class SignIn:
    """A sign-in of a user at an app client.

    ``code`` answers the challenge of a second factor, or of a first one without a password; if it is None, the answer
    is the code that was sent, or one of the user's software token. ``metadata`` is the ClientMetadata of each call.
    ``device`` is the user's device.
    """

    user: User
    client: AppClient
    code: str | None = None
    metadata: Mapping[str, str] | None = None
    device: Device | None = None

    def run(self, password: str | None) -> Answer:
        """The AuthenticationResult of the sign-in; without a password, by a code."""
        flow = self._flow(password)
        parameters = self._device_key if password is None else {"PASSWORD": password, **self._device_key}
        if flow == _CHOICE and password is not None:
            parameters["PREFERRED_CHALLENGE"] = "PASSWORD"
        answer = self._call("InitiateAuth", flow, AuthFlow=flow, AuthParameters=self._as_user(**parameters))
        given = self.code
        while "AuthenticationResult" not in answer:
            challenge = answer["ChallengeName"]
            responses = self._responses(challenge, answer)
            given = None if challenge in _CODES else given
            answer = self._call(
                "RespondToAuthChallenge",
                flow,
                ChallengeName=challenge,
                Session=answer["Session"],
                ChallengeResponses=self._as_user(**responses),
            )
        if given is not None:
            raise UsageError(
                f"Cognito asked {self.user.username} for no code, so code={given!r} was not used; leave it out, or "
                f"turn MFA on for the user"
            )
        result: Answer = answer["AuthenticationResult"]
        return result

    def run_with(self, passkey: Passkey) -> Answer:
        """The AuthenticationResult of a sign-in with a passkey."""
        flow = "USER_AUTH"
        if "ALLOW_USER_AUTH" not in self.client.flows:
            raise UsageError(
                f"the app client {self.client.id} allows no sign-in with a passkey; add ALLOW_USER_AUTH to its "
                f"ExplicitAuthFlows"
            )
        preferred = self._as_user(PREFERRED_CHALLENGE="WEB_AUTHN")
        answer = self._call("InitiateAuth", flow, AuthFlow=flow, AuthParameters=preferred)
        if answer["ChallengeName"] != "WEB_AUTHN":
            possible = ", ".join(answer.get("AvailableChallenges", ()))
            raise UsageError(
                f"{self.user.username} can't sign in with a passkey, but with {possible}: they have none for the "
                f"pool's relying party ID, which user.register(passkey) gives them, or need MFA"
            )
        credential = passkey.get(answer["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
        answer = self._call(
            "RespondToAuthChallenge",
            flow,
            ChallengeName="WEB_AUTHN",
            Session=answer["Session"],
            ChallengeResponses=self._as_user(CREDENTIAL=json.dumps(credential)),
        )
        result: Answer = answer["AuthenticationResult"]
        return result

    def _flow(self, password: str | None) -> str:
        allowed = self.client.flows
        for flow, permission in _PASSWORD_FLOWS if password is not None else ():
            if permission in allowed:
                return flow
        if "ALLOW_USER_AUTH" in allowed:
            return _CHOICE
        if password is None:
            raise UsageError(
                f"{self.user.username} has no password, and the app client {self.client.id} allows no sign-in without "
                f"one; add ALLOW_USER_AUTH to its ExplicitAuthFlows, or take tokens without a sign-in: "
                f"pool.tokens_for({self.user.username!r})"
            )
        raise UsageError(
            f"the app client {self.client.id} allows no password sign-in; add ALLOW_USER_PASSWORD_AUTH to its "
            f"ExplicitAuthFlows, or take tokens without a sign-in: pool.tokens_for({self.user.username!r})"
        )

    def _responses(self, challenge: str, answer: Answer) -> dict[str, str]:
        """The response to a challenge, without what names the user."""
        if challenge in _CODES:
            code = self._expected_code(answer["Session"]) if self.code is None else self.code
            return {_CODES[challenge]: code}
        if challenge == _CHOOSE:
            possible = [factor for factor in _BY_CODE if factor in answer["AvailableChallenges"]]
            if possible:
                return {"ANSWER": possible[0]}
        if challenge == _SELECT:
            factors = json.loads(answer["ChallengeParameters"]["MFAS_CAN_CHOOSE"])
            # A code that is known before the sign-in is one of a software token.
            return {"ANSWER": _TOTP if self.code is not None and _TOTP in factors else factors[0]}
        if self.device is not None and challenge in _BY_DEVICE:
            return {**self._device_key, **self._by_device(self._srp_client, challenge, answer)}
        raise UsageError(
            f"the sign-in of {self.user.username} is not finished: Cognito asks for {challenge}. Answer it with "
            f"boto3's respond_to_auth_challenge, or take tokens without a sign-in: "
            f"pool.tokens_for({self.user.username!r})"
        )

    @property
    def _device_key(self) -> dict[str, str]:
        return {} if self.device is None else {"DEVICE_KEY": self.device.key}

    @cached_property
    def _srp_client(self) -> SrpClient:
        from pytest_cognito.handles.device import srp_client

        if self.device is None:
            raise RuntimeError("there is no device to sign in with")
        return srp_client(self.device)

    def _by_device(self, client: SrpClient, challenge: str, answer: Answer) -> dict[str, str]:
        """The device's response: its public value, then its proof."""
        if challenge == _BY_DEVICE[0]:
            return {"SRP_A": client.public}
        return client.proof(answer["ChallengeParameters"], self.user.pool.world.clock.now())

    def _expected_code(self, session: str) -> str:
        pool = self.user.pool
        with pool.world.handle_step("sign_in", pool.region) as context:
            code = cognito_idp.expected_code(context, session)
        if code is None:
            raise UsageError(
                f"every code of {self.user.username}'s software token that is good now has been used, and each is good "
                f"once: move the clock with cognito.clock.advance(seconds=30)"
            )
        return code

    def _as_user(self, **parameters: str) -> dict[str, str]:
        secret_hash = {"SECRET_HASH": self.client.secret_hash(self.user.username)} if self.client.secret else {}
        return {"USERNAME": self.user.username, **parameters, **secret_hash}

    def _call(self, operation: str, flow: str, **parameters: Any) -> Answer:
        """Call the operation or, in a flow of administrators, its counterpart for them."""
        pool = self.user.pool
        parameters["ClientId"] = self.client.id
        if self.metadata:
            parameters["ClientMetadata"] = dict(self.metadata)
        if flow.startswith("ADMIN"):
            return pool.call(f"Admin{operation}", **parameters)
        return call(pool.world, operation, region=pool.region, **parameters)
