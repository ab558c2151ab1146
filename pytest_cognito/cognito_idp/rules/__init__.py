"""What is true of a configuration, a name, a password, a claim: pure functions, without a world."""
