"""Tables, buckets, parameters, secrets and keys, made where somebody mocks their services."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pytest_cognito.aws.arn import partition
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.elsewhere import ResourceElsewhere, text_of

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_LONGEST_BUCKET_NAME: Final = 63
_WITHOUT_CONSTRAINT: Final = "us-east-1"


class TableType(ResourceElsewhere):
    """A table of DynamoDB, with its indexes and its stream; ``AWS::DynamoDB::GlobalTable`` is one in the region."""

    service = "dynamodb"
    creates = "CreateTable"
    deletes = "DeleteTable"
    named = "TableName"
    beside = frozenset(("TimeToLiveSpecification",))

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found = super().parameters(given)
        if "ProvisionedThroughput" not in found:
            found["BillingMode"] = "PAY_PER_REQUEST"
        if "StreamSpecification" in found:
            found["StreamSpecification"]["StreamEnabled"] = True
        if "SSESpecification" in found:
            found["SSESpecification"]["Enabled"] = given["SSESpecification"].get("SSEEnabled", True)
        return found

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        expiry = properties.get("TimeToLiveSpecification")
        if expiry:
            parameters = {"TableName": made.physical_id, "TimeToLiveSpecification": expiry}
            self.ask(deployment, "UpdateTimeToLive", parameters)
        return made

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"TableName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        table = answer["TableDescription"]
        stream = {"StreamArn": table["LatestStreamArn"]} if "LatestStreamArn" in table else {}
        return Made(table["TableName"], {"Arn": table["TableArn"], **stream})


class BucketType(ResourceElsewhere):
    """A bucket of S3."""

    service = "s3"
    creates = "CreateBucket"
    deletes = "DeleteBucket"
    named = "BucketName"
    beside = frozenset(("VersioningConfiguration", "_region"))

    def sets(self, name: str) -> bool:
        return name in {self.named, *self.beside}

    def made_up_name(self, deployment: Deployment, logical_id: str) -> str:
        name = deployment.physical_name(logical_id).lower()
        return name if len(name) <= _LONGEST_BUCKET_NAME else name[: _LONGEST_BUCKET_NAME - 13] + name[-13:]

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, {**properties, "_region": deployment.region})
        versioning = properties.get("VersioningConfiguration")
        if versioning:
            parameters = {"Bucket": made.physical_id, "VersioningConfiguration": versioning}
            self.ask(deployment, "PutBucketVersioning", parameters)
        return made

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        elsewhere = given["_region"] != _WITHOUT_CONSTRAINT
        place = {"CreateBucketConfiguration": {"LocationConstraint": given["_region"]}} if elsewhere else {}
        return {"Bucket": given["BucketName"], **place}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"Bucket": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        name, region = given["BucketName"], deployment.region
        regional = f"{name}.{hosts.endpoint('s3', region)}"
        attributes = {
            "Arn": f"arn:{partition(region)}:s3:::{name}",
            "DomainName": regional.replace(f".{region}.", "."),
            "RegionalDomainName": regional,
        }
        return Made(name, attributes)


class ParameterType(ResourceElsewhere):
    """A parameter of Systems Manager."""

    service = "ssm"
    creates = "PutParameter"
    deletes = "DeleteParameter"
    named = "Name"
    required: ClassVar[frozenset[str]] = frozenset(("Type", "Value"))

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        # Tags are a map in the template and a list in the request.
        listed = [{"Key": key, "Value": value} for key, value in (given.get("Tags") or {}).items()]
        return {**super().parameters({name: given[name] for name in given if name != "Tags"}), "Tags": listed}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"Name": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(given["Name"], {"Type": given["Type"], "Value": text_of(given["Value"])})


class SecretType(ResourceElsewhere):
    """A secret of Secrets Manager, given or generated."""

    service = "secretsmanager"
    creates = "CreateSecret"
    deletes = "DeleteSecret"
    named = "Name"
    beside = frozenset(("GenerateSecretString",))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        wanted = properties.get("GenerateSecretString")
        if wanted is None:
            return super().create(deployment, declared, properties)
        template, key = wanted.get("SecretStringTemplate"), wanted.get("GenerateStringKey")
        parameters = self.fitting("GetRandomPassword", wanted)
        secret = self.ask(deployment, "GetRandomPassword", parameters)["RandomPassword"]
        if template and key:
            secret = text_of({**json.loads(template), key: secret})
        return super().create(deployment, declared, {**properties, "SecretString": secret})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"SecretId": deployed.physical_id, "ForceDeleteWithoutRecovery": True}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(answer["ARN"], {"Id": answer["ARN"]})


class KeyType(ResourceElsewhere):
    """A key of KMS, such as encrypts what custom senders get."""

    service = "kms"
    creates = "CreateKey"
    deletes = "ScheduleKeyDeletion"
    named = "Description"
    beside = frozenset(("EnableKeyRotation", "KeyPolicy"))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        if text_of(properties.get("EnableKeyRotation", False)).lower() == "true":
            self.ask(deployment, "EnableKeyRotation", {"KeyId": made.physical_id})
        return made

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        policy = {"Policy": text_of(given["KeyPolicy"])} if given.get("KeyPolicy") else {}
        named = [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in given.get("Tags") or ()]
        plain = {name: value for name, value in given.items() if name != "Tags"}
        return {**super().parameters(plain), **policy, "Tags": named}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"KeyId": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        key = answer["KeyMetadata"]
        return Made(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})


class AliasType(ResourceElsewhere):
    """An alias of a key of KMS."""

    service = "kms"
    creates = "CreateAlias"
    deletes = "DeleteAlias"
    named = "AliasName"
    required: ClassVar[frozenset[str]] = frozenset(("AliasName", "TargetKeyId"))

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"AliasName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(given["AliasName"], {})
