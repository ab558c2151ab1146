"""`StackFunction`: what a test holds of a Lambda function of its template."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from pytest_cognito.infrastructure.functions.function import TemplateFunction
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.lambda_functions import payload, permissions
from pytest_cognito.lambda_functions.context import LambdaContext
from pytest_cognito.lambda_functions.records import split
from pytest_cognito.world import World


class StackFunction:
    """A Lambda function of a deployed template: ``stack.function("PreSignUp")``.

    Its code is imported for it alone. To replace something in it, a test takes its ``module``:
    ``monkeypatch.setattr(stack.function("PreSignUp").module, "send", fake)``.
    """

    def __init__(self, world: World, deployed: Deployed) -> None:
        self._world = world
        self._deployed = deployed

    @property
    def arn(self) -> str:
        return str(self._deployed.attributes["Arn"])

    @property
    def name(self) -> str:
        return self._deployed.physical_id

    @property
    def module(self) -> ModuleType:
        """The module of the handler, which is imported if it has not run yet. Raises what its import raises."""
        return self._code.module

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables that the function has when it runs, with those that Lambda sets."""
        return self._code.variables

    @property
    def invocations(self) -> list[Invocation]:
        """The invocations by Cognito and by fronts, oldest first: those of its versions and aliases, too."""
        return [one for one in self._world.functions if split(one.arn)[0] == self.arn]

    def restart(self) -> None:
        """Let the next invocation be a cold start: the modules are imported anew, and what they kept is gone."""
        self._code.forget()

    def invoke(self, event: dict[str, Any]) -> Any:
        """Run the function with an event, as its own tests do, and return its result. Raises what it raises."""
        code = self._code
        code.prepare()
        with self._world.handle_step("Invoke", self._deployed.region) as context:
            known = permissions.known(context, self.arn)
            lambda_context = LambdaContext(context, self.arn, context.now(), known)
        return payload.result_copy(code(payload.event_copy(event), lambda_context))

    @property
    def _code(self) -> TemplateFunction:
        code = self._world.functions.get(self.arn)
        if not isinstance(code, TemplateFunction):
            raise UsageError(
                f"nothing runs {self._deployed.logical_id} here: its code is not Python in the working tree. Register "
                f'a callable for it, cognito.triggers.register("{self.arn}", handler), or run it in moto, LocalStack '
                f"or SAM"
            )
        return code

    def __repr__(self) -> str:
        return f"<StackFunction {self._deployed.logical_id}: {self.name}>"
