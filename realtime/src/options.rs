//! The options of a node, with the limit of every queue, buffer and wait.

use std::time::Duration;

/// The options of a node.
#[derive(Debug, Clone)]
pub struct Options {
    /// The identity of the log of the positions: the same on every node, and a different one after the event store is
    /// recreated. A client that resumes with another epoch reads its rows again.
    pub epoch: String,
    /// Origins whose pages may connect, besides the host itself, e.g. `https://shop.example`.
    pub allowed_origins: Vec<String>,
    /// Limits of clients.
    pub limits: Limits,
    /// Intervals and timeouts.
    pub timing: Timing,
    /// Limits of history.
    pub history: HistoryLimits,
}

impl Options {
    /// Returns the defaults for the log `epoch`.
    pub fn new(epoch: impl Into<String>) -> Self {
        Self {
            epoch: epoch.into(),
            allowed_origins: Vec::new(),
            limits: Limits::default(),
            timing: Timing::default(),
            history: HistoryLimits::default(),
        }
    }
}

/// Limits of clients.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum number of channels of one connection, subscribed or being checked.
    pub channels_max: usize,
    /// Maximum size of one message, with all its fragments, in bytes.
    pub message_bytes_max: usize,
    /// Maximum average number of frames per second of one connection.
    pub frames_per_s: u32,
    /// Maximum number of frames of one connection at once.
    pub frames_burst: u32,
    /// Number of malformed messages after which a connection is closed.
    pub malformed_max: u32,
    /// Maximum number of connections of this node.
    pub connections_max: usize,
    /// Maximum number of connections of one account.
    pub connections_per_account_max: usize,
    /// Maximum number of connections from one address.
    pub connections_per_address_max: usize,
    /// Maximum size of the changes waiting for one connection, in bytes. Further changes are read from history later.
    pub outbox_bytes_max: usize,
    /// Maximum size of one message to a client, in bytes, unless the changes of one position are larger.
    pub batch_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            channels_max: 128,
            message_bytes_max: 64 * 1024,
            frames_per_s: 50,
            frames_burst: 200,
            malformed_max: 3,
            connections_max: 20_000,
            connections_per_account_max: 64,
            connections_per_address_max: 512,
            outbox_bytes_max: 128 * 1024,
            batch_bytes_max: 16 * 1024,
        }
    }
}

/// Intervals and timeouts.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Timeout of a client's first `auth` frame.
    pub auth_within: Duration,
    /// Time without a frame after which the server sends a ping.
    pub ping_after: Duration,
    /// Timeout of the answer to a ping.
    pub pong_within: Duration,
    /// Interval between `position` frames.
    pub position_every: Duration,
    /// Maximum time a client may be behind.
    pub slow_after: Duration,
    /// Time for which a client's position may be ahead of the node's, because another node was faster. After it, the
    /// position is one that the log does not have, and the client reads its rows again.
    pub ahead_within: Duration,
    /// Time between the close frame and the shutdown of the socket.
    pub close_within: Duration,
    /// Timeout of a rights check in the read model.
    pub access_within: Duration,
    /// Maximum delay in a `reconnect` frame.
    pub reconnect_delay_max: Duration,
    /// Interval between checks of a connection, which is the precision of all times above.
    pub check_every: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            auth_within: Duration::from_secs(10),
            ping_after: Duration::from_secs(25),
            pong_within: Duration::from_secs(10),
            position_every: Duration::from_secs(5),
            slow_after: Duration::from_secs(15),
            ahead_within: Duration::from_secs(5),
            close_within: Duration::from_secs(2),
            access_within: Duration::from_secs(5),
            reconnect_delay_max: Duration::from_secs(5),
            check_every: Duration::from_secs(1),
        }
    }
}

/// Limits of history, which define how far back a client can resume. The first limit reached applies.
#[derive(Debug, Clone, Copy)]
pub struct HistoryLimits {
    /// Maximum size in bytes; the estimate errs on the high side.
    pub bytes_max: usize,
    /// Maximum number of changes.
    pub changes_max: usize,
    /// Maximum age of a change.
    pub age_max: Duration,
}

impl Default for HistoryLimits {
    fn default() -> Self {
        Self {
            bytes_max: 48 * 1024 * 1024,
            changes_max: 100_000,
            age_max: Duration::from_mins(10),
        }
    }
}
