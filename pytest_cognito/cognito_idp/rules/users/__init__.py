"""Rules for users: names, attributes, passwords and search filters."""
