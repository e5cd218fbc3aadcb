//! Encoding of events as Kafka messages (CloudEvents Kafka binding 1.0.2, binary mode), and decoding.
//!
//! The value is the payload text exactly as stored; everything else is in the headers. The signature covers the whole
//! event, the log it comes from and its place on the partition, so that a forged or changed message is detected without
//! reading the store.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use platform::kafka::MessageKey;
use rdkafka::message::{Header, Headers, Message, OwnedHeaders};
use schemas::envelope::RecordedEvent;
use schemas::topic::{self, header};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::hash::{Hash, Hashed, event_hash};

/// The first part of what is signed: keeps signatures of other topics from being valid for events.
const SIGNED_AS: &[u8] = b"event";

const JSON: &str = "application/json";

/// Decoded message of the events topic.
#[derive(Debug)]
pub struct Received {
    /// Decoded event.
    pub event: RecordedEvent,
    /// Position of the message sent before it on its partition; 0 for the first.
    pub prev: i64,
}

/// Reason that a message is not an event of the log.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Missing key.
    #[error("the message has no key")]
    NoKey,
    /// Missing value.
    #[error("the message is a tombstone")]
    Tombstone,
    /// Missing header.
    #[error("header `{0}` is missing")]
    MissingHeader(&'static str),
    /// Invalid header.
    #[error("header `{0}` is not valid")]
    InvalidHeader(&'static str),
    /// Key or value that is not UTF-8.
    #[error("the {0} is not UTF-8")]
    NotText(&'static str),
    /// Value that is not JSON.
    #[error("the payload is not JSON")]
    NotJson(#[source] serde_json::Error),
    /// Signature of another key or of other content.
    #[error("the message is forged or was changed: its signature does not match its content")]
    Forged,
    /// Message of another database's log.
    #[error("the message belongs to another log")]
    OtherLog,
}

/// Signs and verifies the messages of one log.
#[derive(Debug, Clone)]
pub struct Signer {
    key: MessageKey,
    log_id: String,
}

impl Signer {
    /// Creates a signer for the log with this id.
    pub fn new(key: MessageKey, log_id: Uuid) -> Self {
        Self {
            key,
            log_id: log_id.to_string(),
        }
    }

    /// The id of the log.
    pub fn log_id(&self) -> &str {
        &self.log_id
    }

    fn sign(&self, event: &RecordedEvent, prev: i64) -> Hash {
        self.with_parts(event, prev, |parts| self.key.sign(parts))
    }

    fn verifies(&self, event: &RecordedEvent, prev: i64, signature: &Hash) -> bool {
        self.with_parts(event, prev, |parts| self.key.verifies(parts, signature))
    }

    fn with_parts<T>(&self, event: &RecordedEvent, prev: i64, run: impl FnOnce(&[&[u8]]) -> T) -> T {
        run(&[
            SIGNED_AS,
            self.log_id.as_bytes(),
            &prev.to_be_bytes(),
            &event_digest(event),
        ])
    }
}

/// Computes SHA-256 over position, recording time and, through [`event_hash`], all other fields of the event.
fn event_digest(event: &RecordedEvent) -> Hash {
    let content = event_hash(
        &event.hash,
        &Hashed {
            stream_id: &event.stream_id,
            version: event.version,
            event_id: event.event_id,
            event_type: &event.event_type,
            schema_version: event.schema_version,
            partition_key: &event.partition_key,
            payload: event.payload.get(),
            metadata: event.metadata.get(),
            occurred_at: event.occurred_at,
        },
    );
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&event.position.to_be_bytes());
    context.update(&event.recorded_at.timestamp_micros().to_be_bytes());
    context.update(&content);
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

/// Builds the headers of an event that follows position `prev` on its partition.
pub fn headers(event: &RecordedEvent, prev: i64, signer: &Signer) -> OwnedHeaders {
    let add = |headers: OwnedHeaders, key, value: &str| {
        headers.insert(Header {
            key,
            value: Some(value),
        })
    };
    let mut id = Uuid::encode_buffer();
    let mut hex = [0; 64];
    let mut headers = OwnedHeaders::new_with_capacity(16);
    headers = add(headers, header::SPEC_VERSION, topic::SPEC_VERSION);
    headers = add(
        headers,
        header::ID,
        event.event_id.hyphenated().encode_lower(&mut id),
    );
    headers = add(headers, header::TYPE, &topic::cloud_event_type(&event.event_type));
    headers = add(headers, header::SOURCE, topic::SOURCE);
    headers = add(headers, header::SUBJECT, &event.stream_id);
    headers = add(headers, header::TIME, &topic::time_text(event.occurred_at));
    headers = add(headers, header::CONTENT_TYPE, JSON);
    headers = add(headers, header::POSITION, &event.position.to_string());
    headers = add(headers, header::PREV, &prev.to_string());
    headers = add(headers, header::VERSION, &event.version.to_string());
    headers = add(headers, header::SCHEMA_VERSION, &event.schema_version.to_string());
    headers = add(headers, header::METADATA, event.metadata.get());
    headers = add(headers, header::RECORDED_AT, &topic::time_text(event.recorded_at));
    headers = add(headers, header::HASH, hex_text(&event.hash, &mut hex));
    headers = add(headers, header::LOG, &signer.log_id);
    add(
        headers,
        header::SIGNATURE,
        hex_text(&signer.sign(event, prev), &mut hex),
    )
}

/// Decodes a message of the signer's log.
///
/// # Errors
/// See [`Unreadable`].
pub fn read<M: Message>(message: &M, signer: &Signer) -> Result<Received, Unreadable> {
    let fields = Fields::of(message);
    if fields.log.is_some_and(|log| log != signer.log_id.as_bytes()) {
        return Err(Unreadable::OtherLog);
    }
    let key = message.key().ok_or(Unreadable::NoKey)?;
    let value = message.payload().ok_or(Unreadable::Tombstone)?;
    expect(fields.spec_version, header::SPEC_VERSION, topic::SPEC_VERSION)?;
    expect(fields.source, header::SOURCE, topic::SOURCE)?;
    expect(fields.content_type, header::CONTENT_TYPE, JSON)?;
    expect(fields.log, header::LOG, &signer.log_id)?;
    let cloud_event_type = text(fields.event_type, header::TYPE)?;
    let event = RecordedEvent {
        position: parsed(fields.position, header::POSITION)?,
        stream_id: text(fields.subject, header::SUBJECT)?.to_owned(),
        version: parsed(fields.version, header::VERSION)?,
        event_id: parsed(fields.id, header::ID)?,
        event_type: topic::event_type(cloud_event_type)
            .ok_or(Unreadable::InvalidHeader(header::TYPE))?
            .to_owned(),
        schema_version: parsed(fields.schema_version, header::SCHEMA_VERSION)?,
        partition_key: std::str::from_utf8(key)
            .map_err(|_| Unreadable::NotText("key"))?
            .to_owned(),
        payload: json(std::str::from_utf8(value).map_err(|_| Unreadable::NotText("payload"))?)
            .map_err(Unreadable::NotJson)?,
        metadata: json(text(fields.metadata, header::METADATA)?)
            .map_err(|_| Unreadable::InvalidHeader(header::METADATA))?,
        occurred_at: time(fields.time, header::TIME)?,
        recorded_at: time(fields.recorded_at, header::RECORDED_AT)?,
        hash: hash(fields.hash, header::HASH)?,
    };
    let prev: i64 = parsed(fields.prev, header::PREV)?;
    if prev < 0 || prev >= event.position {
        return Err(Unreadable::InvalidHeader(header::PREV));
    }
    if !signer.verifies(&event, prev, &hash(fields.signature, header::SIGNATURE)?) {
        return Err(Unreadable::Forged);
    }
    Ok(Received { event, prev })
}

/// Returns the position in a message's headers, if any.
pub fn position<M: Message>(message: &M) -> Option<i64> {
    parsed(Fields::of(message).position, header::POSITION).ok()
}

/// Known headers of a message.
#[derive(Debug, Default)]
struct Fields<'a> {
    spec_version: Option<&'a [u8]>,
    id: Option<&'a [u8]>,
    event_type: Option<&'a [u8]>,
    source: Option<&'a [u8]>,
    subject: Option<&'a [u8]>,
    time: Option<&'a [u8]>,
    content_type: Option<&'a [u8]>,
    position: Option<&'a [u8]>,
    prev: Option<&'a [u8]>,
    version: Option<&'a [u8]>,
    schema_version: Option<&'a [u8]>,
    metadata: Option<&'a [u8]>,
    recorded_at: Option<&'a [u8]>,
    hash: Option<&'a [u8]>,
    log: Option<&'a [u8]>,
    signature: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    fn of<M: Message>(message: &'a M) -> Self {
        let mut fields = Self::default();
        let Some(headers) = message.headers() else {
            return fields;
        };
        for Header { key, value } in headers.iter() {
            let field = match key {
                header::SPEC_VERSION => &mut fields.spec_version,
                header::ID => &mut fields.id,
                header::TYPE => &mut fields.event_type,
                header::SOURCE => &mut fields.source,
                header::SUBJECT => &mut fields.subject,
                header::TIME => &mut fields.time,
                header::CONTENT_TYPE => &mut fields.content_type,
                header::POSITION => &mut fields.position,
                header::PREV => &mut fields.prev,
                header::VERSION => &mut fields.version,
                header::SCHEMA_VERSION => &mut fields.schema_version,
                header::METADATA => &mut fields.metadata,
                header::RECORDED_AT => &mut fields.recorded_at,
                header::HASH => &mut fields.hash,
                header::LOG => &mut fields.log,
                header::SIGNATURE => &mut fields.signature,
                _ => continue,
            };
            *field = value;
        }
        fields
    }
}

fn expect(found: Option<&[u8]>, name: &'static str, expected: &str) -> Result<(), Unreadable> {
    if text(found, name)? == expected {
        Ok(())
    } else {
        Err(Unreadable::InvalidHeader(name))
    }
}

fn text<'a>(value: Option<&'a [u8]>, name: &'static str) -> Result<&'a str, Unreadable> {
    let value = value.ok_or(Unreadable::MissingHeader(name))?;
    std::str::from_utf8(value).map_err(|_| Unreadable::InvalidHeader(name))
}

fn parsed<T: std::str::FromStr>(value: Option<&[u8]>, name: &'static str) -> Result<T, Unreadable> {
    text(value, name)?
        .parse()
        .map_err(|_| Unreadable::InvalidHeader(name))
}

fn time(value: Option<&[u8]>, name: &'static str) -> Result<DateTime<Utc>, Unreadable> {
    let time = DateTime::parse_from_rfc3339(text(value, name)?);
    time.map(|time| time.to_utc())
        .map_err(|_| Unreadable::InvalidHeader(name))
}

fn hash(value: Option<&[u8]>, name: &'static str) -> Result<Hash, Unreadable> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text(value, name)?, &mut hash).map_err(|_| Unreadable::InvalidHeader(name))?;
    Ok(hash)
}

fn json(text: &str) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(text.to_owned())
}

fn hex_text<'a>(hash: &Hash, buffer: &'a mut [u8; 64]) -> &'a str {
    hex::encode_to_slice(hash, buffer).expect("the buffer holds two digits per byte");
    std::str::from_utf8(buffer).expect("hex digits are ASCII")
}
