# shellcheck shell=bash
# The instance's private Postgres cluster, in DIR/postgres.
#
# Postgres refuses to run as root. For root, the scripts therefore run it in a user namespace in which root is an
# ordinary user: this needs no account and no change of owner, and works below /root. If namespaces are not allowed,
# or the folder is not accessible from one, a system account runs it in /var/lib/waybill, and DIR/postgres is a
# symbolic link to the cluster. Later runs detect the method by the owner of the cluster.

postgres_account='waybill-postgres'
postgres_home=/var/lib/waybill

postgres_link() { printf '%s/postgres' "$instance_dir"; }
postgres_cluster() { realpath -m -- "$instance_dir/postgres"; }
postgres_log() { printf '%s/postgres/server.log' "$instance_dir"; }

# postgres_find_binaries [VERSION]: prints the folder with the programs of the newest Postgres server, or of VERSION.
postgres_find_binaries() {
  local folder folders
  mapfile -t folders < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V -r)
  if command -v pg_config >/dev/null; then folders+=("$(pg_config --bindir)"); fi
  if command -v initdb >/dev/null; then folders+=("$(dirname -- "$(command -v initdb)")"); fi
  for folder in "${folders[@]}"; do
    [[ -x $folder/postgres && -x $folder/initdb && -x $folder/psql ]] || continue
    if [[ -z ${1:-} || $("$folder/postgres" --version) == *" $1"[.\ ]* ]]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
}

postgres_namespace() { unshare --user --map-user=1000 --map-group=1000 -- "$@"; }

# postgres_as COMMAND…: runs it as the owner of the cluster, never as root.
postgres_as() {
  local owner group cluster
  cluster=$(postgres_cluster)
  read -r owner group < <(stat -c '%u %g' -- "$cluster")
  if ((EUID != owner && EUID != 0)); then
    die "The database in $cluster belongs to $(stat -c %U -- "$cluster"). Run this as that user, or choose another folder with --data."
  elif ((EUID != 0)); then
    (cd / && "$@")
  elif ((owner == 0)); then
    (cd / && postgres_namespace "$@")
  else
    (cd / && setpriv --reuid="$owner" --regid="$group" --clear-groups -- "$@")
  fi
}

# postgres_place: creates the empty folder of a new cluster where its owner can access it.
postgres_place() {
  local link folder
  link=$(postgres_link)
  rm -f -- "$link"
  (umask 077 && mkdir -p -- "$link")
  if ((EUID != 0)) || postgres_namespace test -w "$link" 2>/dev/null; then return 0; fi
  rmdir -- "$link"
  folder=$postgres_home/$(random_hex 8)
  mkdir -p -- "$postgres_home" && chmod 755 "$postgres_home"
  (umask 077 && mkdir -- "$folder")
  if ! postgres_namespace test -w "$folder" 2>/dev/null; then
    id -u "$postgres_account" >/dev/null 2>&1 ||
      useradd --system --user-group --no-create-home --home-dir "$postgres_home" --shell /usr/sbin/nologin "$postgres_account" ||
      die "Postgres can't run as root, and the account $postgres_account couldn't be created."
    chown "$postgres_account:$postgres_account" "$folder"
  fi
  ln -s -- "$folder" "$link"
  say "Postgres can't run as root in the data folder; its files are in $folder."
}

# postgres_create: creates the cluster with its two roles and its database. No server listens before this is done.
# A marker file beside it tells a later run that this one was interrupted.
postgres_create() {
  local cluster bin log=$instance_logs/initdb.log mark=$instance_dir/postgres.unfinished
  bin=$(postgres_find_binaries)
  : >"$mark"
  # Kafka's data and the demo marker belong to an earlier database of this folder.
  rm -rf -- "$instance_dir/kafka/data" "$instance_dir/demo"
  [[ -d $(postgres_cluster) ]] || postgres_place
  cluster=$(postgres_cluster)
  find "$cluster" -mindepth 1 -delete
  : >"$log"
  run_quietly "Creating the database" "$log" postgres_as "$bin/initdb" \
    --pgdata="$cluster" --username=waybill_owner --auth=trust --no-instructions \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums ||
    die_with_log "Couldn't create the database in $cluster." "$log"
  postgres_prepare | postgres_as "$bin/postgres" --single -D "$cluster" -c min_wal_size=1GB postgres >>"$log" 2>&1 ||
    die_with_log "Couldn't set up the database." "$log"
  if grep -q -e 'ERROR:' -e 'FATAL:' "$log"; then
    die_with_log "Couldn't set up the database." "$log"
  fi
  printf "include 'waybill.conf'\n" >>"$cluster/postgresql.conf"
  printf 'host all all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n' >"$cluster/pg_hba.conf"
  sync -- "$cluster/postgresql.conf" "$cluster/pg_hba.conf"
  rm -f -- "$mark"
}

# Single-user mode reads one statement per line. The last one preallocates 64 files of the write-ahead log, which the
# server then recycles: creating a file takes 50 to 80 ms, during which commits would wait.
postgres_prepare() {
  cat <<SQL
SET password_encryption = 'scram-sha-256'; ALTER ROLE waybill_owner PASSWORD '$instance_owner_password';
SET password_encryption = 'scram-sha-256'; CREATE ROLE waybill_app LOGIN PASSWORD '$instance_app_password';
CREATE DATABASE waybill OWNER waybill_owner;
DO \$\$ BEGIN FOR file IN 1..64 LOOP PERFORM pg_logical_emit_message(false, 'waybill', ''); PERFORM pg_switch_wal(); END LOOP; END \$\$;
SQL
}

