-- Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
-- Run once by initialize.sh. Passwords come from its environment and stand nowhere here.

\getenv password REPLICATION_PASSWORD
CREATE ROLE "repuser" WITH LOGIN REPLICATION PASSWORD :'password';

\getenv password USER_3_PASSWORD
CREATE ROLE "app" WITH LOGIN PASSWORD :'password';

ALTER DATABASE "app" OWNER TO "app";
