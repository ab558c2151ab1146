"""The definition of a first factor that users can choose in choice-based sign-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge


@dataclass(frozen=True)
class FirstFactor:
    """A first factor of choice-based sign-in.

    ``name`` is its name in AvailableChallenges, and as PREFERRED_CHALLENGE and ``ANSWER``. ``allowed_as`` is its name
    in AllowedFirstAuthFactors. ``challenge`` proves it; ``None`` if it is always proven with the choice.

    ``choose`` is called when the user chooses the factor. ``attempt.parameters`` are those of the request with the
    choice: it checks those that the factor needs, and tells whether they prove the factor already. ``attempt.found`` is
    ``None`` if the user does not exist and the app client hides that. A factor without it needs nothing but the choice.

    ``answers_choice`` says that an answer to SELECT_CHALLENGE can have ``name`` as ``ChallengeName``. ``is_password``
    says that the user must be confirmed first, and that MFA and other challenges follow, as after any password.
    ``method`` is the authentication method, as in the claim ``amr``, of a factor without a challenge.
    """

    name: str
    allowed_as: str
    challenge: Challenge | None
    choose: Callable[[Attempt], bool] | None = None
    answers_choice: bool = False
    is_password: bool = False
    method: str | None = None

    @property
    def role(self) -> str:
        """The role of the challenge that proves the factor."""
        return self.name if self.challenge is None else self.challenge.role

    @property
    def proves(self) -> str:
        """The authentication method that the factor proves."""
        method = self.method if self.challenge is None else self.challenge.method
        if method is None:
            raise TypeError(f"the first factor {self.name} has no method: name it in its challenge")
        return method
