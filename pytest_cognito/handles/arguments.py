"""What the handles take: values that can't be meant are refused, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from pytest_cognito.aws.model import Shape, service_model
from pytest_cognito.cognito_idp import UserPool
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion


def check_text(name: str, value: object, example: str) -> None:
    """Refuse what is no string, or an empty one."""
    if not isinstance(value, str) or not value:
        raise UsageError(f"{name} is a string, such as {example}; not {value!r}")


def check_texts(name: str, values: object) -> None:
    """Refuse what is no list of strings. A single string would be taken for a list of its letters."""
    if isinstance(values, str):
        raise UsageError(f'{name} takes a list: write {name}=["{values}"], not {name}="{values}"')
    if not isinstance(values, list | tuple | set | frozenset) or not all(isinstance(value, str) for value in values):
        raise UsageError(f"{name} takes a list of strings, not {values!r}")


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def check_mapping(name: str, value: object, example: str) -> None:
    """Refuse what is no dict with strings as keys."""
    if value is not None and not is_mapping(value):
        raise UsageError(f"{name} takes a dict, such as {name}={example}; not {value!r}")


def check_client(client: object) -> None:
    """Refuse what is no app client, such as the id of one."""
    if not isinstance(client, AppClient):
        raise UsageError(f"client takes an app client: one of pool.clients, or pool.create_client(…); not {client!r}")


def check_device(device: object) -> None:
    """Refuse what is no device, such as the key of one."""
    if device is None:
        return
    from pytest_cognito.handles.device import Device

    if not isinstance(device, Device):
        raise UsageError(f"device takes what alice.remember_device() gives, not {device!r}")


def check_passkey(passkey: object) -> None:
    """Refuse what is no passkey, such as its name."""
    from pytest_cognito.handles.passkey import Passkey

    if not isinstance(passkey, Passkey):
        raise UsageError(f"passkey takes what cognito.passkey() gives, not {passkey!r}")


def check_user(user: object) -> None:
    """Refuse what is no user."""
    from pytest_cognito.handles.user import User

    if not isinstance(user, User):
        raise UsageError(f"user takes a user, such as cognito_user, or what they sign in with; not {user!r}")


def check_function(trigger: str, function: object) -> None:
    """Refuse what can't be called as the function of a trigger."""
    if not callable(function):
        raise UsageError(
            f"the function of {trigger} takes event and context: def function(event, context); not {function!r}"
        )


def check_arn(arn: object) -> None:
    """Refuse what is not the ARN of a function, such as the name of a trigger."""
    if not isinstance(arn, str) or not arn.startswith("arn:"):
        raise UsageError(
            f"a function is registered for its ARN, such as 'arn:aws:lambda:us-east-1:123456789012:function:name', not "
            f'{arn!r}; for a trigger of a pool, by its name, write @pool.on("PreSignUp")'
        )


def check_status(status: object) -> None:
    """Refuse what is no ``UserStatus``."""
    shape: Shape = service_model("cognito-idp").shape_for("UserStatusType")
    known: list[str] = shape.enum
    if status not in known:
        raise UsageError(f"status is a UserStatus, and none is {status!r}: {suggestion(str(status), known)}")


def check_attributes(pool: UserPool, attributes: Mapping[str, Any], parameters: Iterable[str] = ()) -> None:
    """Refuse attributes that the pool doesn't have, and values that are no strings.

    ``parameters`` are what the caller takes beside attributes; an unknown name may have been meant for one.
    """
    for name, value in attributes.items():
        if name not in pool.schema_by_name:
            raise UsageError(f"the pool {pool.id} has no attribute {name!r}: {_near(pool, name, parameters)}")
        if not isinstance(value, str):
            raise UsageError(f"values of attributes are strings: write {name}={_as_text(value)}, not {value!r}")


def _near(pool: UserPool, name: str, parameters: Iterable[str]) -> str:
    if f"custom:{name}" in pool.schema_by_name:
        return f'write attributes={{"custom:{name}": …}}'
    return suggestion(name, [*parameters, *pool.schema_by_name])


def _as_text(value: object) -> str:
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'
