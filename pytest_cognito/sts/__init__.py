"""AWS Security Token Service (``sts``): temporary credentials and who is behind them.

Other packages import the names in ``__all__`` and nothing else. Each name is imported lazily, from its module.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.sts.explanations import explain
    from pytest_cognito.sts.flows.assuming import assume_with_web_identity, global_keys, unknown_role
    from pytest_cognito.sts.flows.authorization import (
        Authorization,
        authorization,
        find_user,
        knows_callers,
        of_session,
        refusal,
    )
    from pytest_cognito.sts.flows.authorization_messages import encode_decision
    from pytest_cognito.sts.flows.left_to_others import is_left_to_others
    from pytest_cognito.sts.flows.sessions import begin
    from pytest_cognito.sts.keys import TOKEN_ALGORITHMS, keys_of_token_issuer, token_issuer
    from pytest_cognito.sts.records import SESSIONS, Session
    from pytest_cognito.sts.rules.sizes import packed_size
    from pytest_cognito.sts.rules.tags import SessionTags

_HOMES = {
    "SESSIONS": "records",
    "Session": "records",
    "Authorization": "flows.authorization",
    "authorization": "flows.authorization",
    "find_user": "flows.authorization",
    "knows_callers": "flows.authorization",
    "of_session": "flows.authorization",
    "refusal": "flows.authorization",
    "assume_with_web_identity": "flows.assuming",
    "global_keys": "flows.assuming",
    "explain": "explanations",
    "encode_decision": "flows.authorization_messages",
    "is_left_to_others": "flows.left_to_others",
    "begin": "flows.sessions",
    "unknown_role": "flows.assuming",
    "TOKEN_ALGORITHMS": "keys",
    "keys_of_token_issuer": "keys",
    "token_issuer": "keys",
    "packed_size": "rules.sizes",
    "SessionTags": "rules.tags",
}

__all__ = [
    "SESSIONS",
    "TOKEN_ALGORITHMS",
    "Authorization",
    "Session",
    "SessionTags",
    "assume_with_web_identity",
    "authorization",
    "begin",
    "encode_decision",
    "explain",
    "find_user",
    "global_keys",
    "is_left_to_others",
    "keys_of_token_issuer",
    "knows_callers",
    "of_session",
    "packed_size",
    "refusal",
    "token_issuer",
    "unknown_role",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
