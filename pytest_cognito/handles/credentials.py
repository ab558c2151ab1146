"""Temporary credentials, and what they may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam, sts
from pytest_cognito.aws.caller import Signer
from pytest_cognito.handles import decisions
from pytest_cognito.world import World

if TYPE_CHECKING:
    from boto3.session import Session

_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Temporary credentials that STS has issued, as an application gets them."""

    world: World = field(compare=False)
    region: str
    access_key_id: str
    secret_access_key: str = field(compare=False)
    session_token: str = field(compare=False)
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

        The policy of a bucket that moto has is asked, too.

        The decision is true or false, and prints which statement decided, or why none matched. ``keys`` are condition
        keys of the request: ``can("dynamodb:GetItem", arn, **{"dynamodb:LeadingKeys": [identity.id]})``. Raises
        `AWSError` for credentials that are refused whatever they may do, such as expired ones, or those from before a
        reset.
        """
        signer = Signer(self.access_key_id, self.session_token)
        return decisions.decide(self.world, self.region, signer, action, resource, keys)

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

    def __repr__(self) -> str:
        return f"<Credentials {self.access_key_id}>"

    @property
    def _session(self) -> sts.Session:
        found = self.world.store[sts.SESSIONS].get(self.access_key_id)
        if found is None:
            raise LookupError(f"the credentials {self.access_key_id} are no longer known to STS")
        return found


def _another(text: str) -> str:
    """A key or a token that differs in its last letter, of those that both kinds may have."""
    return f"{text[:-1]}{'A' if text[-1] != 'A' else 'B'}"
