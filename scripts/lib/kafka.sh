# shellcheck shell=bash
# The instance's private Apache Kafka: one process with broker and controller (KRaft), in DIR/kafka.
# Maven downloads its jars once per version and user into the cache folder.

kafka_pom=$root/scripts/kafka/pom.xml
kafka_version=$(sed -n 's/.*<kafka.version>\(.*\)<.*/\1/p' "$kafka_pom")
kafka_jars=$cache/kafka-$kafka_version
kafka_java_min=17

kafka_user=waybill

kafka_home() { printf '%s/kafka' "$instance_dir"; }
kafka_pid_file() { printf '%s/kafka/kafka.pid' "$instance_dir"; }
kafka_log() { printf '%s/kafka/server.log' "$instance_dir"; }
# This argument on the broker's command line identifies the process.
kafka_mark() { printf -- '-Dwaybill.kafka=%s/kafka' "$instance_dir"; }

# java_find: prints the path of a Java that is new enough for Kafka, if any.
java_find() {
  local java major
  for java in "${JAVA_HOME:+$JAVA_HOME/bin/java}" java /usr/lib/jvm/*/bin/java; do
    if [[ -z $java ]] || ! java=$(command -v -- "$java"); then continue; fi
    major=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || continue
    if [[ -n $major ]] && ((major >= kafka_java_min)); then
      printf '%s\n' "$java"
      return 0
    fi
  done
}

# kafka_prepare: installs Java and the jars; false, with a message, if that fails.
kafka_prepare() {
  if ! packages_for_java; then
    say "Couldn't find or install Java $kafka_java_min or newer."
    return 1
  fi
  [[ ! -d $kafka_jars ]] || return 0
  if ! packages_for_maven; then
    say "Couldn't find or install Maven, which downloads Kafka."
    return 1
  fi
  kafka_resolve
}

# kafka_resolve: downloads the jars into a temporary folder and renames it when it is complete.
kafka_resolve() {
  local log=$cache/maven.log part=$kafka_jars.$$
  mkdir -p -- "$cache"
  : >"$log"
  if ! run_quietly "Downloading Kafka $kafka_version with Maven" "$log" timeout 900 \
    mvn --batch-mode --no-transfer-progress -Dstyle.color=never -f "$kafka_pom" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part"; then
    rm -rf -- "$part"
    say "Maven couldn't download Kafka. Full log: $log"
    grep -m 2 'ERROR' -- "$log" | cut -c 1-300 | sed 's/^/      /' >&2 || true
    return 1
  fi
  # Another run may have finished first; its folder is equivalent.
  if mv -T -- "$part" "$kafka_jars" 2>/dev/null; then
    kafka_archive_classes
  else
    rm -rf -- "$part"
  fi
}

# kafka_archive_classes: starts and stops a broker once to create a class data sharing archive. The archive saves a
# third of the time and 20 MB at every later start. It is optional.
kafka_archive_classes() {
  local instance_dir=$kafka_jars/first-run instance_logs=$kafka_jars/first-run
  local instance_kafka_port instance_kafka_password pid
  instance_kafka_port=$(free_port)
  instance_kafka_password=$(random_hex 24)
  step "Preparing Kafka for faster starts (first run only)"
  (umask 077 && mkdir -p -- "$(kafka_home)")
  kafka_properties "$(kafka_controller_port)" >"$(kafka_home)/server.properties"
  kafka_format
  kafka_launch -XX:ArchiveClassesAtExit="$kafka_jars/classes.jsa.new" || return 0
  pid=$(kafka_pid)
  kafka_stop
  if ! process_alive "$pid" && [[ -s $kafka_jars/classes.jsa.new ]]; then
    mv -f -- "$kafka_jars/classes.jsa.new" "$kafka_jars/classes.jsa"
  fi
  rm -rf -- "$instance_dir"
}

# kafka_properties CONTROLLER_PORT: prints the configuration. Paths are relative to DIR/kafka, where the broker runs.
# Other users of the machine can reach the ports, so both ask for the password.
kafka_properties() {
  local module=org.apache.kafka.common.security.plain.PlainLoginModule user=$kafka_user password=$instance_kafka_password
  local login="$module required username=\"$user\" password=\"$password\" user_$user=\"$password\";"
  cat <<CONF
# Written by Waybill's scripts at each start.
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$1
listeners=CLIENTS://127.0.0.1:$instance_kafka_port,CONTROLLER://127.0.0.1:$1
advertised.listeners=CLIENTS://127.0.0.1:$instance_kafka_port
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENTS:SASL_PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.controller.protocol=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.clients.plain.sasl.jaas.config=$login
listener.name.controller.plain.sasl.jaas.config=$login
log.dirs=data

# Waybill creates its topics itself, with the retention each one needs.
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0

# After a crash the broker can register only when its old session has expired. The session is short, because there
# is no other broker to take over.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500

# Sized for one node on a small machine.
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
log.cleaner.dedupe.buffer.size=16777216
CONF
}

# kafka_java OPTION… CLASS ARGUMENT…: runs Java in DIR/kafka, in a separate session, so that Ctrl-C does not stop it.
kafka_java() {
  cd -- "$(kafka_home)" || return 1
  # Low priority: no client waits for the broker, and under load commands and Postgres come first.
  exec nice -n 10 setsid "$(java_find)" -Djava.awt.headless=true -Dlog4j2.configurationFile="$root/scripts/kafka/log4j2.xml" \
    -cp "$kafka_jars/*" "$@"
}

# kafka_format: creates an empty log folder with a cluster id and renames it when it is complete.
kafka_format() {
  local home log=$instance_logs/kafka-format.log
  home=$(kafka_home)
  rm -rf -- "$home/data" "$home/data.new"
  sed 's/^log\.dirs=.*/log.dirs=data.new/' "$home/server.properties" >"$home/format.properties"
  : >"$log"
  # A cluster id is 16 random bytes in URL-safe base64.
  run_quietly "Creating Kafka's log" "$log" kafka_java -Xmx256m -XX:TieredStopAtLevel=1 kafka.tools.StorageTool \
    format --cluster-id="$(random_base64 16 | tr '+/' '-_' | tr -d =)" --config format.properties ||
    die_with_log "Couldn't create Kafka's log in $home." "$log"
  mv -T -- "$home/data.new" "$home/data"
}

