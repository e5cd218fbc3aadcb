# shellcheck shell=bash
# The instance's own Apache Kafka: one process, broker and controller (KRaft), in DIR/kafka.
# Its jars are resolved by Maven once per version and user, into the cache folder.

kafka_pom=$root/scripts/kafka/pom.xml
kafka_version=$(sed -n 's/.*<kafka.version>\(.*\)<.*/\1/p' "$kafka_pom")
kafka_jars=$cache/kafka-$kafka_version
kafka_java_min=17

kafka_home() { printf '%s/kafka' "$instance_dir"; }
kafka_pid_file() { printf '%s/kafka/kafka.pid' "$instance_dir"; }
kafka_log() { printf '%s/kafka/server.log' "$instance_dir"; }
# The broker's command line carries this word, so that its pid can be told from any other.
kafka_mark() { printf -- '-Dwaybill.kafka=%s/kafka' "$instance_dir"; }

# java_find: a Java that Kafka runs on.
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

# kafka_prepare: Java and the jars, or false after saying what is missing.
kafka_prepare() {
  if ! packages_for_java; then
    say "Java $kafka_java_min or newer is not here and could not be installed."
    return 1
  fi
  [[ ! -d $kafka_jars ]] || return 0
  if ! packages_for_maven; then
    say "Maven, which fetches Kafka's jars, is not here and could not be installed."
    return 1
  fi
  kafka_resolve
}

# kafka_resolve: Maven copies the jars into a folder that gets its name when it is complete.
kafka_resolve() {
  local log=$cache/maven.log part=$kafka_jars.$$
  mkdir -p -- "$cache"
  : >"$log"
  if ! run_quietly "Fetching Kafka $kafka_version with Maven" "$log" timeout 900 \
    mvn --batch-mode --no-transfer-progress -Dstyle.color=never -f "$kafka_pom" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part"; then
    rm -rf -- "$part"
    say "Maven could not fetch Kafka's jars; the whole story is in $log:"
    grep -m 2 'ERROR' -- "$log" | cut -c 1-300 | sed 's/^/      /' >&2 || true
    return 1
  fi
  # Another run may have been quicker; its folder is as good.
  if mv -T -- "$part" "$kafka_jars" 2>/dev/null; then
    kafka_archive_classes
  else
    rm -rf -- "$part"
  fi
}

# kafka_archive_classes: a broker that runs once and stops leaves its loaded classes behind in an archive, which
# spares every later start a third of its time and 20 MB. Without the archive all works the same.
kafka_archive_classes() {
  local instance_dir=$kafka_jars/first-run instance_logs=$kafka_jars/first-run instance_kafka_port pid
  instance_kafka_port=$(free_port)
  step "Preparing Kafka for quick starts (once)"
  mkdir -p -- "$(kafka_home)"
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

# kafka_properties CONTROLLER_PORT: paths are relative to DIR/kafka, where the broker runs.
kafka_properties() {
  cat <<CONF
# Written by Waybill's scripts at each start.
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$1
listeners=PLAINTEXT://127.0.0.1:$instance_kafka_port,CONTROLLER://127.0.0.1:$1
advertised.listeners=PLAINTEXT://127.0.0.1:$instance_kafka_port
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
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

# After a kill the broker may register again once its old session is over: soon, as nobody else could take over.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500

# One node on a small machine.
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
log.cleaner.dedupe.buffer.size=16777216
CONF
}

# kafka_java OPTION… CLASS ARGUMENT…: in DIR/kafka, and in a session of its own, where Ctrl-C does not reach it.
kafka_java() {
  cd -- "$(kafka_home)" || return 1
  # Nobody waits for the broker: when the machine is busy, commands and Postgres come first.
  exec nice -n 10 setsid "$(java_find)" -Djava.awt.headless=true -Dlog4j2.configurationFile="$root/scripts/kafka/log4j2.xml" \
    -cp "$kafka_jars/*" "$@"
}

# kafka_format: an empty log folder with a cluster id, renamed into place when it is complete.
kafka_format() {
  local home log=$instance_logs/kafka-format.log
  home=$(kafka_home)
  rm -rf -- "$home/data" "$home/data.new"
  sed 's/^log\.dirs=.*/log.dirs=data.new/' "$home/server.properties" >"$home/format.properties"
  : >"$log"
  # A cluster id is 16 random bytes in URL-safe base64.
  run_quietly "Creating Kafka's log" "$log" kafka_java -Xmx256m -XX:TieredStopAtLevel=1 kafka.tools.StorageTool \
    format --cluster-id="$(random_base64 16 | tr '+/' '-_' | tr -d =)" --config format.properties ||
    die_with_log "Kafka's log could not be created in $home." "$log"
  mv -T -- "$home/data.new" "$home/data"
}

# kafka_pid: the broker's, if it runs.
kafka_pid() {
  local pid
  pid=$(pid_in "$(kafka_pid_file)") || return 0
  if process_has_argument "$pid" "$(kafka_mark)"; then printf '%s\n' "$pid"; fi
}

# kafka_start: returns when the broker answers; does nothing when it runs.
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
    kafka_properties "$(kafka_controller_port)" >"$home/server.properties"
    [[ -e $home/data/meta.properties ]] || kafka_format
    if kafka_launch "${options[@]}"; then return 0; fi
    # Somebody may have taken a port in the meantime.
    grep -q -e 'Address already in use' -e 'different port' "$(kafka_log)" || break
  done
  die_with_log "Kafka does not start in $home." "$(kafka_log)"
}

# The controller's port is for the broker alone and need not stay the same.
kafka_controller_port() {
  local port
  port=$(free_port)
  while [[ $port == "$instance_kafka_port" ]]; do port=$(free_port); done
  printf '%s\n' "$port"
}

# kafka_launch OPTION…: starts the broker and waits for it; false, with nothing left running, when it does not start.
kafka_launch() {
  local log
  log=$(kafka_log)
  if [[ -e $log ]]; then mv -f -- "$log" "$log.1"; fi
  rm -f -- "$(kafka_pid_file)"
  run_quietly "Starting Kafka $kafka_version on port $instance_kafka_port" "$log" kafka_spawn "$@" ||
    { kafka_stop; return 1; }
}

# kafka_spawn OPTION…: the plain compiler and collector do the broker's work with half the processor time of the
# optimising ones, which never earn back what they take on two cores (measured with 1.2 million messages).
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

# kafka_stop: a clean shutdown, so that the next start need not check the log.
kafka_stop() {
  local pid
  pid=$(kafka_pid)
  if [[ -n $pid ]]; then stop_process Kafka "$pid" TERM 60; fi
  rm -f -- "$(kafka_pid_file)"
}
