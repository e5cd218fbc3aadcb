# shellcheck shell=bash
# Postgres and Kafka of one instance together.

# services_choose_log WANTED: sets instance_log; without a broker to be had it says so and chooses the embedded log.
services_choose_log() {
  instance_log=embedded
  if [[ $1 != embedded ]]; then
    if kafka_prepare; then
      instance_log=kafka
      [[ -n $instance_kafka_port ]] || instance_kafka_port=$(free_port)
    else
      say "Going on with the embedded log: orders work the same, without a Kafka topic."
    fi
  fi
}

services_start() {
  postgres_start
  if [[ $instance_log == kafka ]]; then kafka_start; fi
}

# Kafka first: nothing it does needs Postgres, and both are asked at the same time.
services_stop() {
  kafka_stop &
  postgres_stop
  wait "$!"
}

# services_status: one line each; false when one that should run does not.
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
