"""What a test sets of the account beside its roles and users: what STS asks there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam, sts
from pytest_cognito.handles.policy_documents import Document, policies_of
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.credentials import Credentials

_LONGEST = 43_200


class Account:
    """The account of a world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def enable_outbound_web_identity_federation(self) -> str:
        """Let users and roles call `GetWebIdentityToken`, and return the issuer of the tokens: its address."""
        with self.world.handle_step("enable_outbound_web_identity_federation") as context:
            return sts.token_issuer(iam.enable_outbound_federation(context, context.account))

    def disable_outbound_web_identity_federation(self) -> None:
        """Let nobody call `GetWebIdentityToken` any more. Tokens that were issued stay valid."""
        with self.world.handle_step("disable_outbound_web_identity_federation") as context:
            iam.disable_outbound_federation(context, context.account)

    def create_delegation_token(self, principal: Any, policies: Sequence[Document], *, duration: int = 3600) -> str:
        """A token that `GetDelegatedAccessToken` trades in, as IAM sends it once a delegation request is accepted.

        ``principal`` is the user or the role that delegates, or its ARN, and ``policies`` say what. The token, and the
        credentials, are good for ``duration`` seconds.
        """
        arn = getattr(principal, "arn", principal)
        if type(duration) is not int or not 1 <= duration <= _LONGEST:
            raise UsageError(f"duration is 1 to {_LONGEST} seconds; not {duration!r}")
        with self.world.handle_step("create_delegation_token") as context:
            if not isinstance(arn, str) or (iam.find_role(context, arn) or sts.find_user(context, arn)) is None:
                raise UsageError(
                    "a role or a user delegates permissions: cognito.create_role(…), cognito.iam.create_user(…), or "
                    f"an ARN; not {principal!r}"
                )
            delegated = policies_of(context, "the delegation", policies)
            return iam.create_delegation(context, arn, delegated, duration).token

    def credentials(self, answered: object) -> Credentials:
        """Temporary credentials as a handle, which tells what they may do: ``Credentials`` of an answer of STS."""
        from pytest_cognito.handles.credentials import Credentials

        members: Mapping[str, Any] = answered if isinstance(answered, Mapping) else {}
        members = members.get("Credentials", members)
        session = self.world.store[sts.SESSIONS].get(members.get("AccessKeyId"))
        if session is None:
            raise UsageError(
                'credentials takes what STS has answered here, such as sts.get_session_token()["Credentials"]; '
                f"not {answered!r}"
            )
        return Credentials(
            self.world, self.world.region, session.access_key, session.secret_key, session.token, session.expires
        )

    def encode_authorization_message(self, decision: iam.Decision) -> str:
        """The message by which services tell of a decision, and which `DecodeAuthorizationMessage` decodes.

        The decision is that of ``credentials.can(…)``.
        """
        if not isinstance(decision, iam.Decision):
            raise UsageError(f'a decision is what credentials.can("s3:GetObject", arn) gives; not {decision!r}')
        with self.world.handle_step("encode_authorization_message") as context:
            return sts.encode_decision(context, decision)
