//! Variables of the environment that must not steer the product.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// The prefix of the variables of Postgres' client library, which the database driver reads, too.
const POSTGRES_PREFIX: &str = "PG";

/// Starts this program again without the user's Postgres variables, if there are any. `PGOPTIONS` could turn off
/// `synchronous_commit`, so that acknowledged orders are lost; `PGSSLMODE` could keep every connection from opening. The
/// settings of an instance say everything about its connections.
///
/// # Errors
/// When the program cannot be started again.
pub fn forget_postgres_variables() -> std::io::Result<()> {
    let names: Vec<OsString> = std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| name.to_string_lossy().starts_with(POSTGRES_PREFIX))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1));
    for name in names {
        again.env_remove(name);
    }
    // Returns only if it fails; the process keeps its id.
    Err(again.exec())
}
