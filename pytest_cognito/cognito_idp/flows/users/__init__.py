"""Users: sign-up, invitation, confirmation, migration, and changes of their data."""
