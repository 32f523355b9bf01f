"""Random work on posts and base by writers, editors and commands, after which nothing may be lost.

python -m tests.stories [COUNT [FIRST [STEPS]]]

Each seed, from FIRST on, gives another story in a temporary base: on the server that DATABASE_URL names, or on SQLite.
"""
