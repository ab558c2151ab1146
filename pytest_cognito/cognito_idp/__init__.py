"""Amazon Cognito user pools (``cognito-idp``).

A module is a noun of the documentation and holds the operations on it. ``rules`` are pure functions, ``flows`` are
steps with effects that several operations share, ``triggers`` run Lambda functions, ``records`` is what is remembered.
"""
