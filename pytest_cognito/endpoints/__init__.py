"""Cognito's HTTP endpoints: API calls and web pages, for the hooks in the process and for the server."""
