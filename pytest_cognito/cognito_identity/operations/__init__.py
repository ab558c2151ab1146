"""The operations of identity pools: a module for each noun of the AWS documentation."""
