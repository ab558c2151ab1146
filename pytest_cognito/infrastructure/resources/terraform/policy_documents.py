"""``data.aws_iam_policy_document``: the document that its blocks say, where a plan does not have it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.kernel.errors import Unsupported

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_LISTS = {"Action": "actions", "NotAction": "not_actions", "Resource": "resources", "NotResource": "not_resources"}
_PRINCIPALS = {"Principal": "principals", "NotPrincipal": "not_principals"}
_MERGED = ("override_json", "override_policy_documents", "source_json", "source_policy_documents")


class PolicyDocumentType(TerraformType):
    """A document of a policy. Nothing is made of it in AWS."""

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        merged = [name for name in _MERGED if properties.get(name)]
        if merged:
            raise Unsupported(
                f"{declared.logical_id} merges documents ({', '.join(merged)}), which is not honoured where a part "
                f'of it is not known: use a state, or give it: values={{"{declared.logical_id}.json": {{…}}}}'
            )
        given = properties.get("json")
        document = given if given is not None else document_of(properties)
        text = document if isinstance(document, str) else json.dumps(document, indent=2)
        minified = json.dumps(json.loads(text), separators=(",", ":"))
        return Made(declared.logical_id, {"json": text, "minified_json": minified})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        return self.create(deployment, declared, properties)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Nothing was made."""


def document_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The document that arguments say, as the provider writes it."""
    document: dict[str, Any] = {"Version": properties.get("version") or "2012-10-17"}
    if properties.get("policy_id"):
        document["Id"] = properties["policy_id"]
    return {**document, "Statement": [dict(_statement(each)) for each in properties.get("statement") or ()]}


def _statement(block: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if block.get("sid"):
        yield "Sid", block["sid"]
    yield "Effect", block.get("effect") or "Allow"
    for member, argument in _LISTS.items():
        if block.get(argument):
            yield member, _one_or_list(block[argument])
    for member, argument in _PRINCIPALS.items():
        if block.get(argument):
            yield member, _principals(block[argument])
    if block.get("condition"):
        yield "Condition", _conditions(block["condition"])


def _principals(blocks: Sequence[Mapping[str, Any]]) -> Any:
    found: dict[str, list[str]] = {}
    for each in blocks:
        found.setdefault(each["type"], []).extend(each["identifiers"])
    if set(found) == {"*"} and found["*"] == ["*"]:
        return "*"
    return {kind: _one_or_list(identifiers) for kind, identifiers in found.items()}


def _conditions(blocks: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, list[str]]] = {}
    for each in blocks:
        found.setdefault(each["test"], {}).setdefault(each["variable"], []).extend(each["values"])
    return {test: {key: _one_or_list(values) for key, values in keys.items()} for test, keys in found.items()}


def _one_or_list(values: Sequence[str]) -> Any:
    ordered = sorted(values, reverse=True)
    return ordered[0] if len(ordered) == 1 else ordered
