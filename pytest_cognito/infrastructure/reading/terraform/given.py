"""What a test says that a plan does not: values by their address, ``"aws_cognito_user_pool.main.name": "notes"``.

A value may refer to what is made, as Terraform's texts do: ``"${aws_cognito_user_pool.main.id}"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

_REFERENCE = re.compile(r"\$\{([^}]+)\}")


class Given:
    """The values that a test gives, by address and argument."""

    def __init__(self, values: Mapping[str, Any], known: Iterable[str], outputs: Iterable[str]) -> None:
        """Raises `UsageError` for a value whose address is none of ``known``, and that is none of the ``outputs``."""
        self._known = set(known)
        self._outputs = set(outputs)
        self._values: dict[str, Any] = {}
        for path, value in values.items():
            address = self.address_of(path)
            if address is None and path not in self._outputs:
                raise UsageError(
                    f"values={{{path!r}: …}}: there is no such resource; {suggestion(path, sorted(self._known))} "
                    "A value is given by its resource and its argument: "
                    'values={"aws_cognito_user_pool.main.name": "notes"}'
                )
            self._values[path] = self._expression(value)

    def address_of(self, path: str) -> str | None:
        """The address of the resource that a path begins with."""
        pieces = addresses.steps(path)
        for end in range(len(pieces) - 1, 1, -1):
            address = addresses.join(pieces[:end])
            if address in self._known:
                return address
        return None

    def has(self, path: str) -> bool:
        """Whether a value is given, or something in it: ``….environment[0].variables.POOL_ID``."""
        return path in self._values or any(each.startswith(f"{path}.") for each in self._values)

    def value(self, path: str) -> Any:
        """The value at a path that is given."""
        if path in self._values:
            return self._values[path]
        inside = f"{path}."
        return {each[len(inside) :]: value for each, value in self._values.items() if each.startswith(inside)}

    def overrides(self, address: str) -> Mapping[str, Any]:
        """The values that are given for a resource, by the path of the argument."""
        return {
            path[len(address) + 1 :]: value for path, value in self._values.items() if self.address_of(path) == address
        }

    def _expression(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: self._expression(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._expression(each) for each in value]
        if not isinstance(value, str):
            return value
        pieces = _REFERENCE.split(value)
        found = [self._referred(piece) if odd % 2 else piece for odd, piece in enumerate(pieces)]
        found = [each for each in found if each != ""]
        return found[0] if len(found) == 1 else {"Fn::Join": ["", found]} if found else ""

    def _referred(self, text: str) -> Any:
        address = self.address_of(text.strip())
        if address is None:
            raise UsageError(f"${{{text}}} names no resource and attribute: {suggestion(text, sorted(self._known))}")
        return {"Fn::GetAtt": [address, text.strip()[len(address) + 1 :]]}


def put(values: dict[str, Any], path: str, value: Any) -> None:
    """Set what is at a path such as ``lambda_config[0].pre_sign_up`` of the arguments of a resource."""
    *way, last = addresses.steps(path)
    target: Any = values
    for step in way:
        target = target[int(step[1:-1])] if step.startswith("[") else target.setdefault(step, {})
    if last.startswith("["):
        target[int(last[1:-1])] = value
    else:
        target[last] = value
