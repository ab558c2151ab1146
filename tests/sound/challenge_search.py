"""The search through sign-ins: what is drawn, what is called, and what must come of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from tests.sound import challenge_choice as choice
from tests.sound import challenge_disturbances as disturbances
from tests.sound import challenge_model as model
from tests.sound.challenge_choice import may_begin
from tests.sound.challenge_devices import BY_DEVICE, DEVICE_VERIFIER, UNKNOWN_KEY
from tests.sound.challenge_disturbances import refused
from tests.sound.challenge_model import (
    CHOOSE,
    CUSTOM,
    NEW_PASSWORD,
    PASSKEY,
    SELECT,
    SENT,
    SETUP,
    TOKENS,
    VERIFIER,
    Open,
    Person,
    SignIn,
)
from tests.sound.challenge_world import FALSIFIED, REPLACEMENT, VALIDITY, ChallengeWorld, idp, prover
from tests.support.app import PASSWORD
from tests.support.codes import last_code, wrong
from tests.support.custom import TRIES
from tests.support.jwts import claims
from tests.support.mfa import CODES, TOTP, response

T = TypeVar("T")

BLOCK = "PASSWORD_CLAIM_SECRET_BLOCK"
WAYS = (*["right"] * 4, "wrong", "wrong", "wrong", "crossed", "another name", "another user", "another client")
WRONG_ANSWERS: dict[str, dict[str, str]] = {
    NEW_PASSWORD: {"NEW_PASSWORD": "weak"},
    CUSTOM: {"ANSWER": "rose"},
    SELECT: {"ANSWER": TOTP},
    SETUP: {},
    CHOOSE: {"ANSWER": "PASSWORD", "PASSWORD": "not-it"},
}


class Search:
    """One world, the sign-ins that are under way in it, and what the model says must come of each call."""

    def __init__(self, world: ChallengeWorld, random: Random, note: Callable[[str], None]) -> None:
        self.world = world
        self.random = random
        self.note = note
        self.open: list[Open] = []
        self.completed = 0
        special = ([one for one in world.people if one.passkey], [one for one in world.people if one.device])
        self.people = random.choice([world.people, world.people, *special])

    def choose(self, options: Sequence[T], what: str) -> T:
        chosen = self.random.choice(options)
        self.note(f"{what}: {chosen}")
        return chosen

    def now(self) -> dt.datetime:
        return self.world.cognito.clock.now()

    # Beginnings

    def begins(self) -> None:
        special = [one for one in self.people if one.temporary or one.by_choice or one.device]
        person = self.choose([*self.people, *special, None], "person")
        pool_id = self.world.people[0].pool_id if person is None else person.pool_id
        clients = [one for one, of in self.world.pools.items() if of == pool_id]
        client_id = self.choose(clients if person else [self.world.hiding, *clients], "client")
        right = person is not None and (person.refused >= 4 or self.choose([True, True, False], "right"))
        flows = [*model.FLOWS, *[model.CHOICE] * (6 if person and person.by_choice else 1)]
        self.begin(SignIn(person, client_id, self.choose(flows, "flow")), right=right)

    def begin(self, sign_in: SignIn, *, right: bool = True) -> Open | None:
        """The challenge that comes, if any."""
        person, flow = sign_in.person, sign_in.flow
        parameters = {"USERNAME": "nobody" if person is None else person.name}
        expected = person is not None or sign_in.client_id == self.world.hiding
        if flow in (model.PASSWORD_AUTH, model.ADMIN_AUTH):
            parameters["PASSWORD"] = person.password if person and right else "not-it"
            expected = person is not None and right and not person.passwordless
            sign_in = replace(sign_in, proven=frozenset({model.BY_PASSWORD}))
            if person is not None and not right:
                person.refused += 1
        elif flow == model.CHOICE:
            return self.begin_by_choice(sign_in, expected=expected, right=right)
        elif flow == model.CUSTOM_AUTH:
            expected = expected and (person is None or may_begin(person, flow))
        else:
            parameters["SRP_A"] = f"{prover().large_a_value:x}"
        if flow == model.CUSTOM_WITH_SRP:
            parameters["CHALLENGE_NAME"] = "SRP_A"
        if person and person.device and flow in model.NAME_DEVICES and self.choose([True, True, False], "by device"):
            sign_in, parameters["DEVICE_KEY"] = replace(sign_in, device=person.device), person.device.key
        given: dict[str, Any] = {"ClientId": sign_in.client_id, "AuthParameters": parameters}
        if flow == model.ADMIN_AUTH:
            pool = {"UserPoolId": self.world.pools[sign_in.client_id]}
            return self.leads(expected, sign_in, lambda: idp().admin_initiate_auth(**pool, AuthFlow=flow, **given))
        given["AuthFlow"] = model.CUSTOM_AUTH if flow == model.CUSTOM_WITH_SRP else flow
        return self.leads(expected, sign_in, lambda: idp().initiate_auth(**given))

    def begin_by_choice(self, sign_in: SignIn, *, expected: bool, right: bool) -> Open | None:
        """USER_AUTH, with or without a preference."""
        person = sign_in.person
        preferred = self.choose(choice.preferences(person), "preferred")
        parameters = {
            "USERNAME": "nobody" if person is None else person.name,
            "PASSWORD": person.password if person and right else "not-it",
            "SRP_A": f"{prover().large_a_value:x}",
            **({} if preferred is None else {"PREFERRED_CHALLENGE": preferred}),
        }
        begun = choice.begun(sign_in, preferred, right=right)
        if begun is None and person is not None:
            person.refused += 1
        given = {"ClientId": sign_in.client_id, "AuthFlow": model.CHOICE, "AuthParameters": parameters}
        expected = expected and begun is not None
        return self.leads(expected, begun or sign_in, lambda: idp().initiate_auth(**given))

    # Answers

    def answers(self) -> None:
        waiting = [one for one in self.open if not one.used and self.now() < one.expires]
        challenge: Open = self.choose([*waiting * 3, *self.open], "challenge")
        person = challenge.sign_in.person
        way = "right" if person is not None and person.refused >= 4 else self.choose(WAYS, "way")
        other: Open = self.choose(self.open, "other") if way in ("crossed", "another name") else challenge
        set_up = challenge.name == SETUP and way == "right" and self.sets_up(challenge)
        rights = {} if way == "wrong" else {id(one): self.world.right(one) for one in (other, challenge)}
        given = rights.get(id(challenge)) or self.wrong(challenge)
        name, client_id = challenge.name, challenge.sign_in.client_id
        if way == "crossed":
            given = {**rights[id(other)], "USERNAME": given["USERNAME"]}
        elif way == "another name":
            name, given = other.name, {**rights[id(other)], **given}
        elif way == "another user":
            given = {**given, "USERNAME": self.choose([one.name for one in self.world.people], "user")}
        elif way == "another client":
            client_id = self.choose(list(self.world.pools), "client")
        if challenge.name == CHOOSE and challenge.pick in model.PASSWORDS and self.choose([True, False], "directly"):
            name = challenge.pick
        addressed = self.addressed(challenge, other, name, given)
        right = way != "wrong" and addressed.name != SETUP
        right = set_up or (right and choice.is_right(addressed, name, rights[id(addressed)], given))
        self.answer(addressed, challenge.token, client_id, name, given, right=right)

    def addressed(self, challenge: Open, other: Open, name: str, given: Mapping[str, str]) -> Open:
        """The challenge that an answer goes to: in flows without a Session it is the secret block's."""
        blocked = name == VERIFIER and other.name == VERIFIER and not other.has_session
        return other if blocked and given.get(BLOCK) == other.token else challenge

    def wrong(self, challenge: Open) -> dict[str, str]:
        """An answer that is refused, such as a code of an authenticator that was used."""
        person = challenge.sign_in.person
        name = "nobody" if person is None else person.name
        if challenge.name == VERIFIER:
            pool_id = self.world.pools[challenge.sign_in.client_id]
            return {**self.world.proof(challenge.told, "not-it", pool_id), "USERNAME": name}
        if challenge.name == TOTP:
            assert person is not None
            assert person.authenticator is not None
            answer = response(TOTP, self.choose([person.used, person.authenticator.wrong()], "code"))
        elif challenge.name == PASSKEY:
            answer = self.world.assertion(challenge, **self.choose(FALSIFIED, "falsified"))
        elif challenge.name == BY_DEVICE:
            answer = {**self.world.right(challenge), "DEVICE_KEY": UNKNOWN_KEY}
        elif challenge.name == DEVICE_VERIFIER:
            assert challenge.sign_in.device is not None
            answer = challenge.sign_in.device.proof(prover(), challenge, "another secret")
        elif challenge.name in SENT:
            answer = {f"{challenge.name}_CODE": wrong(challenge.code)}
        else:
            answer = WRONG_ANSWERS[challenge.name]
        return {"USERNAME": name, **answer}

    def sets_up(self, challenge: Open) -> bool:
        """Register an authenticator for the sign-in, if it is still open; a code of it is used up.

        A user who has got one in another sign-in gets none in this one.
        """
        person = challenge.sign_in.person
        if challenge.used or challenge.expires <= self.now() or person is None or person.factors:
            assert refused(lambda: idp().associate_software_token(Session=challenge.token))
            return False
        return self.world.set_up(challenge, right=self.choose([True, True, False], "verified"))

    def answer(
        self, challenge: Open, token: str, client_id: str, name: str, given: Mapping[str, str], *, right: bool
    ) -> Open | None:
        """Answer, in one call or the other, and hold what comes against the model; the challenge that comes, if any."""
        sign_in = challenge.sign_in
        person = sign_in.person
        fits = not challenge.used and self.now() < challenge.expires and choice.answers(challenge, name)
        fits = fits and client_id == sign_in.client_id and (person is None or given["USERNAME"] == person.name)
        right = right and fits and choice.is_good(challenge)
        call = self.calls(client_id, name, {**given}, token)
        if challenge.name == CUSTOM and fits and given.get("ANSWER"):
            challenge.used = True
            if not right:
                tries = challenge.tries + 1
                return self.leads(tries < TRIES, sign_in, call, tries)
            right = person is not None
        if not right:
            if fits and person is not None:
                person.refused += 1
            return self.leads(False, sign_in, call)
        by_passkey = challenge.name == PASSKEY
        # A proof by SRP that has no Session is good again, as long as the password is.
        challenge.used = challenge.has_session
        if person is not None and name == NEW_PASSWORD:
            person.password, person.temporary = REPLACEMENT, False
        follows = self.leads(True, sign_in.after(PASSKEY if by_passkey else name, given), call, challenge.tries)
        if by_passkey:
            disturbances.replays_assertion(sign_in, given)
        if person is not None and name == TOTP:
            person.used = given[CODES[TOTP]]
            disturbances.replays(self, sign_in, person)
        for late in [one for one in self.open if one.name == name == NEW_PASSWORD and one.sign_in.person is person]:
            self.answer(late, late.token, late.sign_in.client_id, name, given, right=True)
        return follows

    def calls(self, client_id: str, name: str, given: dict[str, str], token: str) -> Callable[[], Any]:
        request: dict[str, Any] = {"ClientId": client_id, "ChallengeName": name, "ChallengeResponses": given}
        if not any(one.token == token and not one.has_session for one in self.open) or name != VERIFIER:
            request["Session"] = token
        if self.choose([False, False, True], "admin"):
            pool = {"UserPoolId": self.world.pools[client_id]}
            return lambda: idp().admin_respond_to_auth_challenge(**pool, **request)
        return lambda: idp().respond_to_auth_challenge(**request)

    # What comes of it

    def leads(self, expected: bool, sign_in: SignIn, call: Callable[[], Any], tries: int = 0) -> Open | None:
        """A call leads to what the sign-in asks for next or, where that is expected, is refused."""
        if not expected:
            assert refused(call)
            return None
        answer = call()
        assert answer.get("ChallengeName", TOKENS) == sign_in.next
        if sign_in.next == TOKENS:
            self.are_of(sign_in, answer["AuthenticationResult"])
            return None
        told = answer["ChallengeParameters"]
        sent = sign_in.next in SENT and sign_in.person is not None
        code = last_code(self.world.cognito.outbox) if sent else "00000000"
        pick = ""
        if sign_in.next == CHOOSE and sign_in.person is not None:
            pick = self.choose(choice.available(sign_in.person), "pick")
        self.open.append(
            Open(
                sign_in,
                sign_in.next,
                answer.get("Session") or told["SECRET_BLOCK"],
                "Session" in answer,
                told,
                self.now() + VALIDITY,
                code,
                sign_in.person.password if sign_in.person else PASSWORD,
                tries,
                pick,
            )
        )
        return self.open[-1]

    def are_of(self, sign_in: SignIn, result: Mapping[str, str]) -> None:
        """Tokens are of the user, the client and the pool of the sign-in."""
        person, said = sign_in.person, claims(result["IdToken"])
        assert person is not None
        assert (said["cognito:username"], said["aud"]) == (person.name, sign_in.client_id)
        assert said["iss"].endswith(f"/{person.pool_id}")
        person.refused = 0
        self.completed += 1

    def leads_nowhere(self, flow: str) -> None:
        """A sign-in of somebody who doesn't exist, where that is hidden, ends in none whatever the answer."""
        challenge = self.begin(SignIn(None, self.world.hiding, flow))
        if challenge is not None:
            given = self.world.right(challenge)
            self.answer(challenge, challenge.token, self.world.hiding, challenge.name, given, right=True)

    def completes(self, person: Person, flow: str) -> None:
        """A sign-in with right answers alone ends in tokens."""
        client_id = next(one for one, pool_id in self.world.pools.items() if pool_id == person.pool_id)
        before = self.completed
        challenge = self.begin(SignIn(person, client_id, flow))
        while challenge is not None:
            if challenge.name == SETUP:
                self.world.set_up(challenge)
            given = self.world.right(challenge)
            challenge = self.answer(challenge, challenge.token, client_id, challenge.name, given, right=True)
        assert self.completed == before + 1
