"""Parses connection URLs with the libraries that applications use.

Reads a JSON list of URLs; prints a JSON list with what each reader found in each: user,
password, database, hosts and ports in order, target_session_attrs and sslmode, or its error
as a text.
"""

import inspect
import json
import sys
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg.connect_utils
import dj_database_url
import psycopg.conninfo
import sqlalchemy


def main():
    readers = [with_urllib, with_sqlalchemy, with_psycopg, with_asyncpg, with_django]
    answers = [
        {reader.__name__.removeprefix("with_"): ask(reader, url) for reader in readers}
        for url in json.load(sys.stdin)
    ]
    json.dump(answers, sys.stdout)


def ask(reader, url):
    try:
        return reader(url)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def found(values, database="dbname"):
    """From parameters with libpq's names."""
    return {
        "user": values["user"],
        "password": values.get("password") or None,
        "database": values[database],
        "hosts": values["host"].split(","),
        "ports": [int(port) for port in values["port"].split(",")],
        "target": values["target_session_attrs"],
        "sslmode": values.get("sslmode"),
    }


def with_urllib(url):
    parts = urlsplit(url)
    if parts.hostname is not None or parts.port is not None:
        raise ValueError("the URL has a host")
    return found(
        {name: values[-1] for name, values in parse_qs(parts.query).items()}
        | {
            "user": unquote(parts.username),
            "password": parts.password and unquote(parts.password),
            "dbname": unquote(parts.path.removeprefix("/")),
        }
    )


def with_sqlalchemy(url):
    made = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
    _, values = sqlalchemy.create_engine(made).dialect.create_connect_args(made)
    return found(values)


def with_psycopg(url):
    return found(psycopg.conninfo.conninfo_to_dict(url))


def with_asyncpg(url):
    # Its only URL parser is private, and its parameters keep growing.
    read = asyncpg.connect_utils._parse_connect_dsn_and_args
    arguments = dict.fromkeys(inspect.signature(read).parameters)
    addresses, parameters = read(**arguments | {"dsn": url})
    mode = {None: None, False: None}.get(parameters.ssl, "require")
    return {
        "user": parameters.user,
        "password": parameters.password,
        "database": parameters.database,
        "hosts": [host for host, _ in addresses],
        "ports": [port for _, port in addresses],
        "target": parameters.target_session_attrs.value,
        # It tries TLS first unless told otherwise.
        "sslmode": mode if "sslmode=" in url else None,
    }


def with_django(url):
    made = dj_database_url.parse(url)
    # Django passes its OPTIONS to the driver, and omits the empty settings beside them.
    if made["HOST"] or made["PORT"]:
        raise ValueError("the URL has a host")
    return found(
        made["OPTIONS"]
        | {"user": made["USER"], "password": made["PASSWORD"], "dbname": made["NAME"]}
    )


main()
