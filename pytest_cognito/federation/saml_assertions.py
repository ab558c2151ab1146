"""What an assertion must say so that a user is signed in by it (SAML 2.0 Profiles, section 4.1.4).

The elements that are given here have come out of the verification of their signature.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.federation import errors
from pytest_cognito.federation.saml_xml import ASSERTION, PROTOCOL, Element, text_of

_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_SKEW = dt.timedelta(minutes=2)
"""By how much the clock of a provider may be fast."""
_LATEST = dt.timedelta(minutes=6)


class SamlSession(NamedTuple):
    """A session of a user at a SAML provider, by which it is ended: the NameID with its attributes, and its index."""

    name_id: str
    name_id_attributes: tuple[tuple[str, str], ...]
    session_index: str | None


class Expected(NamedTuple):
    """What a response must say. ``request`` is the id of the request; None if the provider has initiated the sign-in.

    ``audiences`` are the names of what it may be for. ``consumers`` are the addresses of what takes the response, none
    for an assertion without a response. ``issuer`` is the entity id of the provider; None for any, if its metadata have
    none. ``lifetime`` is how old an assertion may be that no request has asked for.
    """

    audiences: tuple[str, ...]
    consumers: tuple[str, ...]
    issuer: str | None
    request: str | None
    now: dt.datetime
    lifetime: dt.timedelta = _LATEST


@dataclass(frozen=True)
class Asserted:
    """What an assertion says. ``expires`` is when it is not valid any more. Attributes may have several values.

    ``recipient`` is the address for which it confirms the subject; empty if no response was asked for.
    ``session_ends`` is until when the user is signed in at the provider, if it says so.
    """

    id: str
    issuer: str
    session: SamlSession
    attributes: dict[str, str | list[str]]
    expires: dt.datetime
    recipient: str
    session_ends: dt.datetime | None


def check_response(response: Element, expected: Expected) -> None:
    """Raise unless a response, or a LogoutResponse, is one to the request, and says that it was successful."""
    status = response.find(f"{PROTOCOL}Status/{PROTOCOL}StatusCode")
    destination, issuer = response.get("Destination"), response.find(f"{ASSERTION}Issuer")
    if destination not in (None, *expected.consumers):
        raise errors.SAML_DESTINATION(destination=destination)
    if issuer is not None:
        _check_issuer(issuer, expected)
    if response.get("InResponseTo") != expected.request:
        raise errors.SAML_IN_RESPONSE_TO(request=response.get("InResponseTo"))
    if status is None or status.get("Value") != _SUCCESS:
        codes = [] if status is None else [status, *status.iter(f"{PROTOCOL}StatusCode")]
        raise errors.SAML_NOT_SUCCESSFUL(status=codes[-1].get("Value") if codes else None)


def read(assertion: Element, expected: Expected) -> Asserted:
    """What an assertion says; raise unless it is valid now, for this service provider and this request."""
    _check_issuer(assertion.find(f"{ASSERTION}Issuer"), expected)
    ends, recipient = _check_conditions(assertion, expected), ""
    if expected.consumers:
        confirmed = _confirmed(assertion, expected)
        ends.append(confirmed.ends)
        recipient = confirmed.recipient
    elif not ends:
        raise errors.SAML_NOT_CONFIRMED(problem="NotOnOrAfter")
    issued = _time(assertion.get("IssueInstant"))
    if issued > expected.now + _SKEW:
        raise errors.SAML_EARLY()
    if expected.consumers and expected.request is None and issued + expected.lifetime < expected.now:
        raise errors.SAML_STALE()
    name_id = assertion.find(f"{ASSERTION}Subject/{ASSERTION}NameID")
    name = text_of(name_id)
    if not name:
        raise errors.SAML_NAME_ID_MISSING()
    statement = assertion.find(f"{ASSERTION}AuthnStatement")
    session = SamlSession(
        name,
        tuple((key, name_id.get(key)) for key in _NAME_ID_ATTRIBUTES if name_id.get(key)),
        None if statement is None else statement.get("SessionIndex"),
    )
    session_ends = None if statement is None else statement.get("SessionNotOnOrAfter")
    return Asserted(
        str(assertion.get("ID")),
        text_of(assertion.find(f"{ASSERTION}Issuer")),
        session,
        _attributes(assertion),
        min(ends),
        recipient,
        None if session_ends is None else _time(session_ends),
    )


_NAME_ID_ATTRIBUTES = ("Format", "NameQualifier", "SPNameQualifier")


def _check_issuer(issuer: Element | None, expected: Expected) -> None:
    name = text_of(issuer)
    if expected.issuer is not None and name != expected.issuer:
        raise errors.SAML_ISSUER(issuer=name)


def _check_conditions(assertion: Element, expected: Expected) -> list[dt.datetime]:
    """Check the times and the audience of an assertion, and return when it ends, if it says so."""
    conditions = assertion.find(f"{ASSERTION}Conditions")
    restrictions = [] if conditions is None else conditions.findall(f"{ASSERTION}AudienceRestriction")
    audiences = [{text_of(each) for each in found.findall(f"{ASSERTION}Audience")} for found in restrictions]
    if not audiences or not all(found.intersection(expected.audiences) for found in audiences):
        raise errors.SAML_AUDIENCE(audience=expected.audiences[0])
    return [] if conditions is None else _check_times(conditions, expected.now)


def _check_times(element: Element, now: dt.datetime) -> list[dt.datetime]:
    begins, ends = element.get("NotBefore"), element.get("NotOnOrAfter")
    if begins is not None and _time(begins) > now + _SKEW:
        raise errors.SAML_EARLY()
    if ends is not None and _time(ends) <= now:
        raise errors.SAML_EXPIRED()
    return [] if ends is None else [_time(ends)]


class _Confirmed(NamedTuple):
    ends: dt.datetime
    recipient: str


def _confirmed(assertion: Element, expected: Expected) -> _Confirmed:
    """Until when, and where, an assertion confirms the subject to whoever bears it; raise if it does not.

    One of several confirmations is enough; without any, the error is that of the last.
    """
    problem: tuple[ErrorText, dict[str, object]] = (errors.SAML_NOT_CONFIRMED, {"problem": "bearer"})
    for confirmation in assertion.iterfind(f"{ASSERTION}Subject/{ASSERTION}SubjectConfirmation"):
        data = confirmation.find(f"{ASSERTION}SubjectConfirmationData")
        if confirmation.get("Method") != _BEARER or data is None:
            continue
        request = data.get("InResponseTo")
        if data.get("Recipient") not in expected.consumers:
            problem = errors.SAML_NOT_CONFIRMED, {"problem": f"Recipient {data.get('Recipient')}"}
        elif request != expected.request:
            problem = errors.SAML_IN_RESPONSE_TO, {"request": request}
        elif data.get("NotOnOrAfter") is None:
            problem = errors.SAML_NOT_CONFIRMED, {"problem": "NotOnOrAfter"}
        else:
            return _Confirmed(_check_times(data, expected.now)[0], data.get("Recipient"))
    kind, values = problem
    raise kind(**values)


def _time(text: str | None) -> dt.datetime:
    """A time of SAML; without a zone it is UTC."""
    try:
        found = dt.datetime.fromisoformat(text or "")
        return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise errors.SAML_TIME_UNREADABLE(time=text) from None


def _attributes(assertion: Element) -> dict[str, str | list[str]]:
    """The attributes by name: the value, or a list of several."""
    values: dict[str, list[str]] = {}
    for attribute in assertion.iterfind(f"{ASSERTION}AttributeStatement/{ASSERTION}Attribute"):
        found = values.setdefault(str(attribute.get("Name")), [])
        found.extend(text_of(value) for value in attribute.iterfind(f"{ASSERTION}AttributeValue"))
    return {name: found[0] if len(found) == 1 else found for name, found in values.items() if found}


def check_characters(asserted: Asserted, mapped: set[str]) -> None:
    """Raise if a value that is used has a character that takes four bytes in UTF-8."""
    used = {"NameID": asserted.session.name_id, **{name: asserted.attributes.get(name, "") for name in mapped}}
    for name, value in used.items():
        if any(
            ord(character) > 0xFFFF for text in ([value] if isinstance(value, str) else value) for character in text
        ):
            raise errors.SAML_WIDE_CHARACTER(name=name)
