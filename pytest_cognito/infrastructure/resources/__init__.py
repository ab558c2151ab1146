"""What is done for each type of resource: a module for each noun. `catalog.find` gives the one of a type."""