# postgres_wal_settings CLUSTER: selects direct I/O for the write-ahead log if the file system supports it (an old
# tmpfs does not). Postgres uses direct I/O only without replicas and archives.
postgres_wal_settings() {
  local probe=$1/waybill.probe
  if dd if=/dev/zero of="$probe" bs=8192 count=1 oflag=direct,dsync 2>/dev/null; then
    printf '%s\n' 'wal_sync_method = open_datasync' 'wal_level = minimal' 'max_wal_senders = 0'
  fi
  rm -f -- "$probe"
}

# postgres_configure CLUSTER: writes Waybill's settings at each start.
postgres_configure() {
  local sockets=''
  # The path of a Unix socket has at most 107 bytes, and its folder must belong to the server.
  if [[ $1 == "$instance_dir/postgres" ]] && ((${#1} < 90)) && [[ $1 != *[\'\"\\,]* ]]; then sockets=$1; fi
  cat >"$1/waybill.conf" <<CONF
# Written by Waybill's scripts at each start. To change settings, use ALTER SYSTEM (postgresql.auto.conf).
listen_addresses = '127.0.0.1'
port = $instance_postgres_port
unix_socket_directories = '$sockets'
unix_socket_permissions = 0700
max_connections = 200
password_encryption = 'scram-sha-256'

# Acknowledged commits are on disk.
fsync = on
synchronous_commit = on
full_page_writes = on
$(postgres_wal_settings "$1")

shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 1GB
min_wal_size = 1GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
random_page_cost = 1.1
jit = off

timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] %q%u@%d '
CONF
}

# postgres_pid: prints the pid of the postmaster if it runs. Another program may have the pid in the file by now.
postgres_pid() {
  local pid cluster
  cluster=$(postgres_cluster)
  pid=$(pid_in "$cluster/postmaster.pid") || return 0
  if process_has_argument "$pid" "$cluster"; then printf '%s\n' "$pid"; fi
}

# postgres_start: starts the server if it is stopped, and creates the cluster if it is missing.
postgres_start() {
  local cluster bin version
  [[ -z $(postgres_pid) ]] || return 0
  if [[ ! -e $(postgres_link) || -e $instance_dir/postgres.unfinished ]]; then postgres_create; fi
  cluster=$(postgres_cluster)
  version=$(cat -- "$cluster/PG_VERSION" 2>/dev/null) ||
    die "The database in $cluster is damaged: it has no PG_VERSION. Restore it, or choose another folder with --data."
  bin=$(postgres_find_binaries "$version")
  [[ -n $bin ]] || die "The database in $cluster needs PostgreSQL $version, which is not installed."
  # A pid file left by a crash names no process, or another program: see postgres_pid.
  rm -f -- "$cluster/postmaster.pid" "$cluster"/.s.PGSQL.*
  for _ in {1..20}; do
    if port_in_use "$instance_postgres_port"; then
      instance_postgres_port=$(free_port)
      instance_save
    fi
    postgres_configure "$cluster"
    if postgres_launch "$cluster" "$bin"; then return 0; fi
    # The children of a killed postmaster need a moment to exit and release its shared memory.
    grep -q -e 'pre-existing shared memory block' -e 'Address already in use' "$(postgres_log)" || break
    sleep 0.5
  done
  die_with_log "The database in $cluster did not start. Restore it, or choose another folder with --data." "$(postgres_log)"
}

# postgres_launch CLUSTER BINARIES: starts the server and waits until it accepts connections.
postgres_launch() {
  local log=$1/server.log
  if [[ -e $log ]]; then mv -f -- "$log" "$log.1"; fi
  run_quietly "Starting Postgres on port $instance_postgres_port" "$instance_logs/postgres.log" postgres_spawn "$@"
}

# postgres_spawn CLUSTER BINARIES: starts the server in a separate session, so that Ctrl-C does not stop it. pg_ctl would
# pass the folder's name through a shell. By default the C library returns memory to the kernel after each statement and
# requests it again for the next, which costs 8 % of a small append. With these settings a session keeps up to 4 MB.
postgres_spawn() {
  local keep=(MALLOC_TRIM_THRESHOLD_=4194304 MALLOC_MMAP_THRESHOLD_=4194304 MALLOC_TOP_PAD_=524288)
  local log=$1/server.log deadline=$((SECONDS + 600))
  : >"$log"
  postgres_as env "${keep[@]}" setsid --fork "$2/postgres" -D "$1" >>"$log" 2>&1 </dev/null 9>&-
  # The eighth line of the pid file is the status.
  until [[ $(sed -n 8p "$1/postmaster.pid" 2>/dev/null) == ready* ]]; do
    if grep -q 'FATAL:' "$log" && [[ -z $(postgres_pid) ]]; then return 1; fi
    if ((SECONDS >= deadline)); then return 1; fi
    sleep 0.05
  done
}

# postgres_stop: a fast shutdown, which writes a checkpoint.
postgres_stop() {
  local pid
  pid=$(postgres_pid)
  if [[ -n $pid ]]; then stop_process Postgres "$pid" INT 120; fi
}
