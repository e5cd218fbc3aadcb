# shellcheck shell=bash
# Messages of the scripts. Progress goes to stderr, results go to stdout.

if [[ -t 2 ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' red='' plain=''
fi

# Pid of the current background process; a trap stops it.
child_pid=''

step() { printf '%s==>%s %s\n' "$bold" "$plain" "$*" >&2; }
say() { printf '    %s\n' "$*" >&2; }

# Ends the script with an error message.
die() {
  printf '%sError:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}

# print_help SCRIPT: prints the comment at the top of the script.
print_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# run_child COMMAND…: runs it in the background and waits, so that a signal to this script can stop it. (Bash runs
# traps immediately during wait, but not while a command runs in the foreground.)
run_child() {
  local status=0
  "$@" 9>&- &
  child_pid=$!
  wait "$child_pid" || status=$?
  child_pid=''
  return "$status"
}

# run_quietly LABEL LOG COMMAND…: runs it with its output in LOG and shows the elapsed time.
run_quietly() {
  local label=$1 log=$2 started=$SECONDS status=0 elapsed shown=0
  shift 2
  step "$label"
  "$@" >>"$log" 2>&1 </dev/null 9>&- &
  child_pid=$!
  while kill -0 "$child_pid" 2>/dev/null; do
    elapsed=$((SECONDS - started))
    if ((elapsed > shown)); then
      if [[ -t 2 ]]; then
        printf '\r    %d s' "$elapsed" >&2
        shown=$elapsed
      elif ((elapsed >= shown + 15)); then
        say "still running after $elapsed s"
        shown=$elapsed
      fi
    fi
    sleep 0.1 9>&-
  done
  wait "$child_pid" || status=$?
  child_pid=''
  if [[ -t 2 ]] && ((shown > 0)); then printf '\r\e[K' >&2; fi
  return "$status"
}

# show_log_end LOG [LINES]: prints the last lines of a log, indented.
show_log_end() {
  [[ -s $1 ]] || return 0
  say "Last lines of $1:"
  tail -n "${2:-12}" -- "$1" | sed 's/^/      /' >&2
}

# megabytes_free FOLDER
megabytes_free() { df --output=avail -B1M -- "$1" | tail -n 1 | tr -d ' '; }

# require_space FOLDER MEGABYTES: ends the script if less disk space is free.
require_space() {
  local free
  free=$(megabytes_free "$1")
  if ((free < $2)); then
    die "Not enough disk space for $1: $free MB are free, and Waybill needs $2 MB to start."
  fi
}

# die_with_log MESSAGE LOG: ends the script with the message and the end of the log, or says that the disk is full.
die_with_log() {
  if tail -n 40 -- "$2" 2>/dev/null | grep -q -e 'No space left on device' -e 'Disk quota exceeded'; then
    die "$1 The disk is full (\"No space left on device\" in $2)."
  fi
  show_log_end "$2"
  die "$1"
}
