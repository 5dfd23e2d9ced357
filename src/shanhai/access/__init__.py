"""Who may, under which scope: roles as data, signed-in sessions, and the second wall in the database."""
