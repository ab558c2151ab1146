"""Steps with effects that operations of identity pools share."""
