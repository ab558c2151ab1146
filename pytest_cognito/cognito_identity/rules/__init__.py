"""Functions of identity pools that read and write no table."""
