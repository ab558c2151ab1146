"""Tests in a real browser. They are a package so that a fixture can have it as its scope."""
