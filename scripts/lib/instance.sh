# shellcheck shell=bash
# An instance is one data folder. Its instance.toml is how every program finds what belongs to it.
# instance_locate sets the paths, instance_open reads the file into the variables instance_*, instance_save writes it.

instance_dir='' instance_file='' instance_logs=''
instance_port='' instance_log='' instance_postgres_port='' instance_kafka_port=''
instance_owner_password='' instance_app_password='' instance_token_seed='' instance_data_key=''

# instance_locate FOLDER: sets the paths; creates nothing.
instance_locate() {
  [[ $1 != *$'\n'* && $1 != *,* ]] || die "The data folder's name may not hold a comma or a line break."
  instance_dir=$(realpath -m -- "$1")
  instance_file=$instance_dir/instance.toml
  instance_logs=$instance_dir/logs
}

# instance_make_folder: the located folder and its logs, if there is room. A new instance takes 1.2 GB with the
# write-ahead log of its database, and grows.
instance_make_folder() {
  [[ ! -e $instance_dir || -d $instance_dir ]] || die "$instance_dir is not a folder."
  (umask 077 && mkdir -p -- "$instance_logs") 2>/dev/null ||
    die "The data folder $instance_dir cannot be created or written: $(mkdir -p -- "$instance_logs" 2>&1 | sed 's/.*: //')."
  [[ -w $instance_dir && -w $instance_logs ]] ||
    die "The data folder $instance_dir belongs to $(stat -c %U -- "$instance_dir"); run this as that user, or choose another with --data."
  if [[ -e $instance_file ]]; then require_space "$instance_dir" 100; else require_space "$instance_dir" 2000; fi
}

# instance_open: reads the located instance, or thinks up a new one.
instance_open() {
  if [[ -e $instance_file ]]; then
    instance_read
  else
    [[ ! -e $instance_dir/postgres ]] ||
      die "$instance_dir holds a database but no instance.toml, and without its keys the data cannot be read. Put the file back, or choose another folder with --data."
    instance_new
  fi
}

instance_new() {
  instance_owner_password=$(random_hex 24)
  instance_app_password=$(random_hex 24)
  instance_token_seed=$(random_base64 32)
  instance_data_key=$(random_base64 32)
  instance_postgres_port=$(free_port)
}

# instance_value KEY: the value of a key, without its quotes.
instance_value() { sed -n "s/^$1 = \"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" "$instance_file"; }

instance_read() {
  local url='^postgres://[a-z_]+:([0-9a-f]+)@127\.0\.0\.1:([0-9]+)/waybill$'
  [[ -r $instance_file ]] || die "$instance_file cannot be read by $(id -un)."
  instance_port=$(instance_value port)
  instance_log=$(instance_value log)
  instance_token_seed=$(instance_value token_seed)
  instance_data_key=$(instance_value data_key)
  instance_kafka_port=$(instance_value kafka_brokers)
  instance_kafka_port=${instance_kafka_port##*:}
  if [[ $(instance_value postgres_admin_url) =~ $url ]]; then
    instance_owner_password=${BASH_REMATCH[1]}
  fi
  if [[ $(instance_value postgres_url) =~ $url ]]; then
    instance_app_password=${BASH_REMATCH[1]}
    instance_postgres_port=${BASH_REMATCH[2]}
  fi
  [[ -n $instance_owner_password && -n $instance_app_password && -n $instance_token_seed && -n $instance_data_key ]] ||
    die "$instance_file is damaged: a password or a key in it is missing or cannot be read."
}

# The addresses for programs, as they stand in the file.
instance_postgres_url() { printf 'postgres://%s:%s@127.0.0.1:%s/%s' "$1" "$2" "$instance_postgres_port" "$3"; }
instance_public_url() { printf 'http://127.0.0.1:%s' "$instance_port"; }

# The file of a new instance.
instance_text() {
  cat <<TOML
# One Waybill instance. Written by scripts/run and scripts/services, read by every \`waybill --data DIR\`.
# Keep it with the data: without [secrets] people's sealed data cannot be read again.
#
# port                the one port of this instance: pages, API and sockets
# public_url          the address that browsers use
# environment         "development" allows the sandbox payment provider and the demo accounts
# log                 "kafka", or "embedded" when the consumers follow the event store itself
# kafka_brokers       where Kafka listens; absent with the embedded log
# postgres_url        for the services: the role that may append events and never change them
# postgres_admin_url  for migrations: the owner of the cluster
# [secrets]           32 random bytes each, in base64, made once:
#   token_seed          the key pair that signs access tokens comes from it
#   data_key            seals the keys under which personal data is encrypted
#
# [metrics], [telemetry]  settings of docs/metrics.md; the port for metrics is kept in metrics.url beside this file
#
# Ports are brought up to date at each start; everything else that is added or changed here stays.
$(instance_settings)
environment = "development"

[secrets]
token_seed = "$instance_token_seed"
data_key = "$instance_data_key"
TOML
}

# The lines that follow from what was chosen at this start.
instance_settings() {
  printf 'port = %s\n' "$instance_port"
  printf 'public_url = "%s"\n' "$(instance_public_url)"
  printf 'log = "%s"\n' "$instance_log"
  if [[ $instance_log == kafka ]]; then
    printf 'kafka_brokers = "127.0.0.1:%s"\n' "$instance_kafka_port"
  fi
  printf 'postgres_url = "%s"\n' "$(instance_postgres_url waybill_app "$instance_app_password" waybill)"
  printf 'postgres_admin_url = "%s"\n' "$(instance_postgres_url waybill_owner "$instance_owner_password" waybill)"
}

# The existing file with those lines brought up to date, in the place of the first of them. An address of the
# user's own stays: public_url is ours only where it names this machine.
instance_text_updated() {
  SETTINGS=$(instance_settings) awk '
    /^\[/ { in_table = 1 }
    !in_table && /^public_url = / && !/^public_url = "http:\/\/127\.0\.0\.1:[0-9]+"/ { own_url = 1 }
    { lines[NR] = $0; table[NR] = in_table }
    END {
      settings = ENVIRON["SETTINGS"]
      if (own_url) sub(/public_url = [^\n]*\n/, "", settings)
      for (n = 1; n <= NR; n++) {
        ours = !table[n] && lines[n] ~ /^(port|public_url|log|kafka_brokers|postgres_url|postgres_admin_url) = /
        if (ours && own_url && lines[n] ~ /^public_url/) ours = 0
        if (ours && !done) { print settings; done = 1 }
        if (!ours) print lines[n]
      }
    }' "$instance_file"
}

# Writes the file whole or not at all, and only when something changed.
instance_save() {
  local text
  if [[ -e $instance_file ]]; then
    text=$(instance_text_updated)
    if [[ $text == "$(cat -- "$instance_file")" ]]; then return 0; fi
  else
    text=$(instance_text)
  fi
  if ! (umask 077 && printf '%s\n' "$text" >"$instance_file.new" && sync -- "$instance_file.new") 2>/dev/null; then
    rm -f -- "$instance_file.new"
    die "$instance_file cannot be written; $(megabytes_free "$instance_dir") MB are left on its disk."
  fi
  mv -f -- "$instance_file.new" "$instance_file"
}
