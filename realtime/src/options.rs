//! The options of a node, with the limit of every queue, buffer and wait.

use std::time::Duration;

/// The options of a node.
#[derive(Debug, Clone)]
pub struct Options {
    /// The identity of the log that positions belong to: the same on every node, and another one when the event store
    /// is recreated. A client that resumes with another epoch reads its rows again.
    pub epoch: String,
    /// Origins whose pages may connect, besides the host itself, e.g. `https://shop.example`.
    pub allowed_origins: Vec<String>,
    /// How much clients may use.
    pub limits: Limits,
    /// How long things may take.
    pub timing: Timing,
    /// How far back a client can resume.
    pub history: HistoryLimits,
}

impl Options {
    /// The defaults, for the log `epoch`.
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

/// How much clients may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Channels of one connection, subscribed or being checked.
    pub channels_max: usize,
    /// Bytes of one message, all its fragments together.
    pub message_bytes_max: usize,
    /// Frames per second of one connection, on average.
    pub frames_per_s: u32,
    /// Frames of one connection at once.
    pub frames_burst: u32,
    /// The number of malformed messages that closes a connection.
    pub malformed_max: u32,
    /// Connections of this node.
    pub connections_max: usize,
    /// Connections of one account.
    pub connections_per_account_max: usize,
    /// Connections from one address.
    pub connections_per_address_max: usize,
    /// Bytes of the changes that wait for one connection. Further changes come from history later.
    pub outbox_bytes_max: usize,
    /// Bytes of one message to a client, unless the changes of one position are more.
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

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// The time a client has for its first `auth` frame.
    pub auth_within: Duration,
    /// The silence after which the server sends a ping.
    pub ping_after: Duration,
    /// The time a client has to answer a ping.
    pub pong_within: Duration,
    /// The interval between `position` frames.
    pub position_every: Duration,
    /// How long a client may be behind.
    pub slow_after: Duration,
    /// The time between the close frame and shutting the socket down.
    pub close_within: Duration,
    /// How long a check of rights in the read model may take.
    pub access_within: Duration,
    /// The longest delay of a `reconnect` frame.
    pub reconnect_delay_max: Duration,
    /// The interval between checks of a connection. All of the above are exact to this.
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
            close_within: Duration::from_secs(2),
            access_within: Duration::from_secs(5),
            reconnect_delay_max: Duration::from_secs(5),
            check_every: Duration::from_secs(1),
        }
    }
}

/// How far back a client can resume. The limit that is reached first applies.
#[derive(Debug, Clone, Copy)]
pub struct HistoryLimits {
    /// Bytes, by an estimate on the high side.
    pub bytes_max: usize,
    /// Number of changes.
    pub changes_max: usize,
    /// Age of a change.
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
