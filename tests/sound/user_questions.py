"""What becomes of sign-ins by questions of the pool's functions, which take three answers."""

from __future__ import annotations

from tests.sound.user_accounts import Challenge, Person, Refused
from tests.sound.user_devices import UsersWithDevices
from tests.sound.user_states import CUSTOM, DISABLED, INCORRECT, SESSION_INVALID, UNKNOWN
from tests.support.custom import TRIES


class UsersWithQuestions(UsersWithDevices):
    """Users who sign in by answering a question. Wrong answers lock nobody out."""

    def begin_custom(self, name: str) -> str:
        person = self.people.get(name)
        if not self.hides:
            self._known(name, UNKNOWN)
        if person is not None:
            self._may_answer(person)
        self._ask(CUSTOM, person)
        return CUSTOM

    def answer_custom(self, challenge: Challenge, *, right: bool) -> str:
        """An answer is the only one. The sign-in fails with the last wrong one, and with a right one of nobody."""
        self._resume(challenge)
        self._refuse_if(challenge.failed, SESSION_INVALID)
        if challenge.person is not None:
            self._may_answer(challenge.person)
        if right and challenge.person is not None:
            challenge.used = True
            return self._let_in(challenge.person)
        if right or challenge.tries + 1 == TRIES:
            challenge.failed = True
            raise Refused(*INCORRECT)
        challenge.used = True
        self._ask(CUSTOM, challenge.person)
        self.challenges[-1].tries = challenge.tries + 1
        return CUSTOM

    def _may_answer(self, person: Person) -> None:
        self._refuse_if(not person.enabled, DISABLED)
        self._after("AnswerQuestion", person)
