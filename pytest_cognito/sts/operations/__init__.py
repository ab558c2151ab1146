"""The operations of STS: a module for each noun of the AWS documentation."""
