"""The MFA factors of users."""
