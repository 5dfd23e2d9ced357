"""Reading the journal on into the documents that search looks in."""

from django.db import connection

#: Entries read in one go: less than a second, so that a job may be stopped between two.
CHUNK = 5_000


def catch_up(most: int = CHUNK) -> int:
    """Read the next entries of the journal into the documents; answers how far it got, nothing where all is read.

    Any session may call it: the database's own function writes, and tells nothing of what it read. A second caller
    finds the first at work and answers nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_catch_up(%s)", [most])
        return int(cursor.fetchone()[0])
