"""Functions of STS that read and write no table."""
