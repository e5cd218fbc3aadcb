# shellcheck shell=bash
# The waybill process of an instance, and the lock that lets one run at a time have the data folder.

run_lock() { printf '%s/run.lock' "$instance_dir"; }
run_pid_file() { printf '%s/run.pid' "$instance_dir"; }
waybill_pid_file() { printf '%s/waybill.pid' "$instance_dir"; }
waybill_log() { printf '%s/waybill.log' "$instance_logs"; }

# run_state NEW, or the state that the run in charge has reached: preparing, starting, ready or stopping.
run_state() {
  if (($#)); then
    printf '%s\n' "$1" >"$instance_dir/run.state"
  else
    cat -- "$instance_dir/run.state" 2>/dev/null || true
  fi
}

# run_take_lock SECONDS: descriptor 9 holds the lock for as long as this process lives. Whatever is started
# meanwhile closes its copy, so that nothing left behind by a killed run keeps the folder locked.
run_take_lock() {
  exec 9>>"$(run_lock)"
  flock --timeout "$1" 9
}

# run_claim: takes the folder over, or ends with a sentence when another run has it.
run_claim() {
  if ! run_take_lock 0; then
    case $(run_state) in
      ready) if process_alive "$(pid_in "$(waybill_pid_file)")"; then run_refuse; fi ;;
      preparing | starting) run_refuse ;;
      *) ;;
    esac
    step "Waiting for an earlier run to end"
    run_take_lock 120 || run_refuse
  fi
  printf '%s\n' "$$" >"$(run_pid_file)" 2>/dev/null || die "$(run_pid_file) cannot be written: is the disk full?"
  run_state preparing
}

run_refuse() {
  instance_port=$(instance_value port 2>/dev/null || true)
  die "Waybill runs on this data folder already, at $(instance_public_url) (or is just starting). ./scripts/stop --data $instance_dir stops it."
}

# waybill_pid: the process's, if it runs.
waybill_pid() {
  local pid
  pid=$(pid_in "$(waybill_pid_file)") || return 0
  if process_has_argument "$pid" "$instance_dir"; then printf '%s\n' "$pid"; fi
}

waybill_stop() {
  local pid
  pid=$(waybill_pid)
  if [[ -n $pid ]]; then stop_process Waybill "$pid" TERM 30; fi
  rm -f -- "$(waybill_pid_file)"
}

# waybill_command ARGUMENT…: from the checkout, where the pages and the demo's files are. It takes the place of
# the (sub)shell that calls it.
waybill_command() { cd -- "$root" && exec "$waybill" --data "$instance_dir" "$@"; }

# waybill_prepare EMPTY: brings the database up to date, and loads the demo once.
waybill_prepare() {
  local log=$instance_logs/migrate.log demo=$instance_dir/demo
  : >"$log"
  run_quietly "Bringing the database up to date" "$log" waybill_command migrate ||
    die_with_log "The database could not be brought up to date." "$log"
  if [[ ! -e $demo ]]; then
    if [[ -n $1 ]]; then
      printf 'none\n' >"$demo"
    else
      step "Loading the demo: products, stock, accounts and two weeks of orders"
      # Its progress is on stderr; the accounts on stdout are shown at the end.
      run_child waybill_command demo >"$instance_logs/demo.log" || die "The demo could not be loaded; see the lines above. Running this again goes on where it stopped."
      printf 'loaded\n' >"$demo"
    fi
  fi
}

# waybill_start: in a session of its own, so that Ctrl-C reaches this script alone and it can stop all in order.
waybill_start() {
  local log
  log=$(waybill_log)
  if [[ -e $log ]]; then mv -f -- "$log" "$log.1"; fi
  (
    cd "$root"
    exec setsid "$waybill" --data "$instance_dir" up
  ) >"$log" 2>&1 </dev/null 9>&- &
  printf '%s\n' "$!" >"$(waybill_pid_file)"
}

# waybill_wait_ready PID SECONDS
waybill_wait_ready() {
  local deadline=$((SECONDS + $2))
  until [[ $(http_status "$instance_port" /health/ready) == 200 ]]; do
    process_alive "$1" || return 1
    ((SECONDS < deadline)) || return 1
    sleep 0.1 9>&-
  done
}

# waybill_wait_caught_up SECONDS: until the pages show what is in the log, such as the demo that was just loaded; not
# longer, because after a big import they may take their time.
waybill_wait_caught_up() {
  local deadline=$((SECONDS + $1)) status
  while ((SECONDS < deadline)); do
    if status=$(waybill_command status --json 2>/dev/null) && ! grep '"lag"' <<<"$status" | grep -qv '"lag": 0$'; then
      return 0
    fi
    sleep 0.2 9>&-
  done
}

# waybill_announce DETACHED: what a user needs to know, on stdout. The stop line is the last one.
waybill_announce() {
  local log='Kafka'
  if [[ $instance_log == kafka ]]; then
    log="Kafka $kafka_version at 127.0.0.1:$instance_kafka_port"
  else
    log='embedded (no broker; the consumers follow the event store)'
  fi
  printf '\nWaybill is ready:  %s\n\n' "$(instance_public_url)"
  printf '  log       %s\n  data      %s\n' "$log" "$instance_dir"
  if [[ $(cat -- "$instance_dir/demo" 2>/dev/null) == loaded ]]; then
    printf '  accounts\n'
    waybill_command demo --accounts 2>/dev/null | sed 's/^/    /' || true
  fi
  if [[ -n $1 ]]; then
    printf '\n./scripts/stop --data %q stops it.\n' "$instance_dir"
  else
    printf '\nCtrl-C stops it.\n'
  fi
}
