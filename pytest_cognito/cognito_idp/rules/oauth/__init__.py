"""OAuth 2.0 and OpenID Connect: requests, redirects, proofs."""
