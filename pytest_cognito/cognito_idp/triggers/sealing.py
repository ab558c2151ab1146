"""Codes as CustomEmailSender and CustomSMSSender get them: encrypted under the pool's KMS key."""

from __future__ import annotations

import base64
import importlib.util

from botocore.exceptions import ClientError

from ...aws import elsewhere
from ...kernel.usage import UsageError
from ..records import UserPool


def seal(pool: UserPool, code: str) -> str:
    """A code in base64: as the AWS Encryption SDK encrypts it under ``LambdaConfig.KMSKeyID`` where that library
    is installed and a KMS answers (moto's, LocalStack's), or else as it is.
    """
    key = pool.triggers.get("KMSKeyID")
    sealed = _encrypted(pool, key, code) if key and _library_installed() else None
    return base64.b64encode(sealed or code.encode()).decode()


def _library_installed() -> bool:
    return importlib.util.find_spec("aws_encryption_sdk") is not None


def _encrypted(pool: UserPool, key: str, code: str) -> bytes | None:
    """What Cognito makes of a code: without key commitment, and with the pool's id in the encryption context."""
    client = elsewhere.client("kms", key.split(":")[3] or pool.region)
    try:
        known: str = client.describe_key(KeyId=key)["KeyMetadata"]["Arn"]
    except ClientError as error:
        if error.response["Error"]["Code"] == elsewhere.NOBODY:
            return None
        raise _unusable(key, error) from error
    from aws_encryption_sdk import CommitmentPolicy, EncryptionSDKClient
    from aws_encryption_sdk.key_providers.kms import KMSMasterKey

    sdk = EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    provider = KMSMasterKey(key_id=known, client=client)
    sealed: bytes
    sealed, _ = sdk.encrypt(source=code.encode(), key_provider=provider, encryption_context={"userpool-id": pool.id})
    return sealed


def _unusable(key: str, error: ClientError) -> UsageError:
    return UsageError(
        f"Cognito cannot encrypt a code under the pool's KMSKeyID {key}: {error}\n"
        f"Make the key where KMS is mocked, before the pool:\n"
        f'    boto3.client("kms").create_key()["KeyMetadata"]["Arn"]'
    )
