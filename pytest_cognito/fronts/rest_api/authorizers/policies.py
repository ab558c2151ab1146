"""What a Lambda authorizer returns: a policy, and what is told of the caller."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito import iam
from pytest_cognito.fronts.api_gateway import authorizer_policies
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import texts
from pytest_cognito.fronts.rest_api.events import wanted
from pytest_cognito.fronts.rest_api.stages import Stage


class Malformed(Exception):
    """A result of a Lambda authorizer that API Gateway can't use."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The result of a Lambda authorizer: its policy, and what the backend is told."""

    principal_id: str
    policy: iam.Policy
    context: Mapping[str, str]
    usage_key: str | None

    @classmethod
    def of(cls, result: Any) -> Granted:
        """The result, if it is one. Raises `Malformed`."""
        if not isinstance(result, dict):
            raise Malformed("the result is no object")
        principal = result.get("principalId")
        if not isinstance(principal, str) or not principal:
            raise Malformed("principalId is no text")
        document = result.get("policyDocument")
        if not isinstance(document, dict):
            raise Malformed("policyDocument is no object")
        try:
            policy = iam.parse(document)
        except iam.MalformedPolicy as error:
            raise Malformed(f"policyDocument is no policy: {error}") from error
        key = result.get("usageIdentifierKey")
        if key is not None and not isinstance(key, str):
            raise Malformed("usageIdentifierKey is no text")
        return cls(principal, policy, _context(result.get("context") or {}), key)

    def decide(self, exchange: Exchange, stage: Stage) -> None:
        """Let a request pass that the policy, or that of the API, allows, or raise AWS's refusal."""
        of_api = (stage.policy,) if stage.policy is not None else ()
        decision = authorizer_policies.decide(exchange, self.policy, self.principal_id, wanted(exchange, stage), of_api)
        if not decision:
            raise texts.DENIED_EXPLICITLY() if decision.explicit else texts.DENIED_IMPLICITLY()


def _context(context: Any) -> dict[str, str]:
    """The context as the backend gets it: text. Lists and objects are not taken."""
    if not isinstance(context, dict):
        raise Malformed("context is no object")
    for name, value in context.items():
        if isinstance(value, list | dict):
            raise Malformed(f"context has a list or an object, {name}, and takes text, numbers and truth values")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in context.items()
        if value is not None
    }
