//! The sources of the channels without history.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use platform::causes::with_causes;
use platform::shutdown::Shutdown;
use schemas::channel::Channel;

use crate::hub::Hub;
use crate::latest::Value;

/// The error of a failed [`Source::read`].
pub type ReadError = Box<dyn std::error::Error + Send + Sync>;

/// The values of a channel, which the application reads.
pub trait Source: Send + Sync + 'static {
    /// The channel.
    fn channel(&self) -> Channel;

    /// The time between two reads.
    fn interval(&self) -> Duration;

    /// Reads the present values. A key that was read once is read again, until the last subscriber has left.
    fn read(&mut self) -> BoxFuture<'_, Result<Vec<Value>, ReadError>>;
}

/// Reads the values of `source` while its channel has subscribers, until `shutdown`.
pub async fn follow(mut source: Box<dyn Source>, hub: Arc<Hub>, shutdown: Shutdown) {
    let channel = source.channel();
    let mut is_failing = false;
    loop {
        tokio::select! {
            () = shutdown.begun() => return,
            () = hub.watched(&channel) => {}
        }
        match source.read().await {
            Ok(values) => {
                is_failing = false;
                hub.publish_values(&channel, values).await;
            }
            Err(error) if !std::mem::replace(&mut is_failing, true) => {
                let error = with_causes(error.as_ref());
                tracing::warn!(%channel, error, "The values of a channel cannot be read; trying again.");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = shutdown.begun() => return,
            () = tokio::time::sleep(source.interval()) => {}
        }
    }
}
