# shellcheck shell=bash
# Services for tests and checks: an instance in a temporary folder, deleted when the script ends.

scratch_dir=''

# scratch_start LOG: starts Postgres, and Kafka unless LOG is embedded; exports their addresses for the tests.
scratch_start() {
  trap scratch_end EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  scratch_dir=$(mktemp -d "${TMPDIR:-/tmp}/waybill-test.XXXXXX")
  instance_locate "$scratch_dir/instance"
  instance_make_folder
  instance_open
  packages_for_postgres
  services_choose_log "$1"
  if [[ $1 != "$instance_log" ]]; then
    die "The tests need a real Kafka, which couldn't be installed; see the output above."
  fi
  instance_port=8080
  instance_save
  services_start
  scratch_without_sync
  WAYBILL_TEST_POSTGRES_URL=$(instance_postgres_url waybill_owner "$instance_owner_password" postgres)
  export WAYBILL_TEST_POSTGRES_URL
  if [[ $instance_log == kafka ]]; then
    export WAYBILL_TEST_KAFKA_BROKERS=127.0.0.1:$instance_kafka_port
    export WAYBILL_TEST_KAFKA_USER=$kafka_user WAYBILL_TEST_KAFKA_PASSWORD=$instance_kafka_password
  fi
}

# scratch_without_sync: writes need not survive a power failure here, and waiting for the disk takes a quarter of the time
# of tests.
scratch_without_sync() {
  "$(postgres_find_binaries)/psql" -Xq -d "$(instance_postgres_url waybill_owner "$instance_owner_password" postgres)" \
    -c "ALTER SYSTEM SET fsync = off" -c "SELECT pg_reload_conf()" >/dev/null
}

# scratch_end [STATUS]: stops the services, deletes the folder and ends the script.
scratch_end() {
  local status=${1:-$?}
  trap '' INT TERM HUP
  trap - EXIT
  stop_child
  if [[ -n $scratch_dir ]]; then
    services_stop
    rm -rf -- "$(postgres_cluster)" "$scratch_dir"
  fi
  exit "$status"
}
