"""What explains errors about a user: who there is, and how this user stands."""

from __future__ import annotations

from collections.abc import Iterator

from ..cognito_idp.flows.limits import PER_HOUR
from ..cognito_idp.records import User
from ..cognito_idp.tables import ATTEMPTS, LOCKOUTS, POOLS, USERS
from ..kernel.calls import Call
from .scene import Scene, some
from .values import plain

_GIVES_PASSWORD = ("SignUp", "AdminCreateUser", "AdminSetUserPassword", "ConfirmForgotPassword", "ChangePassword")
_ANSWERS = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")


def state(scene: Scene) -> Iterator[str]:
    """How the user stands."""
    user = scene.user
    if user is None:
        yield from users_there(scene)
        return
    facts = [user.status, "enabled" if user.enabled else "disabled", _password(scene, user)]
    if _by_another_name(scene, user):
        facts.insert(0, f"found by {plain(scene.username or '')}")
    yield f"{plain(user.username)}: {', '.join(facts)}"
    yield from lockout(scene)


def state_or_absence(scene: Scene) -> Iterator[str]:
    """How the user stands, where the answer is made to hide whether there is one."""
    if scene.user is None and scene.client is not None and scene.client.hides_existence:
        yield "there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"
    yield from state(scene)


def lockout(scene: Scene) -> Iterator[str]:
    """The failed sign-ins in a row, and until when the user is locked."""
    user = scene.user
    found = scene.table(LOCKOUTS).get((user.pool_id, user.key)) if user else None
    if user is None or found is None:
        return
    times = f"{found.failures} failed sign-in{'s' if found.failures > 1 else ''} in a row"
    if found.until > scene.now:
        yield f"{plain(user.username)}: locked, {scene.until(found.until).replace('good ', '')}; {times}"
    elif found.failures > 1:
        yield f"{plain(user.username)}: {times}"


def users_there(scene: Scene) -> Iterator[str]:
    """The users that the pool does have, and where else somebody has that name."""
    pool = scene.pool
    if pool is None:
        yield "the call names no pool that exists"
        return
    users = scene.table(USERS)
    names = some(plain(user.username) for user in users if user.pool_id == pool.id)
    yield f"users of {pool.id}: {names}" if names else f"{pool.id} has no users"
    name = scene.username
    if name is None:
        return
    if any(users.get((pool.id, other)) for other in (name.lower(), name.upper(), name.capitalize())):
        yield "names of this pool differ by case (UsernameConfiguration.CaseSensitive)"
    for other_pool in scene.table(POOLS):
        if other_pool.id != pool.id and users.get((other_pool.id, other_pool.fold(name))):
            yield f"{plain(name)} is a user of {other_pool.id}"


def holder_of_alias(scene: Scene) -> Iterator[str]:
    """Who has the address or the number already."""
    given = scene.call.parameters.get("UserAttributes")
    values = [each.get("Value") for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    for value in (scene.username, *values):
        holder = scene.find(value) if isinstance(value, str) else None
        if holder is not None:
            yield f"{plain(str(value))} is of {plain(holder.username)}: {holder.status}"


def temporary_password(scene: Scene) -> Iterator[str]:
    """How long temporary passwords of the pool are good."""
    user, pool = scene.user, scene.pool
    if user is None or pool is None or user.password_set is None:
        return
    until = user.password_set + pool.temporary_password_validity
    yield f"the temporary password {scene.until(until)}"


def attempts(scene: Scene) -> Iterator[str]:
    """How often the user did what is limited, and when it is possible again."""
    user = scene.user
    if user is None:
        return
    for what, most in PER_HOUR.items():
        found = scene.table(ATTEMPTS).get((user.pool_id, user.key, what))
        if found is not None and len(found.moments) >= most:
            first = f"{found.moments[0]:%H:%M:%S}"
            yield f"{plain(user.username)}: {what} {len(found.moments)} times within an hour, first at {first}"


def recovery(scene: Scene) -> Iterator[str]:
    """The addresses that the user has."""
    user = scene.user
    if user is None:
        return
    for name in ("email", "phone_number"):
        value = user.attributes.get(name)
        verified = "verified" if user.verified(name) else "not verified"
        yield f"{plain(user.username)}: {f'{name} {plain(value)}, {verified}' if value else f'no {name}'}"


def _password(scene: Scene, user: User) -> str:
    """Where the user's password comes from."""
    if user.password is None:
        return "no password"
    by = next((call.operation for call in reversed(list(scene.world.calls)) if _gave_password(scene, user, call)), None)
    return f"password set by {by}" if by else "password as arranged"


def _gave_password(scene: Scene, user: User, call: Call) -> bool:
    if call.result is None:
        return False
    earlier = Scene(scene.world, call)
    answered = call.operation in _ANSWERS and earlier.proof("NEW_PASSWORD") is not None
    if not answered and call.operation not in _GIVES_PASSWORD:
        return False
    return earlier.user is not None and earlier.user.key == user.key and earlier.user.pool_id == user.pool_id


def _by_another_name(scene: Scene, user: User) -> bool:
    return scene.pool is not None and scene.username is not None and scene.pool.fold(scene.username) != user.key
