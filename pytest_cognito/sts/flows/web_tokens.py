"""Verifying the token of AssumeRoleWithWebIdentity, by whichever provider has issued it."""

from __future__ import annotations

from collections.abc import Collection

from pytest_cognito import cognito_identity, cognito_idp, iam
from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.federation import access_tokens, issuers, open_id
from pytest_cognito.federation import errors as reasons
from pytest_cognito.federation.open_id import Unverified
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.http import hosts
from pytest_cognito.sts import errors
from pytest_cognito.world import Context

_OF_TOKENS: dict[ErrorText, ErrorText] = {
    reasons.ID_TOKEN_UNREADABLE: errors.TOKEN_UNREADABLE,
    reasons.ID_TOKEN_AUDIENCE: errors.TOKEN_AUDIENCE,
    reasons.ID_TOKEN_EARLY: errors.TOKEN_EARLY,
    reasons.ID_TOKEN_SIGNATURE: errors.TOKEN_SIGNATURE,
    reasons.ID_TOKEN_ALGORITHM: errors.TOKEN_ALGORITHM,
    reasons.ID_TOKEN_KEY: errors.TOKEN_KEY,
    reasons.KEYS_TIMEOUT: errors.TOKEN_KEY,
    reasons.PROVIDER_TIMEOUT: errors.TOKEN_KEY,
    reasons.PROVIDER_NOT_REACHED: errors.TOKEN_KEY,
    reasons.PROVIDER_REFUSED: errors.TOKEN_KEY,
    reasons.PROVIDER_ANSWER_UNREADABLE: errors.TOKEN_KEY,
    reasons.PROVIDER_ADDRESS_UNKNOWN: errors.TOKEN_KEY,
    reasons.PROVIDER_ADDRESS_INSECURE: errors.TOKEN_KEY,
}
_REJECTIONS = (reasons.OPAQUE_TOKEN_INVALID, reasons.OPAQUE_TOKEN_EXPIRED)


def verify(context: Context, account: str, token: str, provider_id: str | None) -> WebIdentity:
    """The user of a token that somebody presents for a role of an account; raise unless the token is valid.

    Google and identity pools are known to every account, other issuers of ID tokens have to be identity providers of
    the account. ``provider_id`` is that of Facebook or Amazon, whose access tokens say nothing by themselves. The step
    is left while a provider is asked.
    """
    if provider_id is not None:
        return _of_access_token(context, token, provider_id)
    try:
        read = open_id.read(token)
    except AWSError as error:
        raise _refusal(error) from iam.Refused(error.message)
    audiences = _audiences(context, account, read)
    try:
        identity = open_id.claimed(read, issuer=read.issuer, audiences=audiences, now=context.now())
        _check_signature(context, read)
    except AWSError as error:
        raise _of_claims(context, read, error) or _refusal(error) from iam.Refused(error.message)
    return identity


def _of_access_token(context: Context, token: str, provider_id: str) -> WebIdentity:
    if provider_id not in access_tokens.OPAQUE:
        raise errors.PROVIDER_ID_INVALID(provider=provider_id)
    try:
        return access_tokens.verify(context, provider_id, token)
    except AWSError as error:
        kind = errors.ACCESS_TOKEN_REJECTED if error.kind in _REJECTIONS else errors.PROVIDER_NOT_ASKED
        raise kind(provider=provider_id) from iam.Refused(error.message)


def _audiences(context: Context, account: str, token: Unverified) -> Collection[str]:
    """For whom tokens of an issuer may be; raise if the account does not know it.

    Of Google and of identity pools a token may be for anyone: trust policies look at that.
    """
    if token.provider == open_id.GOOGLE or hosts.is_identity_issuer(token.provider):
        return token.audiences
    issuer = token.issuer
    arn = iam.oidc_provider_arn(context.region, account, issuer)
    provider = iam.find_oidc_provider(context, arn) if issuer else None
    if provider is None:
        raise errors.OIDC_PROVIDER_NOT_FOUND(issuer=issuer) from _unknown_provider(context, issuer)
    return provider.client_ids


def _check_signature(context: Context, token: Unverified) -> None:
    """Raise unless the issuer has signed a token. Those that are of this world are not asked for their keys."""
    if hosts.is_identity_issuer(token.provider):
        if cognito_identity.signed_claims(context.world, token.text) is None:
            raise reasons.ID_TOKEN_SIGNATURE()
        return
    pool = cognito_idp.provider_name(context.world, token.provider)
    if pool is None:
        open_id.check_signature(token, lambda: issuers.keys_of(context, token.issuer))
    else:
        open_id.check_signature(token, lambda: cognito_idp.id_token_keys(context.world, pool))


def _unknown_provider(context: Context, issuer: str) -> iam.Refused:
    known = ", ".join(sorted(provider.arn for provider in context.table(iam.OIDC_PROVIDERS))) or "there is none"
    return iam.Refused(f"the account has no identity provider for {issuer or 'a token without iss'}: {known}")


def _of_claims(context: Context, token: Unverified, error: AWSError) -> AWSError | None:
    """The error that speaks of a claim of the token."""
    if error.kind is reasons.ID_TOKEN_EXPIRED:
        return errors.TOKEN_EXPIRED(now=context.world.clock.timestamp(), expires=int(token.expires))
    if error.kind is reasons.ID_TOKEN_CLAIM_MISSING:
        return errors.TOKEN_CLAIM_MISSING(claim=token.missing_claim)
    return None


def _refusal(error: AWSError) -> AWSError:
    kind = None if error.kind is None else _OF_TOKENS.get(error.kind)
    return error if kind is None else kind()
