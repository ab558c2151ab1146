"""The pages of a domain, a module for each."""
