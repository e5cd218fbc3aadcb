//! What needs attention, in sentences.

use schemas::consumer::ConsumerState;
use schemas::system::{ConsumerHealth, SystemStatus};

/// Seconds for which the relay or a projection may be behind before that is a concern.
const LATE_AFTER_S: f64 = 30.0;

/// The concerns, most serious first.
pub fn of(status: &SystemStatus) -> Vec<String> {
    let mut concerns = Vec::new();
    if !status.postgres.is_reachable {
        concerns.push("The database does not answer. Commands and reads fail.".to_owned());
    }
    if let Some(disk) = &status.disk
        && disk.free_bytes < disk.free_bytes_min
    {
        concerns.push("The disk is nearly full: commands are refused.".to_owned());
    }
    if let Some(relay) = &status.log.relay {
        if relay.is_broker_up == Some(false) {
            concerns.push("The broker does not accept messages. Events wait in the event store.".to_owned());
        } else if relay.lag_s > LATE_AFTER_S {
            concerns.push(format!("The relay is {:.0} s behind.", relay.lag_s));
        }
    }
    concerns.extend(
        status
            .projections
            .iter()
            .filter_map(|one| consumer("projection", one).or_else(|| late(one))),
    );
    concerns.extend(status.policies.iter().filter_map(|one| consumer("policy", one)));
    if status.sockets.as_ref().is_some_and(|sockets| !sockets.is_serving) {
        concerns.push("Sockets are not admitted yet.".to_owned());
    }
    concerns
}

fn consumer(kind: &str, consumer: &ConsumerHealth) -> Option<String> {
    let (status, name) = (&consumer.status, &consumer.status.name);
    match (status.state, &status.error) {
        (ConsumerState::Stopped, Some(error)) => Some(format!("The {kind} {name} has stopped: {error}.")),
        (ConsumerState::Stopped, None) => Some(format!("The {kind} {name} has stopped.")),
        (ConsumerState::Rebuilding, _) => None,
        (_, _) if status.parked == 1 => Some(format!("The {kind} {name} has parked 1 event.")),
        (_, _) if status.parked > 1 => {
            Some(format!("The {kind} {name} has parked {} events.", status.parked))
        }
        _ => None,
    }
}

/// A policy is behind on purpose while it waits for a time: `reservation-expiry` up to the first reservation that has not
/// expired.
fn late(projection: &ConsumerHealth) -> Option<String> {
    let ConsumerHealth { status, lag_s } = projection;
    let is_late = status.state != ConsumerState::Rebuilding && *lag_s > LATE_AFTER_S;
    is_late.then(|| format!("The projection {} is {lag_s:.0} s behind.", status.name))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use schemas::consumer::ConsumerStatus;
    use schemas::system::{DiskStatus, LogStatus, PostgresStatus, RelayHealth};

    use super::*;

    fn healthy() -> SystemStatus {
        SystemStatus {
            read_at: DateTime::UNIX_EPOCH,
            version: "1".to_owned(),
            started_at: DateTime::UNIX_EPOCH,
            concerns: Vec::new(),
            postgres: PostgresStatus {
                is_reachable: true,
                answered_in_ms: Some(1.0),
                pools: Vec::new(),
            },
            log: LogStatus {
                kind: "kafka".to_owned(),
                head: Some(9),
                relay: Some(RelayHealth {
                    is_broker_up: Some(true),
                    position: 9,
                    lag: 0,
                    lag_s: 0.0,
                }),
            },
            projections: vec![projection()],
            policies: Vec::new(),
            sockets: None,
            disk: Some(DiskStatus {
                free_bytes: 10,
                total_bytes: 20,
                free_bytes_min: 5,
            }),
        }
    }

    fn projection() -> ConsumerHealth {
        ConsumerHealth {
            status: ConsumerStatus {
                name: "orders".to_owned(),
                state: ConsumerState::Running,
                position: 9,
                lag: 0,
                parked: 0,
                error: None,
            },
            lag_s: 0.0,
        }
    }

    fn of_projection(change: impl FnOnce(&mut ConsumerHealth)) -> Vec<String> {
        let mut status = healthy();
        change(&mut status.projections[0]);
        of(&status)
    }

    #[test]
    fn a_healthy_system_has_no_concern() {
        assert_eq!(of(&healthy()), Vec::<String>::new());
        assert!(of_projection(|projection| projection.lag_s = 29.0).is_empty());
        assert!(of_projection(|projection| projection.status.state = ConsumerState::Rebuilding).is_empty());
    }

    #[test]
    fn each_part_that_fails_is_named() {
        let mut status = healthy();
        status.postgres.is_reachable = false;
        status.disk.as_mut().unwrap().free_bytes = 4;
        status.log.relay.as_mut().unwrap().is_broker_up = Some(false);
        let found = of(&status);
        for (concern, part) in found.iter().zip(["database", "disk", "broker"]) {
            assert!(concern.contains(part), "{found:?}");
        }
        assert_eq!(found.len(), 3);
        let stopped = of_projection(|projection| {
            projection.status.state = ConsumerState::Stopped;
            projection.status.error = Some("no projector runs".to_owned());
        });
        assert_eq!(stopped, ["The projection orders has stopped: no projector runs."]);
        assert_eq!(
            of_projection(|one| one.status.parked = 2),
            ["The projection orders has parked 2 events."]
        );
        assert_eq!(
            of_projection(|one| one.lag_s = 31.2),
            ["The projection orders is 31 s behind."]
        );
        let mut status = healthy();
        status.policies = status.projections.clone();
        status.policies[0].lag_s = 31.2;
        assert_eq!(of(&status), [""; 0], "a policy may wait for a time");
    }
}
