"""Random work on posts and base by writers, editors and commands, after which nothing may be lost.

    python -m tests.stories [COUNT [FIRST [STEPS]]]

Each seed, from the first on, is a story of its own, in a temporary base: on the server that DATABASE_URL
names, or on SQLite.
"""
