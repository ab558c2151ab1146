"""Steps with side effects that several operations share."""
