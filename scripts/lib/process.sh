# shellcheck shell=bash
# Finds processes through pid files, and ports through the kernel's tables: needs no ps, ss, lsof or curl.

# process_alive PID: whether the process exists and is not a zombie.
process_alive() {
  local stat
  [[ $1 =~ ^[0-9]+$ ]] || return 1
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  stat=${stat##*) }
  [[ $stat != Z* && $stat != X* ]]
}

# process_has_argument PID ARGUMENT: whether its command line contains that argument. A pid from a file may belong to
# another program by now, so check this before sending a signal.
process_has_argument() {
  process_alive "$1" || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | grep -qxF -e "$2"
}

# pid_in FILE: prints the pid on the file's first line, if any.
pid_in() {
  local pid=''
  { read -r pid <"$1"; } 2>/dev/null || true
  [[ $pid =~ ^[0-9]+$ ]] && printf '%s\n' "$pid"
}

# wait_for_end PID SECONDS
wait_for_end() {
  local deadline=$((SECONDS + $2))
  while process_alive "$1"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05 9>&-
  done
}

# stop_process NAME PID SIGNAL SECONDS: sends the signal, waits, and kills the process after the timeout.
stop_process() {
  process_alive "$2" || return 0
  kill -s "$3" -- "$2" 2>/dev/null || true
  if ! wait_for_end "$2" "$4"; then
    say "$1 (pid $2) did not stop within $4 s; killing it."
    kill -s KILL -- "$2" 2>/dev/null || true
    wait_for_end "$2" 10 || true
  fi
}

# descendants PID: prints all descendants, the deepest first.
descendants() {
  local child children
  read -r -a children < <(cat "/proc/$1/task/"*/children 2>/dev/null | tr '\n' ' ')
  for child in "${children[@]}"; do
    descendants "$child"
    printf '%s\n' "$child"
  done
}

# stop_child: stops the current background process (see run_child) and its descendants. Background processes ignore
# Ctrl-C, and cargo and npm leave their own children running when they end.
stop_child() {
  local pids
  [[ -n $child_pid ]] || return 0
  mapfile -t pids < <(descendants "$child_pid")
  kill -s TERM -- "$child_pid" "${pids[@]}" 2>/dev/null || true
  wait_for_end "$child_pid" 20 || kill -s KILL -- "$child_pid" "${pids[@]}" 2>/dev/null || true
  child_pid=''
}

# port_in_use PORT: whether a process listens on that port, on any local address.
port_in_use() {
  local hex tables=(/proc/net/tcp)
  printf -v hex ':%04X' "$1"
  [[ -r /proc/net/tcp6 ]] && tables+=(/proc/net/tcp6)
  awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }' "${tables[@]}"
}

# free_port: prints an unused port below the kernel's range for outgoing connections.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! port_in_use "$port"; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  die "No free port was found between 20000 and 32000."
}

# http_status PORT PATH: prints the HTTP status of a GET on 127.0.0.1, or nothing.
http_status() {
  local line=''
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    read -r -t 5 line <&3 || true
    exec 3>&-
  } 2>/dev/null
  [[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# random_hex BYTES, random_base64 BYTES
random_hex() { od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }
random_base64() { head -c "$1" /dev/urandom | base64 -w 0; }
