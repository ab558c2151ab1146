"""Threat protection: watching the activity of users, responding to risks, notifying users."""
