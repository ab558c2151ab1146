"""The authorization server of a domain: the endpoints of OAuth 2.0 and OpenID Connect."""
