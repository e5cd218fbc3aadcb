//! The shard of each worker thread, and the task that runs it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use platform::shutdown::Shutdown;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::connection::Connection;
use crate::hub::{Hub, ShardMessage};
use crate::shard::{Shard, WHEEL_SLOTS};

thread_local! {
    /// Keyed by the address of the hub: a process may run several nodes, as tests do.
    static SHARDS: RefCell<HashMap<usize, Rc<Shard<Connection>>>> = RefCell::default();
}

/// Returns the shard of `hub` on this thread. The first call starts its task.
pub fn shard(hub: &Arc<Hub>, shutdown: &Shutdown) -> Rc<Shard<Connection>> {
    let id = Arc::as_ptr(hub).addr();
    SHARDS.with_borrow_mut(|shards| {
        let shard = shards.entry(id).or_insert_with(|| {
            let attachment = hub.attach();
            let shard = Shard::new(Arc::clone(hub), attachment.end);
            let shard = Rc::new(shard);
            let running = run(Rc::clone(&shard), attachment.messages, shutdown.clone());
            actix_web::rt::spawn(shutdown.vital("sockets", running));
            shard
        });
        Rc::clone(shard)
    })
}

/// Applies the hub's messages and checks the connections, until the shutdown has begun and the last client has left.
async fn run(shard: Rc<Shard<Connection>>, mut messages: mpsc::Receiver<ShardMessage>, shutdown: Shutdown) {
    let timing = shard.hub.options.timing;
    let mut ticks = tokio::time::interval(timing.check_every / u32::try_from(WHEEL_SLOTS).unwrap_or(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut slot, mut is_draining) = (0, false);
    while !(is_draining && shard.is_empty()) {
        tokio::select! {
            biased;
            () = shutdown.begun(), if !is_draining => {
                is_draining = true;
                drain(&shard, timing.reconnect_delay_max);
            }
            _ = ticks.tick() => {
                slot = (slot + 1) % WHEEL_SLOTS;
                shard.check_slot(slot, Instant::now());
            }
            message = messages.recv() => match message {
                Some(message) => shard.apply(&message, Instant::now()),
                None => break,
            },
        }
    }
    SHARDS.with_borrow_mut(|shards| shards.remove(&Arc::as_ptr(&shard.hub).addr()));
}

fn drain(shard: &Shard<Connection>, delay_max: Duration) {
    for connection in shard.connections() {
        connection.drain(delay_max.mul_f64(rand::random_range(0.0..=1.0)));
    }
}