# kafka_pid: prints the pid of the broker if it runs.
kafka_pid() {
  local pid
  pid=$(pid_in "$(kafka_pid_file)") || return 0
  if process_has_argument "$pid" "$(kafka_mark)"; then printf '%s\n' "$pid"; fi
}

# kafka_start: starts the broker if it is stopped, and waits until it is ready.
kafka_start() {
  local home options=()
  home=$(kafka_home)
  [[ -z $(kafka_pid) ]] || return 0
  (umask 077 && mkdir -p -- "$home")
  if [[ -e $kafka_jars/classes.jsa ]]; then options+=("-XX:SharedArchiveFile=$kafka_jars/classes.jsa"); fi
  for _ in {1..3}; do
    if [[ -z $instance_kafka_port ]] || port_in_use "$instance_kafka_port"; then
      instance_kafka_port=$(free_port)
      instance_save
    fi
    (umask 077 && kafka_properties "$(kafka_controller_port)" >"$home/server.properties")
    [[ -e $home/data/meta.properties ]] || kafka_format
    if kafka_launch "${options[@]}"; then return 0; fi
    # Another program may have taken a port in the meantime.
    grep -q -e 'Address already in use' -e 'different port' "$(kafka_log)" || break
  done
  die_with_log "Kafka in $home did not start." "$(kafka_log)"
}

# Only the broker uses the controller's port, so it can change at each start.
kafka_controller_port() {
  local port
  port=$(free_port)
  while [[ $port == "$instance_kafka_port" ]]; do port=$(free_port); done
  printf '%s\n' "$port"
}

# kafka_launch OPTION…: starts the broker and waits until it is ready. If that fails, stops it and returns false.
kafka_launch() {
  local log
  log=$(kafka_log)
  if [[ -e $log ]]; then mv -f -- "$log" "$log.1"; fi
  rm -f -- "$(kafka_pid_file)"
  run_quietly "Starting Kafka $kafka_version on port $instance_kafka_port" "$log" kafka_spawn "$@" ||
    { kafka_stop; return 1; }
}

# kafka_spawn OPTION…: uses only the C1 compiler and the serial garbage collector. They need half the CPU time of the
# optimising ones, which do not pay off on two cores (measured with 1.2 million messages).
kafka_spawn() {
  local pid deadline=$((SECONDS + 120))
  (
    kafka_java -Xms256m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$@" "$(kafka_mark)" \
      kafka.Kafka server.properties &
    printf '%s\n' "$!" >"$(kafka_pid_file)"
  )
  pid=$(pid_in "$(kafka_pid_file)")
  until grep -q 'Kafka Server started' "$(kafka_log)" && port_in_use "$instance_kafka_port"; do
    if ! process_alive "$pid" || ((SECONDS >= deadline)); then return 1; fi
    sleep 0.1
  done
}

# kafka_stop: shuts down cleanly, so that the next start does not need to check the log.
kafka_stop() {
  local pid
  pid=$(kafka_pid)
  if [[ -n $pid ]]; then stop_process Kafka "$pid" TERM 60; fi
  rm -f -- "$(kafka_pid_file)"
}
