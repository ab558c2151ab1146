"""The parts of every world: clock, identifiers, signing keys, outbox, call log, faults and Lambda functions."""
