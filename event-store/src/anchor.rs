//! Anchors: signed statements of what the log was, kept outside the database.
//!
//! The hash chain of a stream shows a changed event, but whoever can write to the database can compute every hash anew,
//! or restore an old copy. An anchor fixes the *digest* of the whole log up to a position: SHA-256 over the digest at the
//! previous position and the hash of the event, from 32 zero bytes on. It is signed with Ed25519 under a key derived from
//! the data key, which is not in the database.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use chrono::{DateTime, SubsecRound as _, Utc};
use platform::config::Secret32;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hash::Hash;
use crate::{Error, Store, kafka};

/// Events per page.
const PAGE_LEN: i64 = 10_000;

/// A signed statement of what the log was. One line of a file of anchors is one anchor as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The log's id.
    pub log_id: Uuid,
    /// The position of the last event.
    pub position: i64,
    /// The digest of the log up to the position, hex.
    pub digest: String,
    /// When it was written.
    pub anchored_at: DateTime<Utc>,
    /// The public key, hex.
    pub key: String,
    /// The signature over the other fields, hex.
    pub signature: String,
}

/// Why a line is not an anchor of this instance.
#[derive(Debug, thiserror::Error)]
pub enum Damaged {
    /// It is not the JSON of an anchor.
    #[error("it is not an anchor: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It was signed with another instance's key.
    #[error("it was signed with the key of another instance")]
    ForeignKey,
    /// The signature does not fit the other fields.
    #[error("its signature does not match its content")]
    Signature,
}

/// Signs anchors and checks their signatures.
pub struct AnchorKey(Ed25519KeyPair);

impl std::fmt::Debug for AnchorKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("AnchorKey(…)")
    }
}

/// The digest of a log, event by event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogDigest(Hash);

impl LogDigest {
    /// Adds the next event of the log by its hash.
    pub fn add(&mut self, hash: &[u8]) {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(&self.0);
        context.update(hash);
        self.0.copy_from_slice(context.finish().as_ref());
    }

    /// As hex.
    pub fn to_hex(self) -> String {
        hex::encode(self.0)
    }

    fn from_hex(text: &str) -> Option<Self> {
        hex::decode(text).ok()?.try_into().ok().map(Self)
    }
}

impl AnchorKey {
    /// The key of the instance with this data key.
    ///
    /// # Errors
    /// When the derived bytes are no key, which does not happen.
    pub fn new(data_key: &Secret32) -> Result<Self, Error> {
        let seed = aws_lc_rs::hmac::sign(&data_key.derive("waybill anchor v1"), b"seed");
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref());
        pair.map(Self).map_err(|_| Error::Key("it makes no Ed25519 key"))
    }

    fn public(&self) -> String {
        hex::encode(self.0.public_key().as_ref())
    }

    /// Signs a statement about the log as it is now.
    fn sign(&self, log_id: Uuid, position: i64, digest: LogDigest) -> Anchor {
        let mut anchor = Anchor {
            log_id,
            position,
            digest: digest.to_hex(),
            anchored_at: Utc::now().trunc_subsecs(3),
            key: self.public(),
            signature: String::new(),
        };
        anchor.signature = hex::encode(self.0.sign(&anchor.signed()).as_ref());
        anchor
    }

    /// Reads an anchor of this instance from a line.
    ///
    /// # Errors
    /// When it is damaged, or of another instance.
    pub fn read(&self, line: &str) -> Result<Anchor, Damaged> {
        let anchor: Anchor = serde_json::from_str(line)?;
        if anchor.key != self.public() {
            return Err(Damaged::ForeignKey);
        }
        let signature = hex::decode(&anchor.signature).map_err(|_| Damaged::Signature)?;
        UnparsedPublicKey::new(&ED25519, self.0.public_key().as_ref())
            .verify(&anchor.signed(), &signature)
            .map_err(|_| Damaged::Signature)?;
        Ok(anchor)
    }
}

impl Anchor {
    /// The bytes that are signed.
    fn signed(&self) -> Vec<u8> {
        format!(
            "waybill anchor v1\n{}\n{}\n{}\n{}",
            self.log_id,
            self.position,
            self.digest,
            self.anchored_at.timestamp_millis()
        )
        .into_bytes()
    }
}

impl Store {
    /// Anchors the log up to its head, from `last` on if it is an anchor of this log; otherwise from the first event on.
    /// Returns `None` if nothing was recorded since `last`.
    ///
    /// # Errors
    /// When the database fails, or the log is shorter than `last` says.
    pub async fn anchor(&self, key: &AnchorKey, last: Option<&Anchor>) -> Result<Option<Anchor>, Error> {
        let log_id = kafka::log_id(self).await?;
        let head = self.head().await?;
        let last = last.filter(|last| last.log_id == log_id && last.position <= head);
        let known = last.and_then(|last| Some((last.position, LogDigest::from_hex(&last.digest)?)));
        let (mut position, mut digest) = known.unwrap_or_default();
        if head == 0 || position == head {
            return Ok(None);
        }
        while position < head {
            let rows = sqlx::query!(
                "SELECT position, hash FROM event_store.events
                 WHERE position > $1 AND position <= $2 ORDER BY position",
                position,
                head.min(position + PAGE_LEN)
            )
            .fetch_all(self.pool())
            .await?;
            for row in rows {
                if row.position != position + 1 {
                    break;
                }
                digest.add(&row.hash);
                position = row.position;
            }
            if position < head && self.position_after(position).await? != Some(position + 1) {
                return Err(Error::Hole {
                    position: position + 1,
                });
            }
        }
        Ok(Some(key.sign(log_id, position, digest)))
    }
}
