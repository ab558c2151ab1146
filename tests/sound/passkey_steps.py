"""Steps with a passkey: a user registers one, and signs in with it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from pytest_cognito import Passkey
from tests.sound.choice_steps import ChoiceSteps
from tests.sound.user_accounts import Access, Challenge, Person
from tests.sound.user_machine import TRACKING, idp
from tests.sound.user_states import CONFIRMED, FORCED, MINUTE, PASSKEY
from tests.sound.user_steps import MOSTLY, step
from tests.support.custom import set_functions
from tests.support.passkeys import RELYING_PARTY


class PasskeySteps(ChoiceSteps):
    """Passkeys, one for each user, in every state of theirs."""

    def make_pool(self, *, hides: bool, tracks: bool) -> None:
        super().make_pool(hides=hides, tracks=tracks)
        self.passkeys: dict[Person, Passkey] = {}
        factors: list[Any] = ["PASSWORD", "EMAIL_OTP", PASSKEY]
        policies: Any = {"SignInPolicy": {"AllowedFirstAuthFactors": factors}}
        kept: Any = {"AutoVerifiedAttributes": ["email"], **(TRACKING if tracks else {})}
        idp().update_user_pool(**self.pool, **kept, Policies=policies)
        set_functions(self.cognito.user_pool(self.pool["UserPoolId"]))
        idp().set_user_pool_mfa_config(**self.pool, WebAuthnConfiguration={"RelyingPartyId": RELYING_PARTY})

    def without_passkey(self) -> list[Access]:
        """The tokens of users who have none: those that are still good, if there are any."""
        found = [access for access in self.access_tokens if access.grant.person not in self.passkeys]
        good = [one for one in found if one.expires > self.users.now and not one.grant.revoked]
        return [one for one in good if not one.grant.person.gone] or found

    @step(when=lambda self: self.access_tokens)
    def register_passkey(self) -> None:
        name = self.someone(CONFIRMED)
        self.sign_in(name, self.password(name, True))
        tokens = self.without_passkey()
        if tokens:
            self.register_with(self.draw(st.sampled_from(tokens)))

    def register_with(self, access: Access) -> None:
        token, passkey = {"AccessToken": self.access_tokens[access]}, Passkey(self.cognito.world, roaming=True)
        person, started = self.both(
            lambda: self.users.register_passkey(access), lambda: idp().start_web_authn_registration(**token)
        )
        if person is not None:
            made = passkey.create(started["CredentialCreationOptions"])
            idp().complete_web_authn_registration(**token, Credential=made)
            self.passkeys[person] = passkey

    @step(
        when=lambda self: self.users.with_passkey(FORCED),
        right=MOSTLY,
        pause=st.sampled_from([0, 0, 0, 2 * MINUTE, 3 * MINUTE]),
    )
    def sign_in_with_passkey(self, right: bool, pause: int) -> None:
        person = self.draw(st.sampled_from(self.users.with_passkey(FORCED)))
        given = {"USERNAME": person.name, "PREFERRED_CHALLENGE": PASSKEY}
        asked = self.signs_in(
            lambda: self.users.begin_by_passkey(person),
            lambda: idp().initiate_auth(**self.client, AuthFlow="USER_AUTH", AuthParameters=given),
        )
        self.time_passes(pause)
        if asked and self.draw(MOSTLY):
            self.answer_passkey(self.users.challenges[-1], right)

    def answer_passkey(self, challenge: Challenge, right: bool) -> None:
        """Answer with what the user's passkey has signed, or with what was changed since."""
        asked, person = self.sessions[challenge], challenge.person
        assert person is not None
        options = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]
        credential = json.dumps(self.passkeys[person].get(options, tampered=not right))
        self.signs_in(
            lambda: self.users.answer_passkey(challenge, right=right),
            lambda: idp().respond_to_auth_challenge(
                **self.client,
                ChallengeName=PASSKEY,
                Session=asked["Session"],
                ChallengeResponses={"USERNAME": person.name, "CREDENTIAL": credential},
            ),
        )
