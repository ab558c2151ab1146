"""What a call does not say, and the service that it goes to knows: asked of whoever answers for that service."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws import other_services
from pytest_cognito.iam.actions import errors


class Lookups:
    """Questions of a call to other services of a region. They are asked as the developer, who may ask all."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._tables: dict[str, dict[str | None, str]] = {}

    def partition_key(self, table: str, index: str | None = None) -> str | None:
        """The partition key of a table in DynamoDB, or of an index; None if there is no such table or index."""
        if table not in self._tables:
            found = self._ask("dynamodb", "describe_table", "Table", TableName=table)
            schemas = {
                one.get("IndexName"): one["KeySchema"]
                for one in ([found, *found.get("GlobalSecondaryIndexes", ()), *found.get("LocalSecondaryIndexes", ())])
                if "KeySchema" in one
            }
            self._tables[table] = {name: _hash_key(schema) for name, schema in schemas.items()}
        return self._tables[table].get(index)

    def secret(self, name: str) -> str | None:
        """The ARN of a secret; None if there is none of that name."""
        arn: str | None = self._ask("secretsmanager", "describe_secret", SecretId=name).get("ARN")
        return arn

    def key(self, alias: str) -> str | None:
        """The ARN of the key that an alias, or the ARN of an alias, leads to; None if there is no such alias."""
        arn: str | None = self._ask("kms", "describe_key", "KeyMetadata", KeyId=alias).get("Arn")
        return arn

    def identity(self, address: str, domain: str) -> str:
        """Which of the two is verified in SES: the address if both are, or none is."""
        found = self._ask(
            "ses", "get_identity_verification_attributes", "VerificationAttributes", Identities=[address, domain]
        )
        return domain if domain in found and address not in found else address

    def _ask(self, service: str, method: str, member: str = "", **parameters: Any) -> dict[str, Any]:
        """What a service says of a resource; nothing if it has no such resource."""
        from botocore.exceptions import ClientError

        try:
            client = other_services.client(service, self._region, as_developer=True)
            answer = getattr(client, method)(**parameters)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("ResourceNotFoundException", "NotFoundException"):
                return {}
            if other_services.is_unanswered(error):
                raise errors.nobody_tells(service, method, parameters) from None
            raise
        found: dict[str, Any] = answer[member] if member else answer
        return found


def _hash_key(schema: list[dict[str, str]]) -> str:
    return next(part["AttributeName"] for part in schema if part["KeyType"] == "HASH")
