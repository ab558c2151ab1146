"""Temporary credentials, and what they may do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam, sts
from pytest_cognito.aws.caller import Signer
from pytest_cognito.handles import arguments
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

if TYPE_CHECKING:
    from boto3.session import Session

_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Temporary credentials that STS has issued, as an application gets them."""

    world: World = field(repr=False, compare=False)
    region: str
    access_key_id: str
    secret_access_key: str = field(repr=False, compare=False)
    session_token: str = field(repr=False, compare=False)
    expiration: dt.datetime

    @property
    def arn(self) -> str:
        """Who makes the calls that they sign: the session of a role, ``arn:aws:sts::…:assumed-role/app/session``."""
        return self._session.principal.arn

    @property
    def role_arn(self) -> str | None:
        """The role that was assumed."""
        return self._session.principal.role_arn

    @property
    def tags(self) -> dict[str, str]:
        """The session tags, which are ``aws:PrincipalTag/…`` in policies."""
        return dict(self._session.tags)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that hand them to another process, such as one with the AWS CLI."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_SESSION_TOKEN": self.session_token,
        }

    def session(self, region: str | None = None) -> Session:
        """A boto3 session as an application makes it, by default in the region where the credentials are from."""
        from boto3.session import Session  # boto3 is no dependency, and few tests need it here

        return Session(
            aws_access_key_id=self.access_key_id,
            aws_secret_access_key=self.secret_access_key,
            aws_session_token=self.session_token,
            region_name=region or self.region,
        )

    def can(self, action: str, resource: str = "*", /, **keys: Any) -> iam.Decision:
        """Whether they allow an action on a resource, by the policies of the role and of the session.

        The decision is true or false, and prints which statement decided, or why none matched. ``keys`` are condition
        keys of the request: ``can("dynamodb:GetItem", arn, **{"dynamodb:LeadingKeys": [identity.id]})``. Raises
        `AWSError` for credentials that are refused whatever they may do, such as expired ones.
        """
        _check_action(action)
        arguments.check_text("resource", resource, '"arn:aws:s3:::notes/a.txt"')
        with self.world.handle_step("can", self.region) as context:
            authorized = sts.authorization(context, Signer(self.access_key_id, self.session_token))
            general = sts.global_keys(context)
        own = {name: _values(value) for name, value in keys.items()}
        request_keys = {**_without(general, own), **_without(authorized.keys, own), **own}
        return iam.evaluate(iam.Request(authorized.principal, action, resource, request_keys), authorized.policies)

    def expired(self) -> Credentials:
        """Credentials like these that expired an hour ago."""
        now = self.world.clock.now()
        old = replace(
            self,
            access_key_id=_another(self.access_key_id),
            session_token=_another(self.session_token),
            expiration=now - _HOUR,
        )
        with self.world.handle_step("expired", self.region) as context:
            context.table(sts.SESSIONS).put(
                replace(
                    self._session,
                    access_key=old.access_key_id,
                    token=old.session_token,
                    issued=now - 2 * _HOUR,
                    expires=old.expiration,
                )
            )
        return old

    def tampered(self) -> Credentials:
        """The same credentials with another session token, which STS has not issued."""
        return replace(self, session_token=_another(self.session_token))

    @property
    def _session(self) -> sts.Session:
        found = self.world.store[sts.SESSIONS].get(self.access_key_id)
        if found is None:
            raise LookupError(f"the credentials {self.access_key_id} are no longer known to STS")
        return found


def _another(text: str) -> str:
    """A key or a token that differs in its last letter, of those that both kinds may have."""
    return f"{text[:-1]}{'A' if text[-1] != 'A' else 'B'}"


def _check_action(action: object) -> None:
    if not isinstance(action, str) or action.count(":") != 1 or "*" in action:
        raise UsageError(f'an action is that of one call, such as "s3:GetObject"; not {action!r}')


def _without(keys: iam.Keys, others: Mapping[str, Any]) -> iam.Keys:
    """Keys without those that others say, whatever the case of their names."""
    said = {name.lower() for name in others}
    return {name: value for name, value in keys.items() if name.lower() not in said}


def _values(value: Any) -> str | tuple[str, ...]:
    """The values of a condition key, as text."""
    if isinstance(value, str | bool | int | float | dt.datetime):
        return _text(value)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
        return tuple(_text(each) for each in value)
    raise UsageError(f"the value of a condition key is a text, a number, True, False, a time or a list; not {value!r}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)
