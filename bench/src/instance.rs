//! The measured instance.

use std::path::PathBuf;

/// The addresses of a running instance, and tokens for it.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Host and port of its HTTP server, e.g. `127.0.0.1:8080`.
    pub address: String,
    /// Its data folder, which holds the ids of its processes.
    pub data_dir: PathBuf,
    /// Its Postgres URL, as the owner: for the scratch database of the bare append, and for progress.
    pub postgres_url: String,
    /// The settings of its services' connections.
    pub postgres: platform::config::PostgresConfig,
    /// An access token that may list products, receive stock and watch all orders.
    pub admin_token: String,
    /// Access tokens of customers, shared by the clients.
    pub customer_tokens: Vec<String>,
}
