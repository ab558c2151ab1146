"""The ids of what AWS has already made, as they stand in a state: replaced wherever a text has them.

A deployment makes new ids, unless the old ones are kept; the account's id in ARNs is another one in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito.infrastructure.reading.terraform.document import Instance

_TELLING = {
    **{f"aws_{kind}": ("arn", "dns_name") for kind in ("alb", "lb")},
    **{f"aws_{kind}_listener": ("arn",) for kind in ("alb", "lb")},
    **{f"aws_{kind}_target_group": ("arn",) for kind in ("alb", "lb")},
    "aws_appsync_api_key": ("key",),
    "aws_appsync_function": ("function_id",),
    "aws_appsync_graphql_api": ("arn", "id"),
    "aws_api_gateway_authorizer": ("id",),
    "aws_api_gateway_deployment": ("id",),
    "aws_api_gateway_resource": ("id",),
    "aws_api_gateway_rest_api": ("execution_arn", "id", "root_resource_id"),
    "aws_apigatewayv2_api": ("api_endpoint", "execution_arn", "id"),
    "aws_apigatewayv2_authorizer": ("id",),
    "aws_apigatewayv2_deployment": ("id",),
    "aws_apigatewayv2_integration": ("id",),
    "aws_cognito_user_pool": ("arn", "id"),
    "aws_cognito_user_pool_client": ("id", "client_secret"),
    "aws_cognito_managed_user_pool_client": ("id", "client_secret"),
    "aws_cognito_identity_pool": ("arn", "id"),
    "aws_cognito_user": ("sub",),
    "aws_cognito_managed_login_branding": ("managed_login_branding_id",),
    "aws_iam_policy": ("arn",),
    "aws_iam_role": ("arn", "unique_id"),
    "aws_lambda_function": ("invoke_arn", "qualified_arn", "arn"),
    "aws_lambda_alias": ("invoke_arn", "arn"),
    "aws_lambda_layer_version": ("arn", "layer_arn"),
}
"""The attributes by which a resource is found in texts: no others have them by chance."""
_PINS = {
    "aws_cognito_user_pool": {"pool": "id"},
    "aws_cognito_user_pool_client": {"client": "id", "secret": "client_secret"},
    "aws_cognito_identity_pool": {"identity_pool": "id"},
    "aws_cognito_user": {"sub": "sub"},
}


_OF_AWS = frozenset(
    (
        *("arn", "create_date", "creation_date", "endpoint", "estimated_number_of_users", "id", "last_modified"),
        *("last_modified_date", "sub", "unique_id"),
    )
)
"""What only AWS says of a resource. It is no argument, and differs from one resource to the next."""


def arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an instance without what only AWS says."""
    return {name: value for name, value in values.items() if name not in _OF_AWS}


def pins(instance: Instance) -> dict[str, str]:
    """The ids that AWS gave to an instance, as they are pinned in a mock."""
    names = _PINS.get(instance.type, {})
    return {pin: instance.values[name] for pin, name in names.items() if instance.values.get(name)}


class KnownIds:
    """The ids of instances that AWS has made, and what they are attributes of."""

    def __init__(self, instances: Iterable[Instance]) -> None:
        self._owners: dict[str, tuple[str, str]] = {}
        for each in instances:
            for name in _TELLING.get(each.type, ()):
                value = each.values.get(name)
                if isinstance(value, str) and value:
                    self._owners.setdefault(value, (each.address, name))
        texts = sorted(self._owners, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, texts))) if texts else None

    def referring(self, value: Any, address: str | None = None) -> Any:
        """A value with expressions instead of the ids of others: those of ``address`` are its own, and stay."""
        if self._pattern is None:
            return value
        if isinstance(value, Mapping):
            return {key: self.referring(each, address) for key, each in value.items()}
        if isinstance(value, list):
            return [self.referring(each, address) for each in value]
        return self._text(value, address) if isinstance(value, str) else value

    def _text(self, text: str, address: str | None) -> Any:
        assert self._pattern is not None
        pieces: list[Any] = []
        end = 0
        for found in self._pattern.finditer(text):
            owner, name = self._owners[found.group()]
            if owner == address:
                continue
            pieces += [text[end : found.start()], {"Fn::GetAtt": [owner, name]}]
            end = found.end()
        pieces = [each for each in [*pieces, text[end:]] if each != ""]
        return pieces[0] if len(pieces) == 1 else {"Fn::Join": ["", pieces]} if pieces else text
