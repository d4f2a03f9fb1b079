#!/usr/bin/env bash
# Makes roles and databases, then runs the user's own files, on the first start
# of the primary. The image's docker-entrypoint.sh sources it as postgres while a
# temporary server listens on the socket only; entrypoint.sh has read the
# passwords from their files and set PGOPTIONS before.

# On file systems without modes every file is executable, and the image runs
# this file instead of sourcing it.
if ! declare -F docker_process_init_files >/dev/null; then
  # shellcheck source=/dev/null
  source /usr/local/bin/docker-entrypoint.sh
fi

# In shells of their own, since their functions are none of the image's.
(
  # shellcheck source=container.sh
  source /pgtopo/scripts/container.sh
  write_marker "$initialized" "identifier=$(own_identifier)"
)

# The statements hold passwords: whatever the settings say, the server must not
# log them, nor psql repeat them in an error message.
PGOPTIONS="${PGOPTIONS:-} -c log_statement=none -c log_min_error_statement=panic \
-c log_min_duration_statement=-1 -c log_min_duration_sample=-1 -c log_transaction_sample_rate=0 \
-c auto_explain.log_min_duration=-1 -c pgaudit.log=none -c pg_stat_statements.track=none" \
  PGDATABASE=$POSTGRES_DB psql -X -q -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse \
  -U "$POSTGRES_USER" -f /pgtopo/scripts/roles.sql

if [ -d /pgtopo/init ]; then
  docker_process_init_files /pgtopo/init/*
fi

# Done, and entrypoint.sh must know it: from now on this node is the actual primary.
(
  # shellcheck source=container.sh
  source /pgtopo/scripts/container.sh
  claim initialised
  remove_marker "$initialized" "$initializing"
)

# The server that follows inherits this environment.
unset PGOPTIONS
for pgtopo_variable in $(compgen -e); do
  if [[ $pgtopo_variable == *_PASSWORD ]]; then unset "$pgtopo_variable"; fi
done
