"""Sign-in: the engine, the authentication flows and the challenges."""
