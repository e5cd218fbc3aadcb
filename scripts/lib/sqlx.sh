# shellcheck shell=bash
# The offline data of the query macros (.sqlx): a database's description of each statement, so that a build needs no
# database. The macros write it for every statement that they expand, if SQLX_OFFLINE_DIR is a folder and
# DATABASE_URL a database.

# sqlx_migrations: lists the migrations of all crates, ordered by version.
sqlx_migrations() {
  local file
  for file in "$root"/*/migrations/*.sql; do printf '%s\t%s\n' "${file##*/}" "$file"; done | sort -n | cut -f 2
}

# sqlx_database URL: creates a database on that server, applies all migrations, and prints its URL.
sqlx_database() {
  local name psql file
  name=waybill_sqlx_$$
  psql=$(postgres_find_binaries)/psql
  "$psql" -Xq -v ON_ERROR_STOP=1 -d "$1" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" -c "CREATE DATABASE $name" >&2 ||
    die "Couldn't create a database on the server of WAYBILL_TEST_POSTGRES_URL."
  while read -r file; do
    PGOPTIONS='-c client_min_messages=warning' "$psql" -Xq -v ON_ERROR_STOP=1 --single-transaction -d "${1%/*}/$name" -f "$file" >&2 ||
      die "Migration ${file#"$root"/} failed."
  done < <(sqlx_migrations)
  printf '%s/%s\n' "${1%/*}" "$name"
}

# sqlx_drop_database URL SERVER_URL
sqlx_drop_database() {
  "$(postgres_find_binaries)/psql" -Xq -d "$2" -c "DROP DATABASE IF EXISTS ${1##*/} WITH (FORCE)"
}

# sqlx_sources: lists the files that contain statements, NUL-terminated.
sqlx_sources() {
  find "$root" \( -name target -o -name node_modules -o -name '.*' \) ! -path "$root" -prune -o -name '*.rs' -print0 |
    xargs -0 grep -l -Z -E 'query(_as|_scalar)?(_unchecked)?!'
}

# sqlx_state: prints a hash of everything that the descriptions of the statements depend on.
sqlx_state() {
  {
    "$(postgres_find_binaries)/postgres" --version
    {
      sqlx_sources
      find "$root/.sqlx" "$root"/*/migrations "$root/Cargo.lock" -type f -print0
    } | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

# sqlx_describe FOLDER SERVER_URL CARGO_ARGUMENT…: runs cargo on the workspace, checks the statements against a live
# schema, and writes their offline data to FOLDER.
sqlx_describe() {
  local folder=$1 server=$2 url status=0
  shift 2
  url=$(sqlx_database "$server") || exit 1
  # Cargo does not notice schema changes, so touch the files that contain statements.
  sqlx_sources | xargs -0 -r touch
  run_child env --chdir="$root" SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$folder" DATABASE_URL="$url" cargo "$@" || status=$?
  sqlx_drop_database "$url" "$server" || true
  return "$status"
}

# sqlx_compare FOLDER: checks that .sqlx equals the new descriptions in FOLDER.
sqlx_compare() {
  diff -r -q -- "$root/.sqlx" "$1" >&2 ||
    die "The committed query data in .sqlx is out of date. Run ./scripts/sqlx-prepare and commit the result."
  say "$(find "$1" -name '*.json' | wc -l) statements match .sqlx."
}
