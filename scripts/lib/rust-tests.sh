# shellcheck shell=bash
# The Rust tests. Cargo would run the test programs sequentially. They mostly wait for Postgres and Kafka, so this
# runs several of them in parallel.

# Number of parallel test programs.
rust_tests_jobs=3

# rust_tests_lint: makes clippy the compiler of the workspace in every build that follows, with warnings as errors. Cargo
# sets the same variables for `cargo clippy`, but only checks then: everything would be compiled a second time for the
# tests.
rust_tests_lint() {
  export RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__
}

# rust_tests_build LIST: builds every test program and writes one line for each to LIST: the folder of its crate, its
# source and the executable. Integration tests come first because they take longest.
rust_tests_build() {
  local artifacts=$1.json
  run_child env --chdir="$root" cargo test --locked --workspace --no-run \
    --message-format=json-render-diagnostics >"$artifacts" || return 1
  sed -n -E 's|^.*"manifest_path":"([^"]*)/Cargo\.toml".*"src_path":"\1/([^"]*)".*"profile":\{[^}]*"test":true\}.*"executable":"([^"]+)".*$|\1\t\2\t\3|p' \
    "$artifacts" | sort -t $'\t' -k 2,2r -k 1,1 >"$1"
  [[ -s $1 ]] || die "Cargo built no test programs."
}

# rust_tests_run LIST FOLDER: runs the programs of LIST and the documentation tests, with their output in FOLDER.
# Prints the complete output of each when it ends; output of failed programs comes last.
rust_tests_run() {
  local failed=()
  {
    cat -- "$1"
    printf '%s\tdocumentation tests\t-\n' "$root"
  } >"$1.jobs"
  mkdir -p -- "$2"
  run_child xargs --arg-file="$1.jobs" --max-procs="$rust_tests_jobs" --delimiter='\n' --max-args=1 \
    "$root/scripts/lib/test-program" "$2" || true
  mapfile -t failed < <(find "$2" -name '*.failed' | sort)
  if (($(find "$2" -name '*.passed' | wc -l) + ${#failed[@]} != $(wc -l <"$1.jobs"))); then
    die "Not every test program finished."
  fi
  if ((${#failed[@]})); then
    cat -- "${failed[@]}"
    printf '\nFailed:\n'
    sed -s -n -e '1s/ *Running/   /p' -- "${failed[@]}"
    return 1
  fi
}
