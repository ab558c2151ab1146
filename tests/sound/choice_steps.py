"""Steps of choice-based sign-in: with a code by e-mail, or with a password where there can be no code."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.sound.account_steps import AccountSteps
from tests.sound.user_accounts import Challenge
from tests.sound.user_machine import idp
from tests.sound.user_states import CODE, CONFIRMED, MINUTE, UNCONFIRMED
from tests.sound.user_steps import MOSTLY, step


class ChoiceSteps(AccountSteps):
    """USER_AUTH, for users in every state."""

    @step(right=MOSTLY, pause=st.sampled_from([0, 0, 0, 2 * MINUTE, 3 * MINUTE]))
    def sign_in_with_code(self, right: bool, pause: int) -> None:
        name = self.someone(UNCONFIRMED, CONFIRMED)
        given = {"USERNAME": name, "PREFERRED_CHALLENGE": CODE}
        asked = self.signs_in(
            lambda: self.users.begin_by_code(name),
            lambda: idp().initiate_auth(**self.client, AuthFlow="USER_AUTH", AuthParameters=given),
        )
        self.time_passes(pause)
        if asked and self.draw(MOSTLY):
            self.answer_to_choice(self.users.challenges[-1], right)

    def answer_to_choice(self, challenge: Challenge, right: bool) -> None:
        """Answer with the code that was sent for a challenge, or with the password."""
        answer, name = self.sessions[challenge], challenge.person.name if challenge.person else "nobody"
        if challenge.name == CODE:
            code = answer["sent"] if right else "123"
            responses = {"USERNAME": name, "EMAIL_OTP_CODE": code}
        else:
            password = self.password(name, right)
            responses = {"USERNAME": name, "ANSWER": "PASSWORD", "PASSWORD": password}
        self.signs_in(
            (lambda: self.users.answer_code(challenge, right=right))
            if challenge.name == CODE
            else (lambda: self.users.answer_choice(challenge, password)),
            lambda: idp().respond_to_auth_challenge(
                **self.client,
                ChallengeName=challenge.name,
                Session=answer["Session"],
                ChallengeResponses=responses,
            ),
        )
