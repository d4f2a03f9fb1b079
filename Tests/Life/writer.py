"""A typical application: SQLAlchemy and the rendered URL, in a namespace with the declared
client's address. Writes numbered rows, and notes those that were acknowledged.

usage: writer.py ENV_FILE NOTES, where NOTES gets a line of JSON for each row whose commit
returned: its number, the time, and the server. A number is used only once, since the fate of
a row whose commit failed is unknown.
"""

import json
import os
import re
import sys
import time
from pathlib import Path

import sqlalchemy

# So that an unreachable server is given up within seconds. There is no limit per statement: a
# commit that waits for a replica would be cancelled, and would return as if it had succeeded.
PATIENCE = {
    "connect_timeout": 2,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
}
PAUSE = 0.04

ADDRESS = sqlalchemy.text("SELECT host(inet_server_addr())")
INSERT = sqlalchemy.text("INSERT INTO life_rows (n) VALUES (:n)")


def main(env_file, notes):
    number = 0
    with open(notes, "a", encoding="utf-8", buffering=1) as file:
        while True:
            try:
                # Read again each time: the topology changes, and its URL with it.
                engine = sqlalchemy.create_engine(
                    url(env_file), connect_args=PATIENCE, poolclass=sqlalchemy.NullPool
                )
                with engine.connect() as connection:
                    server = connection.execute(ADDRESS).scalar_one()
                    connection.commit()
                    while True:
                        number += 1
                        connection.execute(INSERT, {"n": number})
                        connection.commit()
                        line = {"n": number, "at": time.time(), "server": server}
                        file.write(json.dumps(line) + "\n")
                        time.sleep(PAUSE)
            except (sqlalchemy.exc.SQLAlchemyError, OSError, KeyError) as error:
                print(f"{time.time():.1f} after {number}: {first_line(error)}", flush=True)
                time.sleep(0.2)


def url(env_file):
    """PRIMARY_DATABASE_URL of the rendered file, whose password is a variable."""
    variables = {}
    for line in Path(env_file).read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r'(\w+)="?(.*?)"?', line):
            variables[match[1]] = os.path.expandvars(match[2])
    os.environ["PGPASSWORD"] = variables["PGPASSWORD"]
    made = sqlalchemy.make_url(variables["PRIMARY_DATABASE_URL"])
    return made.set(drivername="postgresql+psycopg")


def first_line(error):
    return str(error).splitlines()[0] if str(error) else type(error).__name__


if __name__ == "__main__":
    main(*sys.argv[1:])
