# shellcheck shell=bash
# The waybill process of an instance, and the lock that allows one run at a time per data folder.

run_lock() { printf '%s/run.lock' "$instance_dir"; }
run_pid_file() { printf '%s/run.pid' "$instance_dir"; }
waybill_pid_file() { printf '%s/waybill.pid' "$instance_dir"; }
waybill_log() { printf '%s/waybill.log' "$instance_logs"; }

# run_state [NEW]: sets or prints the state of the current run: preparing, starting, ready or stopping.
run_state() {
  if (($#)); then
    printf '%s\n' "$1" >"$instance_dir/run.state"
  else
    cat -- "$instance_dir/run.state" 2>/dev/null || true
  fi
}

# run_take_lock SECONDS: descriptor 9 holds the lock until this process ends. Child processes close their copy, so that
# processes left by a killed run do not keep the folder locked.
run_take_lock() {
  exec 9>>"$(run_lock)"
  flock --timeout "$1" 9
}

# run_claim: takes the lock of the data folder, or ends with an error message if another run holds it.
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
  printf '%s\n' "$$" >"$(run_pid_file)" 2>/dev/null || die "Couldn't write $(run_pid_file). Is the disk full?"
  run_state preparing
}

run_refuse() {
  instance_port=$(instance_value port 2>/dev/null || true)
  die "Waybill is already running or starting on this data folder, at $(instance_public_url). Stop it with ./scripts/stop --data $(printf '%q' "$instance_dir")."
}

# waybill_pid: prints the pid of the process if it runs.
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

# waybill_command ARGUMENT…: runs waybill in the checkout, where the files of the web app and the demo are. It replaces
# the calling (sub)shell.
waybill_command() { cd -- "$root" && exec "$waybill" --data "$instance_dir" "$@"; }

# waybill_prepare EMPTY: migrates the database, and loads the demo once unless EMPTY is set.
waybill_prepare() {
  local log=$instance_logs/migrate.log demo=$instance_dir/demo
  : >"$log"
  run_quietly "Migrating the database" "$log" waybill_command migrate ||
    die_with_log "Couldn't migrate the database." "$log"
  if [[ ! -e $demo ]]; then
    if [[ -n $1 ]]; then
      printf 'none\n' >"$demo"
    else
      step "Loading the demo: products, stock, accounts and two weeks of orders"
      # Progress goes to stderr; the accounts on stdout are shown at the end.
      run_child waybill_command demo >"$instance_logs/demo.log" || die "Couldn't load the demo; see the output above. Run this again to continue where it stopped."
      printf 'loaded\n' >"$demo"
    fi
  fi
}

# waybill_start: starts waybill in a separate session, so that only this script receives Ctrl-C and stops everything in
# order.
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

# waybill_wait_caught_up SECONDS: waits until the read models have caught up with the log, for example after loading
# the demo; at most SECONDS, because this can take long after a large import.
waybill_wait_caught_up() {
  local deadline=$((SECONDS + $1)) status
  while ((SECONDS < deadline)); do
    if status=$(waybill_command status --json 2>/dev/null) && ! grep '"lag"' <<<"$status" | grep -qv '"lag": 0$'; then
      return 0
    fi
    sleep 0.2 9>&-
  done
}

# waybill_announce DETACHED: prints address, data folder and accounts on stdout. The line about stopping is the last
# one; scripts/run waits for it.
waybill_announce() {
  local log='Kafka'
  if [[ $instance_log == kafka ]]; then
    log="Kafka $kafka_version at 127.0.0.1:$instance_kafka_port"
  else
    log='embedded (no broker; consumers follow the event store)'
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
    printf '\nPress Ctrl-C to stop.\n'
  fi
}
