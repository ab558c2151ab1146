"""Verifying the entries of Logins: whom each of them proves to be there."""
