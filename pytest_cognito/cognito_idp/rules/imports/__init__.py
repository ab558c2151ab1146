"""Rules for the import of users: the CSV file, its rows, and the address that it is uploaded to."""
