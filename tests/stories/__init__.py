"""Random work on posts and base together, as writers, hands and commands do it: nothing may be lost on the way.

    python -m tests.stories [COUNT [FIRST [STEPS]]]

Each seed, from the first on, is a story of its own, in a base that is thrown away: on the server that DATABASE_URL
names, or on SQLite.
"""
