#!/usr/bin/env bash
# Stands in for the entry point of the official postgres image where that image is not available.
# Written from the image's documentation, as far as pgtopo relies on it; only for tests.
#
# As root it gives the data directory to postgres and drops privileges. An empty data
# directory is initialised: initdb, a temporary server with the command's own arguments on the
# socket only, the database, the files in /docker-entrypoint-initdb.d.
set -Eeo pipefail

main() {
  if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
  if [ "$1" = postgres ]; then
    read_variable POSTGRES_PASSWORD
    read_variable POSTGRES_USER postgres
    read_variable POSTGRES_DB "$POSTGRES_USER"
    read_variable POSTGRES_INITDB_ARGS
    mkdir -p "$PGDATA"
    if [ "$(id -u)" = 0 ]; then
      chmod 00700 "$PGDATA"
      find "$PGDATA" ! -user postgres -exec chown postgres {} +
      exec gosu postgres "${BASH_SOURCE[0]}" "$@"
    fi
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
      refuse_old_databases
      initialize "$@"
    fi
  fi
  exec "$@"
}

# X, or the contents of the file that X_FILE names, or a default; never both.
read_variable() {
  local name=$1 file_name=${1}_FILE value=${2:-}
  if [ -n "${!name:-}" ] && [ -n "${!file_name:-}" ]; then
    echo "error: both $name and $file_name are set (but are exclusive)" >&2
    exit 1
  fi
  if [ -n "${!name:-}" ]; then
    value=${!name}
  elif [ -n "${!file_name:-}" ]; then
    value=$(<"${!file_name}")
  fi
  export "$name=$value"
  unset "$file_name"
}

# The images of 18 and later keep data in a folder for each major, as anybody may with an older
# one. Then, and only then, the image looks for data of another major. With any other PGDATA it
# does not look. It does not touch what it finds, but PGDATA itself has been created by then.
refuse_old_databases() {
  if [ -z "$POSTGRES_PASSWORD" ]; then
    echo "Error: Database is uninitialized and superuser password is not specified." >&2
    exit 1
  fi
  [ "$PGDATA" = "/var/lib/postgresql/$PG_MAJOR/docker" ] || return 0
  local folder found=()
  for folder in /var/lib/postgresql /var/lib/postgresql/data /var/lib/postgresql/*/docker; do
    if [ -s "$folder/PG_VERSION" ]; then found+=("$folder"); fi
  done
  if [ ${#found[@]} = 0 ] && [ "$PG_MAJOR" -ge 18 ] && mountpoint -q /var/lib/postgresql/data; then
    found=("/var/lib/postgresql/data (unused mount/volume)")
  fi
  [ ${#found[@]} -gt 0 ] || return 0
  cat >&2 <<END
Error: in 18+, these Docker images are configured to store database data in a format
       with a folder for each major version, but there is PostgreSQL data in:
         ${found[*]}
       (The stand-in for the official image says so, in its own words.)
END
  exit 1
}

initialize() {
  # The arguments are shell words, as in the image.
  eval "initdb --username=\"\$POSTGRES_USER\" \
    --pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS"
  local method
  method=$(postgres -C password_encryption "${@:2}")
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  export PGPASSWORD=$POSTGRES_PASSWORD
  pg_ctl -D "$PGDATA" -w start \
    -o "$(printf '%q ' "${@:2}" -c listen_addresses= -p "${PGPORT:-5432}")"
  if [ "$POSTGRES_DB" != postgres ]; then
    docker_process_sql --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  fi
  docker_process_init_files /docker-entrypoint-initdb.d/*
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
}

# The next two functions have the image's names, which scripts of its users call.
docker_process_sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password \
    --no-psqlrc --dbname "$POSTGRES_DB" "$@"
}

docker_process_init_files() {
  local file
  for file in "$@"; do
    case $file in
      *.sh)
        if [ -x "$file" ]; then
          "$file"
        else
          # shellcheck source=/dev/null
          . "$file"
        fi
        ;;
      *.sql) docker_process_sql -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | docker_process_sql ;;
      *) echo "ignoring $file" ;;
    esac
  done
}

# Sourced, it only defines its functions.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
