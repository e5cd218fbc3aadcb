//! The shard of each worker thread, and the task that drives it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use platform::shutdown::Shutdown;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::hub::{Hub, Message};
use crate::shard::{PORTIONS, Shard};

thread_local! {
    /// By the hub's address: a process may run several nodes, as tests do.
    static SHARDS: RefCell<HashMap<usize, Rc<Shard>>> = RefCell::default();
}

/// This thread's shard of `hub`. The first call starts its task on the thread.
pub fn shard(hub: &Arc<Hub>, shutdown: &Shutdown) -> Rc<Shard> {
    let id = Arc::as_ptr(hub).addr();
    SHARDS.with_borrow_mut(|shards| {
        let shard = shards.entry(id).or_insert_with(|| {
            let attachment = hub.attach();
            let shard = Shard::new(Arc::clone(hub), attachment.position, attachment.next_sequence);
            let shard = Rc::new(shard);
            actix_web::rt::spawn(run(Rc::clone(&shard), attachment.messages, shutdown.clone()));
            shard
        });
        Rc::clone(shard)
    })
}

/// Hands publications to the shard and looks after its connections, until the end has begun and the last
/// client is gone.
async fn run(shard: Rc<Shard>, mut messages: mpsc::Receiver<Message>, shutdown: Shutdown) {
    let timing = shard.hub.options.timing;
    let mut ticks = tokio::time::interval(timing.round / u32::try_from(PORTIONS).unwrap_or(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut portion, mut is_draining) = (0, false);
    while !(is_draining && shard.is_empty()) {
        tokio::select! {
            biased;
            () = shutdown.begun(), if !is_draining => {
                is_draining = true;
                drain(&shard, timing.reconnect_delay_max);
            }
            _ = ticks.tick() => {
                portion = (portion + 1) % PORTIONS;
                shard.visit(portion, Instant::now());
            }
            message = messages.recv() => match message {
                Some(message) => shard.apply(&message, Instant::now()),
                None => break,
            },
        }
    }
    SHARDS.with_borrow_mut(|shards| shards.remove(&Arc::as_ptr(&shard.hub).addr()));
}

fn drain(shard: &Shard, delay_max: Duration) {
    for connection in shard.all() {
        connection.drain(delay_max.mul_f64(rand::random_range(0.0..=1.0)));
    }
}
