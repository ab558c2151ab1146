"""Errors about tokens and messages that STS issues or takes back."""

from pytest_cognito.aws.errors import ErrorText

MESSAGE_INVALID = ErrorText("InvalidAuthorizationMessageException", "Message is not valid")
# AWS's wording is not known.
OUTBOUND_DISABLED = ErrorText(
    "OutboundWebIdentityFederationDisabledException",
    "Outbound web identity federation is not enabled for the account {account}",
    403,
)
TOKEN_BEYOND_SESSION = ErrorText(
    "SessionDurationEscalationException",
    "The requested DurationSeconds would extend beyond the expiration of the calling session",
    403,
)
PAYLOAD_TOO_LARGE = ErrorText(
    "JWTPayloadSizeExceededException", "The payload of the token has {size} bytes, more than the maximum of {most}"
)
ORIGIN_MISSING = ErrorText(
    "ValidationError", "SubjectMode OriginIdentity needs an origin identity in the context of the calling session"
)
SCOPE_WITHOUT_ORIGIN = ErrorText("ValidationError", "Scope can be specified only with SubjectMode OriginIdentity")
TRADE_IN_UNKNOWN = ErrorText("AccessDenied", "The trade-in token is not valid", 403)
TRADE_IN_EXPIRED = ErrorText("ExpiredTradeInTokenException", "The trade-in token has expired")
ALGORITHM_UNKNOWN = ErrorText("ValidationError", "SigningAlgorithm must be RS256 or ES384, not {algorithm}")
