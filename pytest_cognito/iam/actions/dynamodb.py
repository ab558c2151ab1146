"""Condition keys of DynamoDB, which say what part of a table a call is about: which items, which attributes."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pytest_cognito.iam.actions import expressions
from pytest_cognito.iam.actions.lookups import Lookups
from pytest_cognito.iam.policies.requests import Keys

_READS: Final = ("BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems")
_TRANSACTIONS: Final = ("TransactGetItems", "TransactWriteItems")
_ITEMS: Final = (*_READS, *_TRANSACTIONS, "BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem")
_EXPRESSIONS: Final = (
    "ConditionExpression",
    "FilterExpression",
    "KeyConditionExpression",
    "ProjectionExpression",
    "UpdateExpression",
)
_ATTRIBUTE_MAPS: Final = ("AttributeUpdates", "Expected", "Item", "Key", "KeyConditions", "QueryFilter", "ScanFilter")
_GIVEN: Final = ("ReturnConsumedCapacity", "ReturnValues")


def keys(operation: str, action: str, parameters: Mapping[str, Any], lookups: Lookups) -> Keys:
    """The keys of an operation on items.

    ``dynamodb:LeadingKeys`` are the partition keys of the items: Scan has none. ``dynamodb:Attributes`` are the names
    of top-level attributes in the request, those of keys included. ``dynamodb:Select`` is Select, or what it is by
    default, for the operations that read.
    """
    if operation not in _ITEMS:
        return {}
    requests = list(_requests(operation, action, parameters))
    found: dict[str, str | tuple[str, ...]] = {
        f"dynamodb:{name}": str(parameters[name]) for name in _GIVEN if name in parameters
    }
    if operation in _TRANSACTIONS:
        found["dynamodb:EnclosingOperation"] = operation
    if operation in _READS:
        found["dynamodb:Select"] = _select(requests)
    for key, values in (
        ("dynamodb:LeadingKeys", (value for request in requests for value in _leading_keys(request, lookups))),
        ("dynamodb:Attributes", (name for request in requests for name in _attributes(request))),
    ):
        given = tuple(dict.fromkeys(values))
        if given:
            found[key] = given
    return found


def _requests(operation: str, action: str, parameters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The single requests, in the shape that they have alone, of a call or of an entry of it."""
    if operation == "BatchGetItem":
        of_table = parameters["value"]
        for key in of_table["Keys"]:
            yield {**of_table, "TableName": parameters["key"], "Key": key}
    elif operation == "BatchWriteItem":
        for entry in parameters["value"]:
            yield {"TableName": parameters["key"], **next(iter(entry.values()))}
    elif operation in _TRANSACTIONS:
        member = {"GetItem": "Get", "ConditionCheckItem": "ConditionCheck"}.get(action.partition(":")[2])
        yield parameters[member or action.partition(":")[2].removesuffix("Item")]
    else:
        yield parameters


def _leading_keys(request: Mapping[str, Any], lookups: Lookups) -> Iterable[str]:
    if "Key" in request or "Item" in request:
        candidates: Mapping[str, Any] = request.get("Key") or request.get("Item") or {}
    elif "KeyConditions" in request:
        conditions = request["KeyConditions"].items()
        candidates = {
            name: value
            for name, one in conditions
            if one["ComparisonOperator"] == "EQ"
            for value in one.get("AttributeValueList", ())
        }
    elif "KeyConditionExpression" in request:
        candidates = expressions.equalities(request["KeyConditionExpression"], *_substitutes(request))
    else:
        return ()
    # An item, or a key of two attributes, does not tell which of them is the partition key.
    name: str | None = next(iter(candidates), None)
    if len(candidates) > 1 or "Item" in request:
        name = lookups.partition_key(request["TableName"], request.get("IndexName"))
    return [_text(candidates[name])] if name is not None and name in candidates else ()


def _attributes(request: Mapping[str, Any]) -> Iterator[str]:
    names, _ = _substitutes(request)
    for member in _ATTRIBUTE_MAPS:
        yield from request.get(member, ())
    yield from request.get("AttributesToGet", ())
    for member in _EXPRESSIONS:
        if member in request:
            yield from expressions.attributes(request[member], names)


def _substitutes(request: Mapping[str, Any]) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    return request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {})


def _select(requests: list[Mapping[str, Any]]) -> str:
    """What of the items is returned. It counts as all attributes as soon as one request asks for all."""
    chosen = [
        request.get("Select")
        or (
            "SPECIFIC_ATTRIBUTES"
            if request.get("ProjectionExpression") or request.get("AttributesToGet")
            else "ALL_PROJECTED_ATTRIBUTES"
            if request.get("IndexName")
            else "ALL_ATTRIBUTES"
        )
        for request in requests
    ]
    return next((one for one in chosen if one.startswith("ALL")), chosen[0] if chosen else "ALL_ATTRIBUTES")


def _text(value: Mapping[str, Any]) -> str:
    """An attribute's value, ``{"S": "alice"}``, as a condition key has it. Bytes are in base64."""
    content = next(iter(value.values()))
    if isinstance(content, (bytes, bytearray)):
        return base64.b64encode(content).decode("ascii")
    return str(content)
