"""The resource policy of a REST API, and the decision about who calls it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito import iam, sts
from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import texts
from pytest_cognito.fronts.rest_api.events import wanted
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.kernel.errors import UsageError

_NAME = "the resource policy of the API"
_SHORT = "execute-api:/"
_SHOWN_DIGITS = 4


def parsed(document: Mapping[str, Any], *, api_id: str, region: str, account: str) -> iam.NamedPolicy:
    """A resource policy, in which ``execute-api:/prod/GET/notes`` stands for the ARN of this API."""
    if not isinstance(document, Mapping):
        raise UsageError(f"policy takes a dict, the resource policy of the API; not {document!r}")
    whole = copy.deepcopy(dict(document))
    statements = whole.get("Statement", [])
    prefix = arn("execute-api", region, account, f"{api_id}/")
    for statement in [statements] if isinstance(statements, dict) else statements:
        for member in ("Resource", "NotResource"):
            if member in statement:
                said = statement[member]
                texts_ = [said] if isinstance(said, str) else said
                statement[member] = [
                    each.replace(_SHORT, prefix, 1) if each.startswith(_SHORT) else each for each in texts_
                ]
    try:
        return iam.NamedPolicy(_NAME, iam.parse(whole, resource=True))
    except iam.MalformedPolicy as error:
        raise UsageError(f"policy is no resource policy of an API: {error}") from error


def admit_anyone(exchange: Exchange, stage: Stage) -> None:
    """Let a request pass that the resource policy, if there is one, allows to anybody, or raise AWS's refusal."""
    if stage.policy is not None:
        decide(exchange, stage, _anonymous(exchange))


def refuse_denied(exchange: Exchange, stage: Stage) -> None:
    """Raise AWS's refusal of a request that a statement of the resource policy denies."""
    if stage.policy is None:
        return
    decision = _decision(exchange, stage, _anonymous(exchange))
    if decision is not None and decision.explicit:
        raise texts.CALLER_DENIED(message=_message(decision))


def decide(exchange: Exchange, stage: Stage, who: sts.Authorization) -> None:
    """Let a caller pass whom the policies allow it, or raise AWS's refusal.

    In the account of the API the caller's policies or that of the API are enough, others need both; nobody, an
    anonymous caller, needs that of the API.
    """
    decision = _decision(exchange, stage, who)
    if decision is not None and not decision:
        raise texts.CALLER_DENIED(message=_message(decision))


def _decision(exchange: Exchange, stage: Stage, who: sts.Authorization) -> iam.Decision | None:
    if stage.policy is not None:
        who = replace(who, policies=replace(who.policies, resource=(stage.policy,)))
    keys = {"aws:UserAgent": exchange.request.headers.get("user-agent", ""), "aws:SecureTransport": "true"}
    return callers.decide(exchange, who, [replace(wanted(exchange, stage), keys=keys)])


def _anonymous(exchange: Exchange) -> sts.Authorization:
    with exchange.step() as context:
        return sts.authorization(context, None)


def _message(decision: iam.Decision) -> str:
    """AWS's message. Of the account in the ARN of the API it shows four digits."""
    resource, account = decision.request.resource, decision.request.resource.split(":")[4]
    hidden = resource.replace(account, "*" * (len(account) - _SHOWN_DIGITS) + account[-_SHOWN_DIGITS:], 1)
    who = decision.request.principal
    message = decision.refusal.replace(resource, hidden)
    if who.type == "Anonymous":
        return message.replace(f"User: {who.arn}", "User: anonymous", 1) + (
            f" {decision.reason.partition(': ')[0]}" if decision.explicit else ""
        )
    return f"{message} {decision.reason.partition(': ')[0]}"
