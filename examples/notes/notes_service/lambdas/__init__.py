"""The functions that the user pool invokes."""
