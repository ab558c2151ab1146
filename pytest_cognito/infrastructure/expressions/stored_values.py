"""Values of SSM parameters and secrets: those that a test gives, or else those of a mock of these services."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws import other_services
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.kernel.errors import UsageError

_REFERENCE = re.compile(r"\{\{resolve:(?P<service>[a-z-]+):(?P<rest>[^{}]*)\}\}")
_SECRET = re.compile(
    r"(?P<id>arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)"
    r"(:(?P<string>SecretString)?(:(?P<key>[^:]*)(:(?P<stage>[^:]*)(:(?P<version>[^:]*))?)?)?)?"
)


class StoredValues:
    """The values of SSM parameters and secrets in a region."""

    def __init__(self, given: Given, region: str) -> None:
        self._given = given
        self._region = region

    def resolved(self, text: str) -> str:
        """A text in which the dynamic references are replaced: ``{{resolve:ssm:/notes/domain}}``."""
        return _REFERENCE.sub(self._replacement, text)

    def parameter(self, name: str, version: str | None = None) -> str:
        """The value of a parameter of SSM."""
        for known in (f"{name}:{version}", name) if version else (name,):
            if known in self._given.ssm:
                value = self._given.ssm[known]
                return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        found = self._asked("ssm", "get_parameter", Name=f"{name}:{version}" if version else name, WithDecryption=True)
        if found is None:
            raise UsageError(f"the template asks for the parameter {name} of SSM: pass ssm={{{name!r}: …}}")
        value = found["Parameter"]["Value"]
        return str(value)

    def secret(self, name: str, key: str | None = None, stage: str | None = None, version: str | None = None) -> str:
        """The text of a secret, or of one of its keys."""
        value = self._secret(name, stage, version)
        if not key:
            return value if isinstance(value, str) else json.dumps(value)
        content = _object(value)
        if content is None or key not in content:
            raise TemplateError(texts.NO_KEY_IN_SECRET.format(name=name, key=key))
        inner = content[key]
        return inner if isinstance(inner, str) else json.dumps(inner)

    def _secret(self, name: str, stage: str | None, version: str | None) -> Any:
        short = re.sub(r"-[A-Za-z0-9]{6}\Z", "", name.rpartition(":")[2])
        for known in (name, name.rpartition(":")[2], short):
            if known in self._given.secrets:
                return self._given.secrets[known]
        asked = {"VersionStage": stage, "VersionId": version}
        found = self._asked(
            "secretsmanager", "get_secret_value", SecretId=name, **{key: value for key, value in asked.items() if value}
        )
        if found is None:
            raise UsageError(f"the template asks for the secret {name}: pass secrets={{{name!r}: …}}")
        return found["SecretString"]

    def _replacement(self, found: re.Match[str]) -> str:
        service, rest = found["service"], found["rest"]
        if service in ("ssm", "ssm-secure"):
            name, _, version = rest.partition(":")
            return self.parameter(name, version or None)
        parts = _SECRET.fullmatch(rest) if service == "secretsmanager" else None
        if parts is None:
            raise TemplateError(texts.DYNAMIC_REFERENCE.format(reference=found[0]))
        return self.secret(parts["id"], parts["key"], parts["stage"], parts["version"])

    def _asked(self, service: str, operation: str, **parameters: Any) -> Mapping[str, Any] | None:
        """What a mock of the service answers; None if there is none, or if it does not know the name."""
        if not other_services.may_answer(service):
            return None
        from botocore.exceptions import ClientError

        client = other_services.client(service, self._region, as_developer=True)
        try:
            answer: Mapping[str, Any] = getattr(client, operation)(**parameters)
        except ClientError as error:
            unknown = error.response["Error"]["Code"] in ("ParameterNotFound", "ResourceNotFoundException")
            if unknown or other_services.is_unanswered(error):
                return None
            raise
        return answer


def _object(value: Any) -> Mapping[str, Any] | None:
    """The object that a secret is."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, Mapping) else None
