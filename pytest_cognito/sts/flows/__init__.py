"""Steps with effects that operations of STS share."""
