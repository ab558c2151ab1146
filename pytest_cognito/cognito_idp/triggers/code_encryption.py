"""The encryption of codes for CustomEmailSender and CustomSMSSender with the pool's KMS key."""

from __future__ import annotations

import base64
import importlib.util

from botocore.exceptions import ClientError

from pytest_cognito.aws import other_services
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.kernel.errors import UsageError


def encrypt(pool: UserPool, code: str) -> str:
    """Encrypt a code with the AWS Encryption SDK and the key ``LambdaConfig.KMSKeyID``, in Base64.

    Without the package ``aws-encryption-sdk``, or without a KMS (moto, LocalStack), the code is encoded in Base64 only.
    """
    key = pool.triggers.get("KMSKeyID")
    encrypted = _encrypted(pool, key, code) if key and _library_installed() else None
    return base64.b64encode(encrypted or code.encode()).decode()


def _library_installed() -> bool:
    return importlib.util.find_spec("aws_encryption_sdk") is not None


def _encrypted(pool: UserPool, key: str, code: str) -> bytes | None:
    """Encrypt as Cognito does: without key commitment, with the pool id in the encryption context."""
    client = other_services.client("kms", key.split(":")[3] or pool.region)
    try:
        key_arn: str = client.describe_key(KeyId=key)["KeyMetadata"]["Arn"]
    except ClientError as error:
        if other_services.is_unanswered(error):
            return None
        raise _unusable(key, error) from error
    from aws_encryption_sdk import CommitmentPolicy, EncryptionSDKClient
    from aws_encryption_sdk.key_providers.kms import KMSMasterKey

    sdk = EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    provider = KMSMasterKey(key_id=key_arn, client=client)
    ciphertext: bytes
    ciphertext, _ = sdk.encrypt(
        source=code.encode(), key_provider=provider, encryption_context={"userpool-id": pool.id}
    )
    return ciphertext


def _unusable(key: str, error: ClientError) -> UsageError:
    return UsageError(
        f"Cognito cannot encrypt a code under the pool's KMSKeyID {key}: {error}\n"
        f"Make the key where KMS is mocked, before the pool:\n"
        f'    boto3.client("kms").create_key()["KeyMetadata"]["Arn"]'
    )
