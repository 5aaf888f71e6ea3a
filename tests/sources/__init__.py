"""Sources of the tests' own: they speak as Statistics Sweden's and Kolada's do, with made-up figures."""
