//! One change, shared by history and all connections.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytestring::ByteString;
use schemas::change::{Change, Origin};
use schemas::channel::{Audience, Channel};
use serde_json::value::RawValue;

use crate::protocol::ServerFrame;
use crate::redaction::Redaction;

/// Estimated size of an entry besides its texts, in bytes.
const OVERHEAD_BYTES: usize = 256;

/// One change. A frame is serialised when a connection first needs it: once per channel and audience, or once per
/// channel if all audiences see the same.
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
    frames: Mutex<Vec<Frame>>,
}

#[derive(Debug)]
struct Frame {
    channel: usize,
    /// `None` when the frame is the same for every audience.
    audience: Option<Audience>,
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
            frames: Mutex::new(Vec::new()),
        }
    }

    /// Returns its estimated size in history, with one frame per channel.
    pub fn bytes(&self) -> usize {
        let text = self.data.get().len() + self.key.len() + self.kind.len();
        OVERHEAD_BYTES + text * (1 + self.channels.len())
    }

    /// Returns the frame for `audience` on the channel with index `channel`.
    pub fn frame(&self, channel: usize, audience: Audience, redaction: &dyn Redaction) -> ByteString {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it =
            |frame: &&Frame| frame.channel == channel && frame.audience.is_none_or(|of| of == audience);
        if let Some(frame) = frames.iter().find(is_it) {
            return frame.text.clone();
        }
        let name = &self.channels[channel];
        let is_shared = !redaction.applies_to(name);
        let redacted = if is_shared {
            None
        } else {
            redaction.redact(audience, name, &self.data)
        };
        let text = self.render(channel, redacted.as_deref().unwrap_or(&self.data));
        frames.push(Frame {
            channel,
            audience: (!is_shared).then_some(audience),
            text: text.clone(),
        });
        text
    }

    fn render(&self, channel: usize, data: &RawValue) -> ByteString {
        let channel = self.channels[channel].to_string();
        let frame = ServerFrame::Change {
            channel: &channel,
            position: self.position,
            kind: &self.kind,
            key: &self.key,
            data,
        };
        frame.render()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::redaction::TableRedaction;

    /// Hides all data from everyone except staff, only on `orders`.
    struct StaffOnly;

    impl Redaction for StaffOnly {
        fn applies_to(&self, channel: &Channel) -> bool {
            *channel == Channel::Orders
        }

        fn redact(&self, audience: Audience, channel: &Channel, _: &RawValue) -> Option<Box<RawValue>> {
            let is_hidden = self.applies_to(channel) && audience != Audience::Staff;
            is_hidden.then(|| RawValue::from_string("{}".to_owned()).unwrap())
        }
    }

    fn entry() -> Entry {
        let change = Change {
            position: 7,
            channels: vec![
                "orders".to_owned(),
                "nonsense".to_owned(),
                "product:MUG".to_owned(),
            ],
            kind: "order.changed".to_owned(),
            key: "a".to_owned(),
            data: RawValue::from_string(r#"{"secret":1}"#.to_owned()).unwrap(),
            origin: schemas::change::Origin::default(),
        };
        Entry::new(0, change, SystemTime::UNIX_EPOCH)
    }

    fn frame(entry: &Entry, channel: usize, audience: Audience) -> Value {
        serde_json::from_str(&entry.frame(channel, audience, &StaffOnly)).unwrap()
    }

    #[test]
    fn all_audiences_share_a_frame_without_hidden_data() {
        let entry = entry();
        let frame = entry.frame(0, Audience::Staff, &TableRedaction);
        let other = entry.frame(0, Audience::Public, &TableRedaction);
        assert_eq!(frame.as_ptr(), other.as_ptr());
        let expected = json!({
            "op": "change", "channel": "orders", "position": 7, "kind": "order.changed", "key": "a",
            "data": {"secret": 1}
        });
        assert_eq!(serde_json::from_str::<Value>(&frame).unwrap(), expected);
    }

    #[test]
    fn each_audience_has_its_own_frame_of_hidden_data() {
        let entry = entry();
        for (audience, data) in [
            (Audience::Staff, json!({"secret": 1})),
            (Audience::Public, json!({})),
            (Audience::Seller, json!({})),
            (Audience::Staff, json!({"secret": 1})),
        ] {
            assert_eq!(frame(&entry, 0, audience)["data"], data, "{audience:?}");
        }
        assert_eq!(entry.frames.lock().unwrap().len(), 3);
    }

    #[test]
    fn only_channels_with_hidden_data_have_several_frames() {
        let entry = entry();
        let one = entry.frame(1, Audience::Public, &StaffOnly);
        let other = entry.frame(1, Audience::Staff, &StaffOnly);
        assert_eq!(one.as_ptr(), other.as_ptr());
        assert_eq!(frame(&entry, 1, Audience::Public)["channel"], "product:MUG");
    }
}
