# shellcheck shell=bash
# What the scripts say. Progress goes to stderr; results go to stdout.

if [[ -t 2 ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' red='' plain=''
fi

# The process that runs in the background for us now; a trap stops it.
child_pid=''

step() { printf '%s==>%s %s\n' "$bold" "$plain" "$*" >&2; }
say() { printf '    %s\n' "$*" >&2; }

# Ends the script with one plain sentence.
die() {
  printf '%sError:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}

# The comment at the head of a script is its help text.
print_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# run_child COMMAND…: runs it with its output shown, and lets a signal to this script end it.
# (Bash runs traps at once while it waits, but not while a command is in the foreground.)
run_child() {
  local status=0
  "$@" 9>&- &
  child_pid=$!
  wait "$child_pid" || status=$?
  child_pid=''
  return "$status"
}

# run_quietly LABEL LOG COMMAND…: runs it with its output in LOG and shows that time passes.
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
        say "still working, $elapsed s"
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

# show_log_end LOG [LINES]: the last lines of a log, indented.
show_log_end() {
  [[ -s $1 ]] || return 0
  say "The last lines of $1:"
  tail -n "${2:-12}" -- "$1" | sed 's/^/      /' >&2
}

# megabytes_free FOLDER
megabytes_free() { df --output=avail -B1M -- "$1" | tail -n 1 | tr -d ' '; }

# require_space FOLDER MEGABYTES: refuses to start what would only fill the disk.
require_space() {
  local free
  free=$(megabytes_free "$1")
  if ((free < $2)); then
    die "The disk that holds $1 is full: $free MB are left, and Waybill needs $2 MB to start."
  fi
}

# die_with_log SENTENCE LOG [FOLDER]: explains a failed program by its log; a full disk gets its own sentence.
die_with_log() {
  if tail -n 40 -- "$2" 2>/dev/null | grep -q -e 'No space left on device' -e 'Disk quota exceeded'; then
    die "$1 The disk is full (\"No space left on device\" in $2)."
  fi
  show_log_end "$2"
  die "$1"
}
