"""Point-in-time recovery: what users, their identities, groups, memberships and passkeys were, and bringing it back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import (
    GROUPS,
    IDENTITIES,
    MEMBERSHIPS,
    NO_MFA,
    PASSKEYS,
    POOLS,
    RECOVERIES,
    USERS,
    VERSIONS,
    WRITE_PAUSES,
    EntityCounts,
    Passkey,
    Recovery,
    User,
    UserPool,
    WritePause,
)
from pytest_cognito.state.schema import Schema, Version, Versions, history_key
from pytest_cognito.world import Context

RECOVERED: tuple[Schema[Any], ...] = (USERS, IDENTITIES, GROUPS, MEMBERSHIPS, PASSKEYS)
"""The tables that are brought back, owners first. Each has `VERSIONS` as its history and `WRITE_LOCK` as its lock."""
_CREATED, _UPDATED, _DELETED = "created", "updated", "deleted"
_ACTIVE = ("PREVIEW_GENERATING", "PREVIEW_GENERATED", "RESTORING")


class Difference(NamedTuple):
    """A record that is not what it is to be again; ``None``: there is none, or there is to be none."""

    schema: Schema[Any]
    key: Hashable
    now: Any
    then: Any


def active(context: Context, pool: UserPool) -> Recovery | None:
    """The recovery of a pool that is in progress, if there is one."""
    now = context.now()
    recoveries = context.table(RECOVERIES).owned(POOLS, pool.id)
    return next((recovery for recovery in recoveries if recovery.status_at(now) in _ACTIVE), None)


def check_none_active(context: Context, pool: UserPool) -> None:
    """Raise if a recovery of a pool is in progress."""
    if active(context, pool) is not None:
        raise errors.RECOVERY_ACTIVE()


def pause_writes(context: Context, pool: UserPool, until: dt.datetime) -> None:
    """Refuse changes of what is recovered until a time, or until `resume_writes`."""
    context.table(WRITE_PAUSES).put(WritePause(pool.id, until))


def resume_writes(context: Context, pool: UserPool) -> None:
    """Allow changes again."""
    context.table(WRITE_PAUSES).delete(pool.id)


def are_writes_paused(context: Context, pool: UserPool) -> bool:
    """Whether changes of what is recovered are refused now."""
    pause = context.table(WRITE_PAUSES).get(pool.id)
    return pause is not None and context.now() < pause.until


def differences(context: Context, pool: UserPool, moment: dt.datetime) -> list[Difference]:
    """What is to be changed so that a pool is as it was at a moment."""
    return [found for schema in RECOVERED for found in _differences(context, pool, schema, moment)]


def restore(context: Context, found: list[Difference]) -> None:
    """Make the changes. What was created since is deleted first, with all that belongs to it: it may hold aliases."""
    for schema, key, now, then in found:
        if then is None or not _is_same(schema, now, then):
            context.table(schema).delete(key)
    for schema, key, now, then in found:
        if then is not None:
            context.table(schema).put(then)
            if now is None:
                _keep_absence(context, schema, key)


def preview(found: list[Difference]) -> tuple[tuple[str, EntityCounts], ...]:
    """How many entities of each type the changes create, update and delete.

    Identities are not an entity: they are in an attribute of their users, who change with them.
    """
    kinds: dict[str, dict[Hashable, str]] = {"Users": {}, "Groups": {}, "User MFAs": {}, "Passkeys": {}}
    for schema, key, now, then in found:
        if schema is USERS:
            _note(kinds["Users"], key, _bare(now), _bare(then))
            _note(kinds["User MFAs"], key, _mfa(now), _mfa(then))
        elif schema is GROUPS:
            _note(kinds["Groups"], key, now, then)
        elif schema is PASSKEYS:
            _note(kinds["Passkeys"], key, now, then)
        elif schema is MEMBERSHIPS:
            member = now or then
            kinds["Groups"].setdefault((member.pool_id, member.group.lower()), _UPDATED)
    return tuple((entity, EntityCounts(**Counter(each.values()))) for entity, each in kinds.items())


def _note(kinds: dict[Hashable, str], key: Hashable, now: Any, then: Any) -> None:
    if now != then:
        kinds[key] = _CREATED if now is None else _DELETED if then is None else _UPDATED


def _bare(user: User | None) -> User | None:
    """A user without their MFA settings, which are an entity of their own."""
    return None if user is None else replace(user, mfa=NO_MFA)


def _mfa(user: User | None) -> Any:
    """The MFA settings of a user, if there are any; the codes that were used are none."""
    settings = None if user is None else replace(user.mfa, used=())
    return None if settings == NO_MFA else settings


def _differences(context: Context, pool: UserPool, schema: Schema[Any], moment: dt.datetime) -> Iterator[Difference]:
    current = {schema.key(record): record for record in context.table(schema) if record.pool_id == pool.id}
    kept = {each.key: each for each in context.table(VERSIONS).owned(POOLS, pool.id) if each.table == schema.name}
    for key in {**current, **kept}:
        now = current.get(key)
        then = _merged(now, _at(schema.created, now, kept.get(key), moment))
        if now != then:
            yield Difference(schema, key, now, then)


def _at(created: Callable[[Any], dt.datetime] | None, now: Any, versions: Versions | None, moment: dt.datetime) -> Any:
    """What a record was at a moment."""
    version = None if versions is None else versions.before(moment)
    record = now if version is None else version.record
    return None if record is None or created is None or created(record) > moment else record


def _merged(now: Any, then: Any) -> Any:
    """What a record is to be again: a user who has another password by now keeps it, and what was used stays used."""
    if isinstance(now, Passkey) and isinstance(then, Passkey):
        return replace(then, sign_count=now.sign_count)
    if not isinstance(now, User) or not isinstance(then, User) or now.sub != then.sub:
        return then
    then = replace(then, mfa=replace(then.mfa, used=now.mfa.used))
    if (now.password, now.password_hash) == (then.password, then.password_hash):
        return then
    return replace(
        then,
        status=now.status,
        password=now.password,
        password_hash=now.password_hash,
        password_set=now.password_set,
        old_passwords=now.old_passwords,
        old_hash=now.old_hash,
    )


def _is_same(schema: Schema[Any], now: Any, then: Any) -> bool:
    """Whether there was one record all the time, and not another one by the same name."""
    return schema.created is None or now is None or schema.created(now) == schema.created(then)


def _keep_absence(context: Context, schema: Schema[Any], key: Hashable) -> None:
    """Keep that there was no such record until now, although it says that it was created long ago."""
    versions = Versions(schema.name, key, ())
    kept = context.table(VERSIONS).get(history_key(versions)) or versions
    absent = Version(context.now(), None)
    context.table(VERSIONS).put(replace(kept, versions=(*kept.versions, absent)))
