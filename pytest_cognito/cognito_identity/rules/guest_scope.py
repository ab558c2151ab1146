"""What guests may do at most: the session policies that identity pools give with their credentials.

A guest's session may do what the role allows and one of two policies of AWS's, an inline one and a managed one. Neither
is there for users who have signed in, nor where an application assumes the role by itself (the basic flow).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from pytest_cognito.iam import NamedPolicy, parse

INLINE: Final = "the session policy for guests"
MANAGED: Final = "arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy"

_EVERYWHERE = (
    *("cloudwatch", "logs", "dynamodb", "kinesis", "mobileanalytics", "s3", "ses", "sns", "sqs", "lambda"),
    *("machinelearning", "execute-api", "iot", "gamelift", "cognito-identity", "cognito-idp", "lex", "polly"),
    *("comprehend", "translate", "transcribe", "rekognition", "mobiletargeting", "firehose", "appsync", "personalize"),
)
"""The services of which the inline policy allows all actions in every region."""
_INLINE_EVERYWHERE = (*(f"{service}:*" for service in _EVERYWHERE), "sagemaker:InvokeEndpoint")
_INLINE_BY_DEFAULT = (
    *("cognito-sync:*", "codewhisperer:*", "textract:DetectDocumentText", "textract:AnalyzeDocument", "sdb:*"),
)
_MANAGED = (
    *("rum:PutRumEvents", "polly:*", "comprehend:*", "translate:*", "transcribe:*", "rekognition:*"),
    *("mobiletargeting:*", "firehose:*", "personalize:*", "sagemaker:InvokeEndpoint", "geo:GetMap*"),
    *("geo:SearchPlaceIndex*", "geo:GetPlace", "geo:CalculateRoute*", "geo:*Geofence", "geo:*Geofences"),
    *("geo:*DevicePosition*", "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptTo", "kms:ReEncryptFrom"),
    *("kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext"),
    "kms:GenerateDataKeyWithoutPlaintext",
)


@cache
def policies(*, enabled_by_default: bool) -> tuple[NamedPolicy, ...]:
    """The session policies of a guest. The inline one allows more in regions that are enabled by default."""
    inline = (*_INLINE_EVERYWHERE, *(_INLINE_BY_DEFAULT if enabled_by_default else ()))
    return (NamedPolicy(INLINE, parse(_allowing(inline))), NamedPolicy(MANAGED, parse(_allowing(_MANAGED))))


def _allowing(actions: Sequence[str]) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}
