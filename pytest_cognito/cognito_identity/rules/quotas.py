"""The quotas of identity pools."""

from collections.abc import Mapping
from typing import Final

IDENTITY_POOLS: Final = 1000
"""Identity pools of an account in a region."""
USER_POOL_PROVIDERS: Final = 50
"""App clients of user pools that an identity pool takes tokens of."""
ROLE_MAPPING_RULES: Final = 25
"""Rules for a provider; the model allows more."""
TAGS: Final = 50
PRINCIPAL_TAGS_SIZE: Final = 460
"""Bytes of all keys and values of principal tags."""
REQUESTS: Final[Mapping[str, int]] = {
    "GetId": 25,
    "GetCredentialsForIdentity": 200,
    "GetOpenIdToken": 200,
    "GetOpenIdTokenForDeveloperIdentity": 200,
    "ListTagsForResource": 10,
    "TagResource": 5,
    "UntagResource": 5,
}
"""Requests of an account in a region in a second, of the operations for which AWS says how many."""
