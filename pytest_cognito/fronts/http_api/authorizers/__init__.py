"""The authorizers of HTTP APIs: JWTs, Lambda functions, and IAM."""
