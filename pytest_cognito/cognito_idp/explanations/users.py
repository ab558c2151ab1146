"""Explanations of errors about users."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.flows.factors import first_factors as factors_of_users
from pytest_cognito.cognito_idp.flows.users.limits import PER_HOUR
from pytest_cognito.cognito_idp.records import HOUR, LOCKOUT_RESET, LOCKOUTS, POOLS, RECENT_CALLS, USERS, User
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.kernel.text import first_few, plain

_CREATES = ("SignUp", "AdminCreateUser")
_DELETES = ("DeleteUser", "AdminDeleteUser")
_SETS_PASSWORD = ("AdminSetUserPassword", "ConfirmForgotPassword", "ChangePassword")
_ANSWERS_CHALLENGE = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")
_ALIASES = ("email", "phone_number", "preferred_username")


def state(details: CallDetails) -> Iterator[str]:
    """The status of the user: confirmation, enabled or disabled, password, lockout."""
    user = details.user
    if user is None:
        yield from existing_users(details)
        return
    parts = [user.status, "enabled" if user.enabled else "disabled", _password(details, user)]
    if _by_another_name(details, user):
        parts.insert(0, f"found by {plain(details.username or '')}")
    yield f"{plain(user.username)}: {', '.join(parts)}"
    yield from lockout(details)


def state_or_absence(details: CallDetails) -> Iterator[str]:
    """The status of the user, or that they do not exist if PreventUserExistenceErrors hides that."""
    yield from hidden_absence(details)
    yield from state(details)


def hidden_absence(details: CallDetails) -> Iterator[str]:
    """That the user does not exist, if PreventUserExistenceErrors hides that."""
    if details.user is None and details.client is not None and details.client.hides_existence:
        yield "there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"


def first_factors(details: CallDetails) -> Iterator[str]:
    """What the user can sign in with by choice, and what the pool allows."""
    user, pool = details.user, details.pool
    if user is not None and pool is not None:
        can = ", ".join(factors_of_users.available(details.context, pool, user)) or "nothing"
        yield f"{plain(user.username)} can sign in with {can}; the pool allows {', '.join(pool.first_factors)}"


def taken_name(details: CallDetails) -> Iterator[str]:
    """The status of the user with this user name, or who has an attribute of the request as an alias."""
    yield from state(details) if details.user is not None else holder_of_alias(details)


def lockout(details: CallDetails) -> Iterator[str]:
    """The number of consecutive failed sign-ins, and the end of the lockout."""
    user = details.user
    found = details.table(LOCKOUTS).get((user.pool_id, user.key, details.call.region)) if user else None
    if user is None or found is None or details.now - found.last >= LOCKOUT_RESET:
        return
    times = f"{found.failures} failed sign-in{'s' if found.failures > 1 else ''} in a row"
    if found.until > details.now:
        yield f"{plain(user.username)}: locked, {details.until(found.until).replace('good ', '')}; {times}"
    elif found.failures > 1:
        yield f"{plain(user.username)}: {times}"


def existing_users(details: CallDetails) -> Iterator[str]:
    """The existing users of the pool, and other pools with a user of the same name."""
    pool = details.pool
    if pool is None:
        yield "the call names no pool that exists"
        return
    users = details.table(USERS)
    names = first_few(plain(user.username) for user in users if user.pool_id == pool.id)
    yield f"users of {pool.id}: {names}" if names else f"{pool.id} has no users"
    name = details.username
    if name is None:
        return
    others = {name.lower(), name.upper(), name.capitalize()} - {name}
    if pool.case_sensitive and any(users.get((pool.id, other)) for other in others):
        yield "names of this pool differ by case (UsernameConfiguration.CaseSensitive)"
    for other_pool in details.table(POOLS):
        if other_pool.id != pool.id and users.get((other_pool.id, other_pool.fold(name))):
            yield f"{plain(name)} is a user of {other_pool.id}"


def holder_of_alias(details: CallDetails) -> Iterator[str]:
    """The users who are found by the user name or an attribute value of the request, or by one of its user's."""
    attributes = details.call.parameters.get("UserAttributes")
    pairs = attributes if isinstance(attributes, list) else []
    values = [details.username, *(pair.get("Value") for pair in pairs if isinstance(pair, dict))]
    own = None if details.call.operation in _CREATES else details.user
    if own is not None:
        values += [own.attributes.get(name) for name in _ALIASES]
    for value in dict.fromkeys(value for value in values if isinstance(value, str)):
        holder = details.find(value)
        if holder is not None and holder != own:
            yield f"{plain(value)} is of {plain(holder.username)}: {holder.status}"


