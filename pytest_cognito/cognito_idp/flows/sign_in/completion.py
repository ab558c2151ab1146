"""The completion of a sign-in after all factors were proven.

The caller then issues tokens, by `issue_tokens`, or an OAuth 2.0 authorization code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import devices
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.flows.users import lockout
from pytest_cognito.cognito_idp.records import Device, User
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.rules.users import standing
from pytest_cognito.cognito_idp.triggers import engine, events


class SignInDevice(NamedTuple):
    """The device of a sign-in. ``is_new`` says that the sign-in has made it, ``is_bound`` that the tokens name it."""

    device: Device
    is_new: bool
    is_bound: bool

    def metadata(self) -> dict[str, str] | None:
        """``NewDeviceMetadata``, if the device is new."""
        device = self.device
        return {"DeviceKey": device.key, "DeviceGroupKey": device.group_key} if self.is_new else None


class Completed(NamedTuple):
    """A completed sign-in. ``source`` and ``metadata`` are the source and the ClientMetadata for PreTokenGeneration.

    ``by`` is the device of the sign-in, if the pool tracks devices. ``event_id`` is the id of the
    authentication event, if threat protection watches the sign-in.
    """

    user: User
    source: str
    metadata: Mapping[str, str]
    by: SignInDevice | None = None
    event_id: str | None = None


def complete(attempt: Attempt, source: str) -> Completed:
    """Run PostAuthentication and reset the count of failed sign-ins.

    Whether the user may sign in is looked at before and after it: any function that ran may have disabled them.
    """
    if attempt.found is None:
        raise errors.INCORRECT()
    standing.check(attempt.user)
    by = _device(attempt) if attempt.tracks_device else None
    metadata = attempt.answer_metadata
    response = engine.run(
        attempt.context,
        attempt.pool,
        "PostAuthentication",
        "Authentication",
        username=attempt.user.username,
        client_id=attempt.client.id,
        request=events.post_authentication(attempt.user, metadata, new_device=by is not None and by.is_new),
    )
    if response is not None:
        attempt.read_again()
        standing.check(attempt.user)
    lockout.reset(attempt.context, attempt.user)
    return Completed(attempt.user, source, metadata, by, attempt.event_id)


def _device(attempt: Attempt) -> SignInDevice:
    """The device that the client has named, or else a new one.

    The tokens are not bound to it if the request that gets them names the user by an alias.
    """
    is_bound = attempt.pool.fold(attempt.parameters.get("USERNAME", attempt.user.username)) == attempt.user.key
    known, ip = attempt.named_device(), attempt.circumstances.ip
    if known is None:
        return SignInDevice(devices.add(attempt.context, attempt.pool, attempt.user, ip), True, is_bound)
    return SignInDevice(devices.note_sign_in(attempt.context, known, ip), False, is_bound)


def issue_tokens(attempt: Attempt, completed: Completed) -> issuing.Tokens:
    """Issue the tokens of a completed sign-in, unless PreTokenGeneration has disabled or deleted the user."""
    by = completed.by
    grant = issuing.new_grant(
        attempt.context,
        attempt.pool,
        attempt.client,
        completed.user,
        methods=attempt.methods,
        acr=reached_acr(attempt),
        device=by.device.key if by else None,
        binds_device=by is not None and by.is_bound,
        event_id=completed.event_id,
    )
    issuance = Issuance(attempt.pool, attempt.client, completed.user, grant, completed.source, completed.metadata)
    issued = issuing.issue(attempt.context, issuance)
    attempt.read_again()
    standing.check(attempt.user)
    user_sessions.begin(attempt.context, attempt.pool, attempt.client, grant)
    return issued if by is None else issued._replace(new_device=by.metadata())


def reached_acr(attempt: Attempt) -> str | None:
    """The claim ``acr`` of the tokens: the name of the level that was reached, if one was requested."""
    if attempt.step_up is None:
        return None
    return acr.name_of(attempt.pool.settings["AcrConfiguration"], acr.level_of(attempt.methods))
