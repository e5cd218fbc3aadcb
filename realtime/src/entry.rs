//! One change, as history and sockets share it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytestring::ByteString;
use schemas::change::Change;
use schemas::channel::Channel;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::rights::{Audience, Redaction};

/// What an entry costs besides its texts, in bytes.
const OVERHEAD_BYTES: usize = 256;

/// One change. Its frames are made when somebody needs them, once for each channel and audience.
#[derive(Debug)]
pub struct Entry {
    /// Its place in this node's own order.
    pub sequence: u64,
    /// The position of the event that caused it.
    pub position: i64,
    /// The row that changed.
    pub key: Arc<str>,
    /// Where it goes; names that are no channel's are left out.
    pub channels: Box<[Channel]>,
    /// When it was published.
    pub published_at: SystemTime,
    kind: String,
    data: Box<RawValue>,
    frames: Mutex<Vec<Frame>>,
}

#[derive(Debug)]
struct Frame {
    channel: usize,
    /// `None` for every audience.
    audience: Option<Audience>,
    text: ByteString,
}

#[derive(Serialize)]
struct ChangeFrame<'a> {
    op: &'static str,
    channel: &'a str,
    position: i64,
    kind: &'a str,
    key: &'a str,
    data: &'a RawValue,
}

impl Entry {
    /// The change, at `sequence`.
    pub fn new(sequence: u64, change: Change, published_at: SystemTime) -> Self {
        let channels = change.channels.iter().filter_map(|name| {
            let channel = name.parse().ok();
            if channel.is_none() {
                tracing::warn!(
                    channel = name,
                    kind = change.kind,
                    "A change names a channel that is none."
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
            kind: change.kind,
            data: change.data,
            frames: Mutex::new(Vec::new()),
        }
    }

    /// What it costs to keep, in bytes: as if a frame were made for each channel.
    pub fn bytes(&self) -> usize {
        let text = self.data.get().len() + self.key.len() + self.kind.len();
        OVERHEAD_BYTES + text * (1 + self.channels.len())
    }

    /// The frame for `audience` on the entry's channel number `channel`.
    pub fn frame(&self, channel: usize, audience: Audience, redaction: &dyn Redaction) -> ByteString {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it =
            |frame: &&Frame| frame.channel == channel && frame.audience.is_none_or(|of| of == audience);
        if let Some(frame) = frames.iter().find(is_it) {
            return frame.text.clone();
        }
        let redacted = redaction.redact(audience, &self.channels[channel], &self.data);
        let redacted = redacted.and_then(|text| RawValue::from_string(text).ok());
        // When one audience sees everything the next may still not: only an unredacted service shares.
        let is_shared = redacted.is_none() && redaction.is_never_needed();
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
        let frame = ChangeFrame {
            op: "change",
            channel: &channel,
            position: self.position,
            kind: &self.kind,
            key: &self.key,
            data,
        };
        // Strings, a number and JSON that was parsed before: this cannot fail.
        serde_json::to_string(&frame).unwrap_or_default().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::Unredacted;

    struct StaffOnly;

    impl Redaction for StaffOnly {
        fn redact(&self, audience: Audience, _: &Channel, _: &RawValue) -> Option<String> {
            (audience != Audience::Staff).then(|| "{}".to_owned())
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
        };
        Entry::new(0, change, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn a_frame_is_made_once_for_all_when_nothing_is_redacted() {
        let entry = entry();
        let frame = entry.frame(0, Audience::Staff, &Unredacted);
        assert_eq!(
            frame,
            r#"{"op":"change","channel":"orders","position":7,"kind":"order.changed","key":"a","data":{"secret":1}}"#
        );
        let other = entry.frame(0, Audience::Public, &Unredacted);
        assert_eq!(frame.as_ptr(), other.as_ptr());
        assert!(
            entry
                .frame(1, Audience::Public, &Unredacted)
                .contains(r#""channel":"product:MUG""#)
        );
    }

    #[test]
    fn each_audience_has_its_own_redaction() {
        let entry = entry();
        assert!(entry.frame(0, Audience::Staff, &StaffOnly).contains("secret"));
        assert!(!entry.frame(0, Audience::Public, &StaffOnly).contains("secret"));
        assert!(!entry.frame(0, Audience::Seller, &StaffOnly).contains("secret"));
        assert!(entry.frame(0, Audience::Staff, &StaffOnly).contains("secret"));
    }
}
