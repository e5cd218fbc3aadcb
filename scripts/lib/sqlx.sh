# shellcheck shell=bash
# The offline data of the query macros (.sqlx): what a live database says about each statement, so that a build
# needs none. The macros write it themselves, for every statement they expand, when SQLX_OFFLINE_DIR names a
# folder and DATABASE_URL a database.

# sqlx_migrations: the migrations of all crates, in the order of their versions.
sqlx_migrations() {
  local file
  for file in "$root"/*/migrations/*.sql; do printf '%s\t%s\n' "${file##*/}" "$file"; done | sort -n | cut -f 2
}

# sqlx_database URL: a new database on that server with every migration applied; prints its URL.
sqlx_database() {
  local name psql file
  name=waybill_sqlx_$$
  psql=$(postgres_find_binaries)/psql
  "$psql" -Xq -v ON_ERROR_STOP=1 -d "$1" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" -c "CREATE DATABASE $name" >&2 ||
    die "No database can be created on the server of WAYBILL_TEST_POSTGRES_URL."
  while read -r file; do
    PGOPTIONS='-c client_min_messages=warning' "$psql" -Xq -v ON_ERROR_STOP=1 --single-transaction -d "${1%/*}/$name" -f "$file" >&2 ||
      die "The migration ${file#"$root"/} does not apply."
  done < <(sqlx_migrations)
  printf '%s/%s\n' "${1%/*}" "$name"
}

# sqlx_drop_database URL SERVER_URL
sqlx_drop_database() {
  "$(postgres_find_binaries)/psql" -Xq -d "$2" -c "DROP DATABASE IF EXISTS ${1##*/} WITH (FORCE)"
}

# sqlx_sources: the files that hold statements, each ended by NUL.
sqlx_sources() {
  find "$root" \( -name target -o -name node_modules -o -name '.*' \) ! -path "$root" -prune -o -name '*.rs' -print0 |
    xargs -0 grep -l -Z -E 'query(_as|_scalar)?(_unchecked)?!'
}

# sqlx_state: changes with everything that the description of a statement depends on.
sqlx_state() {
  {
    "$(postgres_find_binaries)/postgres" --version
    {
      sqlx_sources
      find "$root/.sqlx" "$root"/*/migrations "$root/Cargo.lock" -type f -print0
    } | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

# sqlx_describe FOLDER SERVER_URL CARGO_ARGUMENT…: runs cargo over the whole workspace with the statements
# checked against a live schema, and puts their data into FOLDER.
sqlx_describe() {
  local folder=$1 server=$2 url status=0
  shift 2
  url=$(sqlx_database "$server") || exit 1
  # Cargo does not see that the schema changed, so the files that hold statements are made new for it.
  sqlx_sources | xargs -0 -r touch
  run_child env --chdir="$root" SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$folder" DATABASE_URL="$url" cargo "$@" || status=$?
  sqlx_drop_database "$url" "$server" || true
  return "$status"
}

# sqlx_compare FOLDER: .sqlx holds exactly what the database says.
sqlx_compare() {
  diff -r -q -- "$root/.sqlx" "$1" >&2 ||
    die "The committed query data in .sqlx is not what the migrations and the statements give. Run ./scripts/sqlx-prepare and commit the result."
  say "$(find "$1" -name '*.json' | wc -l) statements agree with .sqlx."
}
