//! How many connections the process may have open: each takes a descriptor, and a socket takes two.

use platform::config::HttpConfig;
use platform::http::ConnectionLimits;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Descriptors for Postgres, Kafka, files and listeners.
const RESERVED: usize = 300;
/// At least so many are left for connections, even if those of [`RESERVED`] are short then.
const CONNECTIONS_MIN: usize = 64;
/// More connections take too much memory.
const CONNECTIONS_MAX: usize = 100_000;
/// Connections of one address, which many people may share.
const PER_ADDRESS_MAX: usize = 2_048;

/// The descriptors that connections may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Descriptors {
    for_connections: usize,
}

/// Raises the limit of the process to the highest that it may set itself, and says so.
pub(super) fn raise() -> Descriptors {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised,
        Err(error) => {
            tracing::warn!(%error, "The limit of open files cannot be raised.");
            limit
        }
    };
    let open_files_max = limit
        .current
        .map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
    let descriptors = Descriptors::of(open_files_max);
    tracing::info!(
        open_files_max,
        connections_max = descriptors.connections_max(),
        sockets_max = descriptors.sockets_max(),
        "Connections are limited by the open files of the process (ulimit -n)."
    );
    descriptors
}

impl Descriptors {
    fn of(open_files_max: usize) -> Self {
        Self {
            for_connections: open_files_max.saturating_sub(RESERVED).max(CONNECTIONS_MIN),
        }
    }

    /// The most sockets. Each takes a second descriptor, so that it can be closed while it is blocked.
    pub(super) fn sockets_max(self) -> usize {
        let default = realtime::Limits::default().connections_max;
        (self.for_connections / 3).min(default)
    }

    fn connections_max(self) -> usize {
        (self.for_connections - self.sockets_max()).min(CONNECTIONS_MAX)
    }

    /// The limits of the HTTP server.
    pub(super) fn connection_limits(self, http: &HttpConfig) -> ConnectionLimits {
        let total_max = self.connections_max();
        ConnectionLimits {
            total_max,
            per_address_max: (total_max / 2).min(PER_ADDRESS_MAX),
            write_timeout: http.write_timeout,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_and_the_second_descriptors_of_sockets_fit() {
        for open_files_max in [512, 1_024, 4_096, 65_536, 1_048_576] {
            let descriptors = Descriptors::of(open_files_max);
            let used = RESERVED + descriptors.connections_max() + descriptors.sockets_max();
            assert!(used <= open_files_max, "{used} of {open_files_max}");
        }
        assert_eq!(Descriptors::of(1_024).sockets_max(), 241);
        assert_eq!(Descriptors::of(usize::MAX).connections_max(), CONNECTIONS_MAX);
        assert!(Descriptors::of(0).connections_max() > 0);
    }
}
