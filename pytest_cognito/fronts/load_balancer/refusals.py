"""Why a load balancer refuses a request, and the status that it has. The names are those of AWS's access logs."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer.pages import page
from pytest_cognito.http.messages import Response


class Refusal(NamedTuple):
    """A reason: its name in the access logs of a load balancer, and the status of the response."""

    reason: str
    status: int

    def answer(self, exchange: Exchange, detail: str) -> Response:
        """The response; the reason and the detail are in the report."""
        exchange.explain(f"the load balancer answers {self.status}, {self.reason}: {detail}")
        return page(self.status, exchange.now)


class Refused(Exception):
    """A request that is refused: raised where it is found out, answered in one place."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(f"{refusal.reason}: {detail}")
        self.refusal = refusal
        self.detail = detail


# authenticate-cognito. Which status each reason has is known for those that AWS's guide to troubleshooting describes.
DENIED = Refusal("AuthDenied", 401)
MISSING_STATE = Refusal("AuthMissingStateParam", 401)
INVALID_STATE = Refusal("AuthInvalidStateParam", 401)
MISSING_NONCE = Refusal("AuthMissingAWSALBAuthNonce", 401)
MISSING_CODE = Refusal("AuthMissingCodeParam", 401)
ACCESS_DENIED = Refusal("AuthInvalidGrantError", 401)
NO_ID_TOKEN = Refusal("AuthInvalidIdToken", 401)
GRANT_REFUSED = Refusal("AuthInvalidGrantError", 561)
TOKEN_UNREACHABLE = Refusal("AuthTokenEpRequestTimeout", 500)
TOKEN_FAILED = Refusal("AuthTokenEpRequestFailed", 500)
TOKEN_UNREADABLE = Refusal("AuthInvalidTokenResponse", 500)
USER_INFO_REFUSED = Refusal("AuthUserinfoEpRequestFailed", 561)
USER_INFO_FAILED = Refusal("AuthUserinfoEpRequestFailed", 500)
USER_INFO_UNREACHABLE = Refusal("AuthUserinfoEpRequestTimeout", 500)
USER_INFO_UNREADABLE = Refusal("AuthInvalidUserinfoResponse", 500)
TOO_LARGE = Refusal("AuthUserinfoResponseSizeExceeded", 500)

# jwt-validation. What AWS calls a token that has expired, or is of another issuer, is not known to the letter.
TOKEN_NOT_PRESENT = Refusal("JWTHeaderNotPresent", 401)
TOKEN_MALFORMED = Refusal("JWTRequestFormatInvalid", 401)
TOKEN_SIGNATURE = Refusal("JWTSignatureValidationFailed", 401)
CLAIM_NOT_PRESENT = Refusal("JWTClaimNotPresent", 401)
CLAIM_INVALID = Refusal("JWTClaimFormatInvalid", 401)
KEYS_UNREACHABLE = Refusal("JWKSRequestTimeout", 500)
KEYS_TOO_LARGE = Refusal("JWKSResponseSizeExceeded", 500)
KEYS_REFUSED = Refusal("JWKSRequestFailed", 562)
KEYS_INVALID = Refusal("JWKSResponseInvalid", 562)
