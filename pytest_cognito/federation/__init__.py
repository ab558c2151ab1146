"""What identity providers outside say, verified: tokens of OpenID Connect and social providers, and SAML assertions.

User pools, identity pools and STS have it in common.
"""
