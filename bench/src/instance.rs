//! The instance that is measured.

use std::path::PathBuf;

/// Where a running instance is, and who may do what on it.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Host and port of its HTTP server, e.g. `127.0.0.1:8080`.
    pub address: String,
    /// Its data folder, where its processes' ids stand.
    pub data_dir: PathBuf,
    /// Its Postgres, as the owner: for the scratch database of the bare append, and for progress.
    pub postgres_url: String,
    /// An access token that may list products, receive stock and watch all orders.
    pub admin_token: String,
    /// Access tokens of customers; the clients share them.
    pub customer_tokens: Vec<String>,
}
