"""Steps of custom authentication: users answer questions, as often as the pool's functions let them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.sound.device_steps import DeviceSteps
from tests.sound.user_accounts import Challenge
from tests.sound.user_machine import idp
from tests.sound.user_states import CONFIRMED, CUSTOM
from tests.sound.user_steps import MOSTLY, step
from tests.support.custom import RIGHT, WRONG


class QuestionSteps(DeviceSteps):
    """CUSTOM_AUTH, for users in every state."""

    @step(answers=st.lists(st.sampled_from([True, False, False]), max_size=3), again=MOSTLY)
    def sign_in_by_question(self, answers: list[bool], again: bool) -> None:
        """Several answers, until there are tokens; the last one may be given to the same question again."""
        name = self.someone(CONFIRMED)
        given = {"USERNAME": name}
        asked = self.signs_in(
            lambda: self.users.begin_custom(name),
            lambda: idp().initiate_auth(**self.client, AuthFlow="CUSTOM_AUTH", AuthParameters=given),
        )
        for right in answers if asked else ():
            challenge = self.users.challenges[-1]
            went_on = self.answer_question(challenge, right)
            if not went_on or self.users.challenges[-1] is challenge:
                if not again:
                    self.answer_question(challenge, right)
                break

    def answer_question(self, challenge: Challenge, right: bool) -> bool:
        answer = {
            "USERNAME": challenge.person.name if challenge.person else "nobody",
            "ANSWER": RIGHT if right else WRONG,
        }
        return self.signs_in(
            lambda: self.users.answer_custom(challenge, right=right),
            lambda: idp().respond_to_auth_challenge(
                **self.client,
                ChallengeName=CUSTOM,
                Session=self.sessions[challenge]["Session"],
                ChallengeResponses=answer,
            ),
        )
