"""Steps with effects that several operations share."""
