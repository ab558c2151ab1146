"""User pools: the certificate for SAML requests."""
