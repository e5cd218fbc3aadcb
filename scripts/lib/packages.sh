# shellcheck shell=bash
# Debian and Ubuntu packages: installs only missing tools, with apt-get, and with sudo if the user is not root.
# An existing tool is used wherever it came from.

packages_updated=''

# as_root COMMAND…
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# packages_may_install WHAT: whether apt-get can be used; asks for the sudo password once if necessary.
packages_may_install() {
  if ! command -v apt-get >/dev/null; then
    say "Can't install $1: apt-get not found."
    return 1
  fi
  if ((EUID == 0)) || sudo -n true 2>/dev/null; then return 0; fi
  if ! command -v sudo >/dev/null; then
    say "Can't install $1: this needs root, and sudo was not found."
    return 1
  fi
  say "Installing $1 needs sudo."
  sudo -v
}

packages_apt() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y \
    -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Options::=--force-confold \
    --no-install-recommends "$@"
}

# packages_update: updates the package lists once per run. Old lists refer to files that mirrors no longer have.
packages_update() {
  [[ -z $packages_updated ]] || return 0
  run_quietly "Updating the package lists" "$cache/packages.log" packages_apt update || return 1
  packages_updated=yes
}

# packages_install PACKAGE…: false if they could not be installed; the log has the reason.
packages_install() {
  packages_may_install "$*" || return 1
  mkdir -p -- "$cache"
  packages_update || return 1
  if [[ " $* " == *" postgresql "* ]]; then
    packages_install_postgres_common || return 1
  fi
  local status=0
  run_quietly "Installing $*" "$cache/packages.log" packages_apt install "$@" || status=$?
  packages_restore_cluster_default
  return "$status"
}

# Debian's postgresql package creates and starts a default cluster. Waybill uses private clusters, so this is turned
# off while the package is installed, and turned on again afterwards.
cluster_conf=/etc/postgresql-common/createcluster.conf
cluster_line='create_main_cluster = false # set by waybill while it installs PostgreSQL'

packages_install_postgres_common() {
  [[ ! -e $cluster_conf ]] || return 0
  run_quietly "Installing postgresql-common" "$cache/packages.log" packages_apt install postgresql-common || return 1
  printf '%s\n' "$cluster_line" | as_root tee -a "$cluster_conf" >/dev/null
}

packages_restore_cluster_default() {
  if grep -qxF "$cluster_line" "$cluster_conf" 2>/dev/null; then
    as_root sed -i '/set by waybill while it installs PostgreSQL$/d' "$cluster_conf"
  fi
}

# packages_require WHAT PACKAGE…: installs them, or ends the script with an error message.
packages_require() {
  local what=$1
  shift
  packages_install "$@" || die_with_log \
    "Couldn't install $what, which is required. Run as root: apt-get install $*" "$cache/packages.log"
}

# packages_known PACKAGE: whether the package lists contain it.
packages_known() { [[ -n $(apt-cache madison "$1" 2>/dev/null) ]]; }

# packages_for_build: installs a C compiler for librdkafka, aws-lc and zlib, which are built from source.
packages_for_build() {
  local missing=()
  if ! command -v cc >/dev/null || ! command -v c++ >/dev/null || ! command -v make >/dev/null; then
    missing+=(build-essential)
  fi
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
  if ((${#missing[@]})); then packages_require "a C compiler" "${missing[@]}"; fi
}

# packages_for_postgres: installs PostgreSQL.
packages_for_postgres() {
  [[ -n $(postgres_find_binaries) ]] || packages_require "PostgreSQL" postgresql
}

# packages_for_java: installs a Java that is new enough for Kafka; false if that fails.
packages_for_java() {
  local package
  [[ -z $(java_find) ]] || return 0
  packages_may_install "Java" || return 1
  packages_update || return 1
  for package in openjdk-21-jre-headless openjdk-17-jre-headless openjdk-25-jre-headless default-jre-headless; do
    if packages_known "$package"; then
      packages_install "$package" || return 1
      break
    fi
  done
  [[ -n $(java_find) ]]
}

# packages_for_maven: installs Maven; false if that fails.
packages_for_maven() { command -v mvn >/dev/null || packages_install maven; }

# packages_for_browser: sets "chromium" to a browser for the tests.
packages_for_browser() {
  chromium=$(chromium_find)
  if [[ -z $chromium ]] && ! grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    packages_require "Chromium" chromium
    chromium=$(chromium_find)
  fi
  # Ubuntu's package only installs a snap, so Playwright's browser is used there.
  if [[ -z $chromium ]]; then
    (cd "$root/web" && run_quietly "Downloading Chromium" "$cache/packages.log" \
      as_root env PATH="$PATH" PLAYWRIGHT_BROWSERS_PATH="$cache/browsers" npx playwright-core install --with-deps chromium) ||
      die_with_log "Couldn't install Chromium, which the browser tests need." "$cache/packages.log"
    chromium=$(chromium_find)
  fi
  [[ -n $chromium ]] || die "Couldn't find Chromium, which the browser tests need."
}

chromium_find() {
  local candidate
  for candidate in "${WAYBILL_CHROMIUM:-}" chromium google-chrome-stable google-chrome "$cache"/browsers/chromium-*/chrome-linux*/chrome; do
    if [[ -n $candidate ]] && candidate=$(command -v -- "$candidate"); then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
}
