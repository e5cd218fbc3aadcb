//! Commands that wait for a batch, and the order in which they are taken.
//!
//! | state | why | taken |
//! |---|---|---|
//! | isolated | the batch it was in could not be appended | first, as the only one in its batch |
//! | returned | it lost a conflict, or its batch had no room or already had its idempotency key | before new ones |
//! | new | it is in the queue of the service | last |
//!
//! Only the queue has its own limit. The other commands were taken from it, so there are never more of them than a few
//! batches contain.

use std::collections::VecDeque;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Waiting;

/// Commands that wait for a batch.
pub(super) struct Backlog {
    isolated: VecDeque<Waiting>,
    returned: VecDeque<Waiting>,
    queue: mpsc::Receiver<Waiting>,
    /// Whether the queue was closed and is empty.
    is_drained: bool,
    shutdown: CancellationToken,
}

impl Backlog {
    /// Starts with the commands in `queue`. The queue is closed by `shutdown`, and then drained.
    pub(super) fn new(queue: mpsc::Receiver<Waiting>, shutdown: CancellationToken) -> Self {
        Self {
            isolated: VecDeque::new(),
            returned: VecDeque::new(),
            queue,
            is_drained: false,
            shutdown,
        }
    }

    /// Whether [`Self::take`] returns commands, now or later.
    pub(super) fn may_take(&self) -> bool {
        !(self.is_drained && self.returned.is_empty())
    }

    /// Whether no command is isolated.
    pub(super) fn has_isolated(&self) -> bool {
        !self.isolated.is_empty()
    }

    /// Takes the next isolated command. It must be the only one of its batch.
    pub(super) fn take_isolated(&mut self) -> Option<Waiting> {
        self.isolated.pop_front()
    }

    /// Takes at most `room` commands, returned ones before new ones. Waits for one, unless the service stops and none
    /// will come. It is cancel safe: no command is lost.
    pub(super) async fn take(&mut self, room: usize) -> Vec<Waiting> {
        let mut taken: Vec<Waiting> = self.returned.drain(..room.min(self.returned.len())).collect();
        if taken.is_empty() {
            let first = tokio::select! {
                biased;
                first = self.queue.recv() => first,
                () = self.shutdown.cancelled() => {
                    self.queue.close();
                    self.queue.recv().await
                }
            };
            match first {
                Some(first) => taken.push(first),
                None => self.is_drained = true,
            }
        }
        while taken.len() < room
            && let Ok(waiting) = self.queue.try_recv()
        {
            taken.push(waiting);
        }
        taken
    }

    /// Puts commands back, to be decided again in this order.
    pub(super) fn put_back(&mut self, commands: impl IntoIterator<Item = Waiting>) {
        self.returned.extend(commands);
    }

    /// Isolates commands, to be decided again one by one.
    pub(super) fn isolate(&mut self, commands: impl IntoIterator<Item = Waiting>) {
        self.isolated.extend(commands);
    }
}

#[cfg(test)]
mod tests {
    use domain::Sku;
    use domain::product::RelistProduct;
    use schemas::envelope::Actor;

    use super::*;
    use crate::executor::Submission;

    fn command(name: &str) -> Waiting {
        let command = RelistProduct {
            sku: Sku::parse(name).unwrap(),
        };
        let submission = Submission {
            command: command.into(),
            idempotency: None,
            actor: Actor::Guest,
            occurred_at: None,
            cause: None,
            traceparent: None,
            new_keys: Vec::new(),
        };
        Waiting::new(submission).0
    }

    fn names(commands: &[Waiting]) -> Vec<String> {
        let stream = |waiting: &Waiting| waiting.submission.command.primary_stream().to_string();
        commands.iter().map(stream).collect()
    }

    fn backlog(queued: &[&str]) -> (mpsc::Sender<Waiting>, CancellationToken, Backlog) {
        let (sender, queue) = mpsc::channel(16);
        for name in queued {
            sender.try_send(command(name)).unwrap();
        }
        let shutdown = CancellationToken::new();
        (sender, shutdown.clone(), Backlog::new(queue, shutdown))
    }

    #[tokio::test]
    async fn returned_commands_come_before_new_ones_and_isolated_ones_are_taken_alone() {
        let (_sender, _, mut backlog) = backlog(&["NEW-1", "NEW-2"]);
        backlog.isolate([command("ISOLATED")]);
        backlog.put_back([command("RETURNED-1"), command("RETURNED-2")]);
        assert_eq!(names(&backlog.take(1).await), ["product-RETURNED-1"]);
        assert_eq!(
            names(&backlog.take(2).await),
            ["product-RETURNED-2", "product-NEW-1"]
        );
        assert_eq!(names(&backlog.take(5).await), ["product-NEW-2"]);
        assert!(backlog.has_isolated());
        let isolated = backlog.take_isolated().unwrap();
        assert_eq!(names(&[isolated]), ["product-ISOLATED"]);
        assert!(!backlog.has_isolated());
    }

    #[tokio::test]
    async fn a_stopping_service_takes_what_is_queued_and_nothing_more() {
        let (sender, shutdown, mut backlog) = backlog(&["NEW-1"]);
        shutdown.cancel();
        assert_eq!(names(&backlog.take(5).await), ["product-NEW-1"]);
        assert!(backlog.may_take());
        assert!(backlog.take(5).await.is_empty());
        assert!(sender.try_send(command("LATE")).is_err());
        assert!(!backlog.may_take());
        backlog.put_back([command("RETURNED")]);
        assert!(backlog.may_take());
    }
}
