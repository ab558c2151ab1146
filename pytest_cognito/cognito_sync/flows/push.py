"""Push sync: devices get a silent notification when another one has changed a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws import other_services
from pytest_cognito.cognito_identity import POOLS, IdentityPool
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows import service_roles
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, DEVICES, SUBSCRIPTIONS, Dataset, Device
from pytest_cognito.cognito_sync.rules import push_messages
from pytest_cognito.kernel.outbox import Message
from pytest_cognito.world import Context


def settings(context: Context, pool: IdentityPool) -> Mapping[str, Any]:
    """PushSync of a pool, or AWS's error if it has none."""
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    if configuration is None or not configuration.push:
        raise errors.PUSH_NOT_CONFIGURED(pool_id=pool.id)
    return configuration.push


def application(context: Context, pool: IdentityPool, platform: str) -> str:
    """The application of SNS with which a pool pushes to a platform, if its role can be used, or AWS's error.

    The step is left if the role is looked for at another mock.
    """
    push = settings(context, pool)
    found = push_messages.application(push, platform)
    if found is None:
        raise errors.PLATFORM_NOT_CONFIGURED(pool_id=pool.id, platform=platform)
    reason = _role_problem(context, pool, push)
    if reason is not None:
        raise errors.PUSH_ROLE_UNUSABLE(pool_id=pool.id) from iam.Refused(reason)
    return found


def create_endpoint(context: Context, application_arn: str, token: str) -> str | None:
    """The ARN of a device's endpoint of an application, which SNS makes; None where nobody is SNS.

    The step is left meanwhile.
    """
    if not other_services.may_answer("sns"):
        return None
    from botocore.exceptions import BotoCoreError, ClientError

    with context.world.store.outside():
        try:
            answer = _sns(application_arn).create_platform_endpoint(PlatformApplicationArn=application_arn, Token=token)
        except ClientError as error:
            if other_services.is_unanswered(error):
                return None
            code, reason = error.response["Error"]["Code"], error.response["Error"]["Message"]
            refused = errors.TOKEN_REFUSED if code == "InvalidParameter" else errors.SNS_REFUSED
            raise refused(reason=f"{code}: {reason}") from error
        except BotoCoreError as error:
            raise errors.SNS_REFUSED(reason=str(error)) from error
    endpoint: str = answer["EndpointArn"]
    return endpoint


def notify(context: Context, dataset: Dataset, device_id: str | None) -> None:
    """Notify the devices that have subscribed to a dataset, which ``device_id`` has changed, of its sync count.

    The call whose change it is does not fail if they can't be reached. The step may be left meanwhile.
    """
    subscriptions = context.table(SUBSCRIPTIONS).page("dataset", (dataset.identity_id, dataset.name))
    others = [each.device_id for _, each in subscriptions if each.device_id != device_id]
    if not others:
        return
    for other in others:
        device = context.table(DEVICES).get(other)
        pool = context.table(POOLS).get(dataset.pool_id)
        if device is not None and pool is not None and _may_push(context, pool, device):
            _push(context, device, dataset)


def _may_push(context: Context, pool: IdentityPool, device: Device) -> bool:
    """Whether a pool still pushes to the platform of a device, by a role that can be used."""
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    push = configuration.push if configuration is not None else None
    if not push or push_messages.application(push, device.platform) is None:
        return False
    return _role_problem(context, pool, push) is None


def _role_problem(context: Context, pool: IdentityPool, push: Mapping[str, Any]) -> str | None:
    """Why the role of PushSync can't be used, if so. The step is left if another mock's IAM is asked."""
    role = push.get("RoleArn")
    if role is None:
        return "PushSync has no RoleArn"
    problem = service_roles.problem(context, pool, role)
    return None if problem is None else problem.reason


def _push(context: Context, device: Device, dataset: Dataset) -> None:
    """Send a notification by SNS, where anybody is SNS, and to the outbox, unless SNS refuses it."""
    body = push_messages.body(device.platform, dataset)
    if device.endpoint is not None and not _publish(context, device, device.endpoint, body):
        return
    context.send(
        Message(
            medium="PUSH",
            to=device.token,
            subject=None,
            body=body,
            code=None,
            link=None,
            source="PushSync",
            pool_id=dataset.pool_id,
            username=dataset.identity_id,
            sent=context.now(),
        )
    )


def _publish(context: Context, device: Device, endpoint: str, body: str) -> bool:
    """Let SNS send a notification; return whether it does: not if the endpoint was disabled or deleted there, or
    nobody answers where SNS should be.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    message = push_messages.message(device.platform, body)
    with context.world.store.outside():
        try:
            _sns(endpoint).publish(TargetArn=endpoint, Message=message, MessageStructure="json")
        except ClientError as error:
            return other_services.is_unanswered(error)
        except BotoCoreError:
            return False
    return True


def _sns(arn: str) -> Any:
    return other_services.client("sns", arn.split(":")[3], as_developer=True)
