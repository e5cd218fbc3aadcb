# shellcheck shell=bash
# Starts, stops and shows Postgres and Kafka of one instance.

# services_choose_log WANTED: sets instance_log. If Kafka cannot be installed, prints a message and uses the embedded log.
services_choose_log() {
  instance_log=embedded
  if [[ $1 != embedded ]]; then
    if kafka_prepare; then
      instance_log=kafka
      [[ -n $instance_kafka_port ]] || instance_kafka_port=$(free_port)
    else
      say "Continuing with the embedded log: everything works the same, without Kafka topics."
    fi
  fi
}

services_start() {
  postgres_start
  if [[ $instance_log == kafka ]]; then kafka_start; fi
}

# Stops both in parallel: Kafka does not need Postgres.
services_stop() {
  kafka_stop &
  postgres_stop
  wait "$!"
}

# services_status: prints one line per service; status 3 if one that should run is stopped.
services_status() {
  local pid status=0
  pid=$(postgres_pid)
  if [[ -n $pid ]]; then
    printf 'postgres running pid=%s port=%s\n' "$pid" "$instance_postgres_port"
  else
    printf 'postgres stopped\n'
    status=3
  fi
  pid=$(kafka_pid)
  if [[ -n $pid ]]; then
    printf 'kafka running pid=%s port=%s\n' "$pid" "$instance_kafka_port"
  elif [[ $instance_log == kafka ]]; then
    printf 'kafka stopped\n'
    status=3
  else
    printf 'kafka unused\n'
  fi
  return "$status"
}
