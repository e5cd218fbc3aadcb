# shellcheck shell=bash
# An instance is one data folder. Every program reads the instance's addresses and keys from its instance.toml.
# instance_locate sets the paths, instance_open reads the file into the variables instance_*, instance_save writes it.

instance_dir='' instance_file='' instance_logs=''
instance_port='' instance_log='' instance_postgres_port='' instance_kafka_port=''
instance_owner_password='' instance_app_password='' instance_kafka_password='' instance_token_seed='' instance_data_key=''

# instance_locate FOLDER: sets the paths; creates nothing.
instance_locate() {
  [[ $1 != *$'\n'* && $1 != *,* ]] || die "The data folder's name must not contain a comma or a line break."
  instance_dir=$(realpath -m -- "$1")
  instance_file=$instance_dir/instance.toml
  instance_logs=$instance_dir/logs
}

# instance_make_folder: creates the located folder and its log folder, and checks the free disk space. A new
# instance takes 1.2 GB, including the write-ahead log of its database, and grows.
instance_make_folder() {
  [[ ! -e $instance_dir || -d $instance_dir ]] || die "$instance_dir is not a folder."
  (umask 077 && mkdir -p -- "$instance_logs") 2>/dev/null ||
    die "Couldn't create or write the data folder $instance_dir: $(mkdir -p -- "$instance_logs" 2>&1 | sed 's/.*: //')."
  [[ -w $instance_dir && -w $instance_logs ]] ||
    die "The data folder $instance_dir belongs to $(stat -c %U -- "$instance_dir"). Run this as that user, or choose another folder with --data."
  if [[ -e $instance_file ]]; then require_space "$instance_dir" 100; else require_space "$instance_dir" 2000; fi
}

# instance_open: reads the located instance, or generates the values of a new one.
instance_open() {
  if [[ -e $instance_file ]]; then
    instance_read
  else
    [[ ! -e $instance_dir/postgres ]] ||
      die "$instance_dir contains a database but no instance.toml. The data cannot be read without the keys in that file. Restore it, or choose another folder with --data."
    instance_new
  fi
}

instance_new() {
  instance_owner_password=$(random_hex 24)
  instance_app_password=$(random_hex 24)
  instance_kafka_password=$(random_hex 24)
  instance_token_seed=$(random_base64 32)
  instance_data_key=$(random_base64 32)
  instance_postgres_port=$(free_port)
}

# instance_value KEY: prints the value of a key, without quotes.
instance_value() { sed -n "s/^$1 = \"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" "$instance_file"; }

instance_read() {
  local url='^postgres://[a-z_]+:([0-9a-f]+)@127\.0\.0\.1:([0-9]+)/waybill$'
  [[ -r $instance_file ]] || die "User $(id -un) may not read $instance_file."
  instance_port=$(instance_value port)
  instance_log=$(instance_value log)
  instance_token_seed=$(instance_value token_seed)
  instance_data_key=$(instance_value data_key)
  instance_kafka_port=$(instance_value kafka_brokers)
  instance_kafka_port=${instance_kafka_port##*:}
  instance_kafka_password=$(instance_value kafka_password)
  # Instances of earlier releases have none.
  [[ -n $instance_kafka_password ]] || instance_kafka_password=$(random_hex 24)
  if [[ $(instance_value postgres_admin_url) =~ $url ]]; then
    instance_owner_password=${BASH_REMATCH[1]}
  fi
  if [[ $(instance_value postgres_url) =~ $url ]]; then
    instance_app_password=${BASH_REMATCH[1]}
    instance_postgres_port=${BASH_REMATCH[2]}
  fi
  [[ -n $instance_owner_password && -n $instance_app_password && -n $instance_token_seed && -n $instance_data_key ]] ||
    die "$instance_file is damaged: a password or key is missing or invalid."
}

# Addresses for programs, as written to the file.
instance_postgres_url() { printf 'postgres://%s:%s@127.0.0.1:%s/%s' "$1" "$2" "$instance_postgres_port" "$3"; }
instance_public_url() { printf 'http://127.0.0.1:%s' "$instance_port"; }

# Prints the file of a new instance.
instance_text() {
  cat <<TOML
# One Waybill instance. Written by scripts/run and scripts/services, read by every \`waybill --data DIR\`.
# Keep it with the data: without [secrets], personal data cannot be decrypted.
#
# port                the only public port of this instance: web app, API and sockets
# public_url          address that browsers use
# environment         "development" allows the sandbox payment provider and the demo accounts; "production" refuses to
#                     start with them, with weak keys, with a public http address, or if others can read this file
# payment_provider    "sandbox" (only in development), or "none": payments are refused
# log                 "kafka", or "embedded": consumers follow the event store itself
# kafka_brokers       address of Kafka; absent with the embedded log, as are its user and password
# postgres_url        for the services: a role that can append events but not change them
# postgres_admin_url  for migrations: the owner of the database cluster
# [secrets]           32 random bytes each, in base64, generated once:
#   token_seed          seed of the key pair that signs access tokens
#   data_key            encrypts the keys that encrypt personal data
#
# [http]              allowed_hosts = ["…"]: further names under which clients reach it, besides that of public_url
# [metrics], [telemetry]  settings, see docs/metrics.md; the address of the metrics is in metrics.url beside this file
#
# Each start updates the ports, addresses and log; other changes and additions are kept.
$(instance_settings)
environment = "development"

[secrets]
token_seed = "$instance_token_seed"
data_key = "$instance_data_key"
TOML
}

# Prints the lines that depend on the choices of this start.
instance_settings() {
  printf 'port = %s\n' "$instance_port"
  printf 'public_url = "%s"\n' "$(instance_public_url)"
  printf 'log = "%s"\n' "$instance_log"
  if [[ $instance_log == kafka ]]; then
    printf 'kafka_brokers = "127.0.0.1:%s"\n' "$instance_kafka_port"
    printf 'kafka_user = "%s"\nkafka_password = "%s"\n' "$kafka_user" "$instance_kafka_password"
  fi
  printf 'postgres_url = "%s"\n' "$(instance_postgres_url waybill_app "$instance_app_password" waybill)"
  printf 'postgres_admin_url = "%s"\n' "$(instance_postgres_url waybill_owner "$instance_owner_password" waybill)"
}

# Prints the existing file with these lines updated, at the place of the first of them. A public_url set by the user
# is kept: the scripts replace it only if it is http://127.0.0.1 with a port.
instance_text_updated() {
  SETTINGS=$(instance_settings) awk '
    /^\[/ { in_table = 1 }
    !in_table && /^public_url = / && !/^public_url = "http:\/\/127\.0\.0\.1:[0-9]+"/ { own_url = 1 }
    { lines[NR] = $0; table[NR] = in_table }
    END {
      settings = ENVIRON["SETTINGS"]
      if (own_url) sub(/public_url = [^\n]*\n/, "", settings)
      for (n = 1; n <= NR; n++) {
        ours = !table[n] && lines[n] ~ /^(port|public_url|log|kafka_(brokers|user|password)|postgres_url|postgres_admin_url) = /
        if (ours && own_url && lines[n] ~ /^public_url/) ours = 0
        if (ours && !done) { print settings; done = 1 }
        if (!ours) print lines[n]
      }
    }' "$instance_file"
}

# Writes the file atomically, and only if something changed.
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
    die "Couldn't write $instance_file; $(megabytes_free "$instance_dir") MB are free on its disk."
  fi
  mv -f -- "$instance_file.new" "$instance_file"
}
