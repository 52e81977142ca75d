#!/bin/bash
# One database and one role for each service, named alike: for every variable ORDER_SERVICE_PASSWORD a role and a
# database order_service. Only its owner may connect to a database, so no service can look into another's.
# Runs once, when the data folder is empty; the PostgreSQL image sees to that.
set -euo pipefail

sql() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres "$@"
}

sql <<'SQL'
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
SQL

for variable in $(compgen -e | grep '_SERVICE_PASSWORD$'); do
    name=${variable%_PASSWORD}
    # The password goes in by the environment, so that no list of processes shows it.
    sql --set name="${name,,}" --set variable="$variable" <<'SQL'
\getenv password :variable
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
    echo "made database ${name,,}"
done
