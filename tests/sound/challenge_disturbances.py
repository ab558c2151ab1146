"""What else happens to the sign-ins of the search: none of it may lead to tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from tests.sound import challenge_model as model
from tests.sound.challenge_model import CHOOSE, PASSKEY, Open, Person, SignIn
from tests.sound.challenge_world import idp
from tests.support.mfa import TOTP, response

if TYPE_CHECKING:
    from tests.sound.challenge_search import Search


def keeps_out(search: Search) -> None:
    """While a user is disabled or must reset the password, the right answer is refused; after that it is good.

    A choice of a first factor alone is no proof, and tells nobody that they are kept out.
    """
    waiting = [one for one in search.open if one.sign_in.person and not one.used and search.now() < one.expires]
    waiting = [one for one in waiting if one.name != CHOOSE]
    if not waiting:
        return
    challenge: Open = search.choose(waiting, "challenge")
    person = challenge.sign_in.person
    assert person is not None
    user = {"UserPoolId": person.pool_id, "Username": person.name}
    given, client_id = search.world.right(challenge), challenge.sign_in.client_id
    call = search.calls(client_id, challenge.name, given, challenge.token)
    if person.temporary or person.passwordless or search.choose([True, False], "disabled"):
        idp().admin_disable_user(**user)
        assert refused(call)
        idp().admin_enable_user(**user)
    else:
        idp().admin_reset_user_password(**user)
        assert refused(call)
        idp().admin_set_user_password(**user, Password=person.password, Permanent=True)


def replays(search: Search, sign_in: SignIn, person: Person) -> None:
    """The code of an authenticator that was accepted just now is no proof in another sign-in."""
    another = search.begin(SignIn(person, sign_in.client_id, model.PASSWORD_AUTH))
    if another is not None and person.refused < 4:
        code = {"USERNAME": person.name, **response(TOTP, person.used)}
        search.answer(another, another.token, sign_in.client_id, another.name, code, right=False)


def replays_assertion(sign_in: SignIn, given: Mapping[str, str]) -> None:
    """What a passkey has signed for one sign-in is no proof in another."""
    preferred = {"USERNAME": given["USERNAME"], "PREFERRED_CHALLENGE": PASSKEY}
    client = {"ClientId": sign_in.client_id}
    session = idp().initiate_auth(**client, AuthFlow=model.CHOICE, AuthParameters=preferred)["Session"]
    answer = {**client, "ChallengeName": PASSKEY, "Session": session, "ChallengeResponses": {**given}}
    assert refused(lambda: idp().respond_to_auth_challenge(**answer))


def redeems(search: Search) -> None:
    """What leads back to a challenge is no Session of a sign-up, whose user needs to prove nothing any more."""
    challenge: Open = search.choose(search.open, "challenge")
    given = {"ClientId": challenge.sign_in.client_id, "AuthFlow": model.CHOICE, "Session": challenge.token}
    name = "nobody" if challenge.sign_in.person is None else challenge.sign_in.person.name
    assert refused(lambda: idp().initiate_auth(**given, AuthParameters={"USERNAME": name}))


def refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except ClientError:
        return True
    return False
