"""Notes in notebooks, for users of a Cognito user pool."""
