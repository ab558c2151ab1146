"""The floor: the same call of boto3, answered by a do-nothing ``before-call`` handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import boto3

REGION = "us-east-1"


class _Http:
    status_code = 200


def plain_client(service: Any = "cognito-idp", **options: Any) -> Any:
    """A client for user pools, or of another service, on a session of its own."""
    keys: dict[str, Any] = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.Session().client(service, region_name=REGION, **keys, **options)


def client(
    answers: Mapping[str, Mapping[str, Any]], work: Callable[[], object] = lambda: None, service: str = "cognito-idp"
) -> Any:
    """A client like that, whose operations are answered with what was made beforehand, once ``work`` is done."""
    made = plain_client(service)
    http = _Http()

    def answer(model: Any, **_: Any) -> tuple[_Http, Mapping[str, Any]]:
        work()
        return http, answers[model.name]

    made.meta.events.register(f"before-call.{made.meta.service_model.service_id.hyphenize()}", answer)
    return made
