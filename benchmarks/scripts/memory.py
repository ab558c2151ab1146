"""How many bytes a user takes who is one of many, all of them listed by every attribute: prints the number."""

import gc
import sys
import tracemalloc

from benchmarks import population
from pytest_cognito import mock_cognito

users = int(sys.argv[1])
with mock_cognito(seed="memory") as cognito:
    population.search(population.make(cognito, 1))  # whatever is loaded or made once, is so before
    gc.collect()
    tracemalloc.start()
    population.search(population.make(cognito, users))
    gc.collect()
    print(tracemalloc.get_traced_memory()[0] / users)
