"""What `Cognito` has to deploy templates with. It imports what that needs when a test deploys."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.stacks.stack import Stack


class Deployer:
    """Deploys templates of CloudFormation, SAM, CDK and Terraform in a world."""

    world: World

    def deploy(
        self,
        path: str | os.PathLike[str],
        *,
        parameters: Mapping[str, Any] | None = None,
        name: str | None = None,
        stack: str | None = None,
        region: str | None = None,
        imports: Mapping[str, Any] | None = None,
        ssm: Mapping[str, Any] | None = None,
        secrets: Mapping[str, Any] | None = None,
        includes: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        ids: str = "new",
        applications: Mapping[str, Any] | None = None,
    ) -> Stack:
        """Deploy the application's own template: ``deploy("template.yaml", parameters={"Stage": "test"})``.

        ``path`` is a template of CloudFormation or SAM, a ``cdk.out`` directory (``stack`` names one of its stacks), or
        what ``terraform show -json`` prints. ``imports`` are the exports of other stacks that it imports, ``ssm`` and
        ``secrets`` the values of parameters and secrets that it names, ``includes`` what ``AWS::Include`` includes.
        ``values`` are what a plan of Terraform does not have (``{"aws_cognito_user_pool.main.name": "notes"}``), and
        ``ids="keep"`` gives what a state has made the ids that it has there. ``applications``
        are WSGI or ASGI applications behind APIs whose integrations go over HTTP, and behind target groups of load
        balancers: ``{"Api": app}``.

        Raises `TemplateError` for what is wrong with the template, `DeploymentError` where AWS refuses a resource.
        """
        from pytest_cognito.infrastructure.given import Given
        from pytest_cognito.infrastructure.stacks import opening

        given = Given(
            parameters or {},
            imports or {},
            ssm or {},
            secrets or {},
            includes or {},
            values or {},
            ids,
            applications or {},
        )
        return opening.deploy(self.world, path, name=name, stack=stack, region=region, given=given)

    @property
    def stacks(self) -> list[Stack]:
        """The stacks that were deployed, in all regions, without those that are nested in others."""
        from pytest_cognito.infrastructure.stacks import opening

        return opening.stacks_of(self.world)

    def stack(self, name: str | None = None, *, region: str | None = None) -> Stack:
        """A stack that was deployed, such as one of `cognito_seed`; the only one without a name."""
        from pytest_cognito.infrastructure.stacks import opening

        return opening.find(self.world, name, region)
