//! What a node is set up with. Every queue, buffer and wait has its limit here.

use std::time::Duration;

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Options {
    /// Names the log that positions are of: the same on every node, another one after the store was made
    /// anew. A client that comes with another epoch refetches.
    pub epoch: String,
    /// Origins that may connect besides the host itself, e.g. `https://shop.example`.
    pub allowed_origins: Vec<String>,
    /// What a client may do.
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

/// What a client may do.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Channels of one connection, asked for or subscribed.
    pub channels_max: usize,
    /// Bytes of one message, all its fragments together.
    pub message_bytes_max: usize,
    /// Frames a second, on average.
    pub frames_per_s: u32,
    /// Frames at once.
    pub frames_burst: u32,
    /// The malformed message that closes the connection: the third.
    pub malformed_max: u32,
    /// Connections of this node.
    pub connections_max: usize,
    /// Connections of one account.
    pub connections_per_account_max: usize,
    /// Connections from one address.
    pub connections_per_address_max: usize,
    /// Bytes that wait for one connection. What goes beyond is replayed from history later.
    pub outbox_bytes_max: usize,
    /// Bytes of one message to a client, unless one position's changes are more.
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
    /// Until the first `auth` frame.
    pub auth_within: Duration,
    /// Silence before the service pings.
    pub ping_after: Duration,
    /// Until the answer to a ping.
    pub pong_within: Duration,
    /// Between `position` frames.
    pub position_every: Duration,
    /// How long a client may lag.
    pub slow_after: Duration,
    /// Between saying goodbye and shutting the socket down.
    pub close_within: Duration,
    /// How long a question about a client's rights may take.
    pub access_within: Duration,
    /// The longest delay that `reconnect` asks for.
    pub reconnect_delay_max: Duration,
    /// Every connection is looked after once in this time: how exact all of the above is.
    pub round: Duration,
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
            round: Duration::from_secs(1),
        }
    }
}

/// How far back a client can resume: until the first of the three is reached.
#[derive(Debug, Clone, Copy)]
pub struct HistoryLimits {
    /// Bytes, by a high estimate.
    pub bytes_max: usize,
    /// Changes.
    pub changes_max: usize,
    /// Age.
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
