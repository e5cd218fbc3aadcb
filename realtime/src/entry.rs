//! One change, shared by history and all connections.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytestring::ByteString;
use schemas::change::{Change, Origin, Readers};
use schemas::channel::Channel;
use serde_json::value::RawValue;

use crate::protocol::ServerFrame;
use crate::rights::Audience;

/// Estimated size of an entry besides its texts, in bytes.
const OVERHEAD_BYTES: usize = 256;

/// One change. A frame is serialised when a connection first needs it: once per channel and view.
#[derive(Debug)]
pub struct Entry {
    /// The sequence number on this node: consecutive, from 0.
    pub sequence: u64,
    /// The position of the event that caused it.
    pub position: i64,
    /// The key of the changed row.
    pub key: Arc<str>,
    /// The channels of the change. Unknown names are left out.
    pub channels: Box<[Channel]>,
    /// The time of its publication.
    pub published_at: SystemTime,
    /// The event that caused it.
    pub origin: Origin,
    /// The number of its deliveries with a span.
    pub spans_count: AtomicUsize,
    kind: String,
    data: Box<RawValue>,
    readers: Readers,
    frames: Mutex<Vec<Frame>>,
}

/// What a reader sees of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The whole row.
    Whole,
    /// The seller's view with this index.
    OfSeller(usize),
}

#[derive(Debug)]
struct Frame {
    channel: usize,
    view: View,
    text: ByteString,
}

impl Entry {
    /// Creates an entry for `change`.
    pub fn new(sequence: u64, change: Change, published_at: SystemTime) -> Self {
        let channels = change.channels.iter().filter_map(|name| {
            let channel = name.parse().ok();
            if channel.is_none() {
                tracing::warn!(
                    channel = name,
                    kind = change.kind,
                    "A change names an unknown channel."
                );
            }
            channel
        });
        Self {
            sequence,
            position: change.position,
            key: Arc::from(change.key.as_str()),
            channels: channels.collect(),
            published_at,
            origin: change.origin,
            spans_count: AtomicUsize::new(0),
            kind: change.kind,
            data: change.data,
            readers: change.readers,
            frames: Mutex::new(Vec::new()),
        }
    }

    /// Returns its estimated size in history, with one frame per channel.
    pub fn bytes(&self) -> usize {
        let views = self.readers.seller_views.iter();
        let views: usize = views.map(|view| 2 * view.data.get().len()).sum();
        let text = self.data.get().len() + self.key.len() + self.kind.len();
        OVERHEAD_BYTES + text * (1 + self.channels.len()) + views
    }

    /// Returns what `audience` sees of it.
    pub fn view(&self, audience: Audience) -> View {
        let Audience::Seller(seller_id) = audience else {
            return View::Whole;
        };
        let views = &self.readers.seller_views;
        views
            .iter()
            .position(|view| view.seller_id == seller_id)
            .map_or(View::Whole, View::OfSeller)
    }

    /// Returns whether `audience` may no longer read the row.
    pub fn excludes(&self, audience: Audience) -> bool {
        matches!(audience, Audience::Courier(id) if self.readers.former_couriers.contains(&id))
    }

    /// Returns the frame with this view on the channel with index `channel`.
    pub fn frame(&self, channel: usize, view: View) -> ByteString {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = frames
            .iter()
            .find(|frame| frame.channel == channel && frame.view == view)
        {
            return frame.text.clone();
        }
        let data = match view {
            View::Whole => &self.data,
            View::OfSeller(index) => &self.readers.seller_views[index].data,
        };
        let text = self.render(channel, data, self.position);
        frames.push(Frame {
            channel,
            view,
            text: text.clone(),
        });
        text
    }

    /// Renders the frame of a value of a state channel, which has no position in the log: with the position that its
    /// reader has reached.
    pub fn frame_at(&self, channel: usize, position: i64) -> ByteString {
        self.render(channel, &self.data, position)
    }

    /// Returns whether both hold the same value.
    pub fn is_same_value(&self, other: &Self) -> bool {
        self.kind == other.kind && self.data.get() == other.data.get()
    }

    fn render(&self, channel: usize, data: &RawValue, position: i64) -> ByteString {
        let channel = self.channels[channel].to_string();
        let frame = ServerFrame::Change {
            channel: &channel,
            position,
            kind: &self.kind,
            key: &self.key,
            data,
        };
        frame.render()
    }
}

#[cfg(test)]
mod tests {
    use schemas::change::SellerView;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    const SELLER: Uuid = Uuid::from_u128(5);

    fn entry() -> Entry {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let change = Change {
            position: 7,
            channels: vec![
                "orders".to_owned(),
                "nonsense".to_owned(),
                "product:MUG".to_owned(),
            ],
            kind: "order.changed".to_owned(),
            key: "a".to_owned(),
            data: raw(r#"{"total":3}"#),
            origin: Origin::default(),
            readers: Readers {
                seller_views: vec![SellerView {
                    seller_id: SELLER,
                    data: raw(r#"{"total":1}"#),
                }],
                former_couriers: vec![Uuid::from_u128(6)],
            },
        };
        Entry::new(0, change, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn readers_with_the_same_view_share_a_frame() {
        let entry = entry();
        let one = entry.frame(0, entry.view(Audience::Everyone));
        let other = entry.frame(0, entry.view(Audience::Seller(Uuid::from_u128(9))));
        assert_eq!(one.as_ptr(), other.as_ptr());
        let expected = json!({
            "op": "change", "channel": "orders", "position": 7, "kind": "order.changed", "key": "a",
            "data": {"total": 3}
        });
        assert_eq!(serde_json::from_str::<Value>(&one).unwrap(), expected);
    }

    #[test]
    fn a_seller_receives_the_sellers_view() {
        let entry = entry();
        let frame = entry.frame(1, entry.view(Audience::Seller(SELLER)));
        let frame: Value = serde_json::from_str(&frame).unwrap();
        assert_eq!(
            (&frame["data"], &frame["channel"]),
            (&json!({"total": 1}), &json!("product:MUG"))
        );
    }

    #[test]
    fn only_former_couriers_are_excluded() {
        let entry = entry();
        assert!(entry.excludes(Audience::Courier(Uuid::from_u128(6))));
        for audience in [
            Audience::Everyone,
            Audience::Courier(Uuid::from_u128(7)),
            Audience::Seller(Uuid::from_u128(6)),
        ] {
            assert!(!entry.excludes(audience), "{audience:?}");
        }
    }
}
