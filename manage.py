#!/usr/bin/env python
"""The commands of confnotes: `python manage.py help` lists them."""

import gc
import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from confnotes.environment import EnvironmentFault

# More than the modules make, which stay: Python would look for garbage among them for an eighth of a command's start.
_NEW_OBJECTS = 200_000


def main() -> None:
    """Run one command. Faults that are not the program's own are printed as one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")
    gc.set_threshold(_NEW_OBJECTS)
    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:  # the reader closed the pipe, as `head` does: print no error, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except EnvironmentFault as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(2)
    except (OperationalError, ProgrammingError) as fault:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"The database says: {str(fault).strip()}\n")
        sys.exit("Is it there, and up to date? `python manage.py migrate` makes its tables.")
    finally:
        gc.freeze()  # Python would look for garbage among all modules before it ends, which takes 0.2 s


if __name__ == "__main__":
    main()
