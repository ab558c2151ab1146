"""The logs that pools export, and their delivery."""