def temporary_password(details: CallDetails) -> Iterator[str]:
    """The expiry of the temporary password."""
    user, pool = details.user, details.pool
    if user is None or pool is None or user.password_set is None:
        return
    until = user.password_set + pool.temporary_password_validity
    yield f"the temporary password {details.until(until)}"


def rate_limits(details: CallDetails) -> Iterator[str]:
    """The rate limits that the user has reached, with the time of the first call."""
    user = details.user
    if user is None:
        return
    for operation, limit in PER_HOUR.items():
        found = details.table(RECENT_CALLS).get((user.pool_id, user.key, operation))
        times = [time for time in found.times if time > details.now - HOUR] if found is not None else []
        if len(times) >= limit:
            first = f"{times[0]:%H:%M:%S}"
            yield f"{plain(user.username)}: {operation} {len(times)} times within an hour, first at {first}"


def recovery(details: CallDetails) -> Iterator[str]:
    """The e-mail address and the phone number of the user, and whether they are verified."""
    user = details.user
    if user is None:
        return
    for name in ("email", "phone_number"):
        value = user.attributes.get(name)
        verified = "verified" if user.verified(name) else "not verified"
        yield f"{plain(user.username)}: {f'{name} {plain(value)}, {verified}' if value else f'no {name}'}"


def second_factors(details: CallDetails) -> Iterator[str]:
    """The MFA factors of the pool and of the user, and the addresses that their codes could be sent to."""
    user, pool = details.user, details.pool
    if user is None or pool is None:
        return
    on = [f"{factor}{' (preferred)' if factor == user.mfa.preferred else ''}" for factor in user.mfa.enabled]
    yield f"{pool.id}: MfaConfiguration {pool.mfa}, offers {', '.join(mfa.offered(pool)) or 'no factor'}"
    yield f"{plain(user.username)}: has turned on {', '.join(on) or 'no factor'}"
    yield from recovery(details)


def _password(details: CallDetails, user: User) -> str:
    """The operation that has set the user's password, of the calls that the log still has."""
    if user.password_hash is not None:
        return "password imported as a hash"
    if not user.has_password:
        return "no password"
    for call in reversed(list(details.context.world.calls)):
        if call.result is None:
            continue
        earlier = CallDetails(details.context, call)
        if call.operation in _DELETES and _names(earlier, user):
            break  # a user of the same name, who has been made anew without a call
        if _has_set_password(earlier, user):
            return f"password set by {call.operation}"
    return "password as arranged"


def _has_set_password(earlier: CallDetails, user: User) -> bool:
    call = earlier.call
    if call.operation in _CREATES:
        return user.sub in str(call.result)
    if call.operation in _SETS_PASSWORD:
        return _names(earlier, user)
    answered = call.operation in _ANSWERS_CHALLENGE and earlier.auth_parameter("NEW_PASSWORD") is not None
    migrated = any(run.trigger == "UserMigration" and run.error is None for run in call.invocations)
    return (answered or migrated) and _names(earlier, user)


def _names(earlier: CallDetails, user: User) -> bool:
    """Whether a call was about this user, or one of the same name."""
    pool, name = earlier.pool, earlier.username
    if pool is None or name is None or pool.id != user.pool_id:
        return False
    other = earlier.user
    return pool.fold(name) == user.key or (other is not None and other.key == user.key)


def _by_another_name(details: CallDetails, user: User) -> bool:
    return details.pool is not None and details.username is not None and details.pool.fold(details.username) != user.key
