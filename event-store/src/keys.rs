//! Crypto-shredding: personal data in events is encrypted with one key per person, so that deleting the key
//! erases the data while every event stays.
//!
//! A person's key is 32 random bytes, stored encrypted (wrapped) with the platform's data key. Both layers are
//! AES-256-GCM with a random 96-bit nonce as the prefix and the person's id as additional authenticated data,
//! so that a ciphertext is valid for one person only (NIST SP 800-38D).

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use moka::sync::Cache;
use sqlx::{PgConnection, PgPool};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{Error, NewSubjectKey};

const KEY_LEN: usize = 32;
/// The text whose sealed form records the data key.
const KEY_CHECK: &[u8] = b"waybill data key";
/// Maximum number of decrypted keys in memory.
const CACHED_KEYS_MAX: u64 = 50_000;
/// Lifetime of a cached key.
const CACHED_FOR: Duration = Duration::from_secs(60);
/// How old the knowledge of erasures may be when a cached key is used: the longest time another process uses the key of
/// an erased person.
const ERASURES_AGE_MAX: Duration = Duration::from_secs(1);
/// How far back erasures are read, in seconds: longer than a key is cached.
const ERASURES_REACH_S: f64 = 120.0;

/// Encrypts (seals) and decrypts (opens) personal data. Cheap to clone.
#[derive(Clone)]
pub struct KeyRing {
    pool: PgPool,
    data_key: Arc<LessSafeKey>,
    keys: Cache<Uuid, Arc<LessSafeKey>>,
    /// When the erasures of other processes were last read.
    erasures_read_at: Arc<Mutex<Option<Instant>>>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KeyRing")
            .field("cached", &self.keys.entry_count())
            .finish_non_exhaustive()
    }
}

impl KeyRing {
    /// Creates a key ring over the database of `pool`, with keys wrapped by `data_key`.
    ///
    /// # Panics
    /// Never: 32 bytes are a key.
    pub fn new(pool: PgPool, data_key: &[u8; KEY_LEN]) -> Self {
        let keys = Cache::builder()
            .max_capacity(CACHED_KEYS_MAX)
            .time_to_live(CACHED_FOR)
            .build();
        let data_key = Arc::new(aead_key(data_key).expect("32 bytes are an AES-256 key"));
        Self {
            pool,
            data_key,
            keys,
            erasures_read_at: Arc::default(),
        }
    }

    /// Checks that the store's keys are wrapped with this data key. The first check of a store records the key, in sealed
    /// form.
    ///
    /// # Errors
    /// [`Error::WrongDataKey`], or when the database fails.
    pub async fn verify(&self) -> Result<(), Error> {
        if !self.has_recorded_key().await? {
            self.record_key().await?;
        }
        Ok(())
    }

    /// Returns whether a data key is recorded, and fails if it is another one.
    async fn has_recorded_key(&self) -> Result<bool, Error> {
        let recorded = sqlx::query_scalar!("SELECT sealed FROM event_store.key_check")
            .fetch_optional(&self.pool)
            .await?;
        let Some(recorded) = recorded else {
            return Ok(false);
        };
        open(&self.data_key, Uuid::nil(), recorded).map_err(|_| Error::WrongDataKey)?;
        Ok(true)
    }

    async fn record_key(&self) -> Result<(), Error> {
        // A store of an earlier release has keys, but no record.
        let existing = sqlx::query!("SELECT subject_id, wrapped_key FROM event_store.subject_keys LIMIT 1")
            .fetch_optional(&self.pool)
            .await?;
        if let Some(existing) = existing {
            open(&self.data_key, existing.subject_id, existing.wrapped_key)
                .map_err(|_| Error::WrongDataKey)?;
        }
        let sealed = seal(&self.data_key, Uuid::nil(), KEY_CHECK)?;
        sqlx::query!(
            "INSERT INTO event_store.key_check (sealed) VALUES ($1) ON CONFLICT DO NOTHING",
            sealed
        )
        .execute(&self.pool)
        .await?;
        // Another process may have recorded its key at the same time.
        self.has_recorded_key().await.map(|_| ())
    }

    /// Generates a key for a new person and seals `plaintext` with it. The key must be stored in the transaction
    /// that appends the sealed data.
    ///
    /// # Errors
    /// When the system's random generator fails.
    pub fn seal_new(&self, subject_id: Uuid, plaintext: &[u8]) -> Result<(String, NewSubjectKey), Error> {
        let mut bytes = [0; KEY_LEN];
        rand::fill(&mut bytes).map_err(|_| Error::Key("no randomness"))?;
        let key = Arc::new(aead_key(&bytes)?);
        let wrapped_key = seal(&self.data_key, subject_id, &bytes)?;
        let ciphertext = STANDARD_NO_PAD.encode(seal(&key, subject_id, plaintext)?);
        Ok((
            ciphertext,
            NewSubjectKey {
                subject_id,
                wrapped_key,
            },
        ))
    }

    /// Seals `plaintext` with a person's key; `None` when there is no key, or it was erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seal(&self, subject_id: Uuid, plaintext: &[u8]) -> Result<Option<String>, Error> {
        let Some(key) = self.key(subject_id).await? else {
            return Ok(None);
        };
        Ok(Some(STANDARD_NO_PAD.encode(seal(&key, subject_id, plaintext)?)))
    }

    /// Opens a ciphertext of [`Self::seal`]; `None` when the person was erased.
    ///
    /// # Errors
    /// When the database fails, or the ciphertext belongs to another person.
    pub async fn open(&self, subject_id: Uuid, ciphertext: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(key) = self.key(subject_id).await? else {
            return Ok(None);
        };
        let sealed = STANDARD_NO_PAD
            .decode(ciphertext)
            .map_err(|_| Error::Key("the ciphertext is not base64"))?;
        open(&key, subject_id, sealed).map(Some)
    }

    /// Whether a person has a key: they were not erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has(&self, subject_id: Uuid) -> Result<bool, Error> {
        Ok(self.key(subject_id).await?.is_some())
    }

    /// Generates and stores a key for a person, unless one exists, or the person was erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create(&self, subject_id: Uuid) -> Result<(), Error> {
        let (_, key) = self.seal_new(subject_id, &[])?;
        sqlx::query!(
            "INSERT INTO event_store.subject_keys (subject_id, wrapped_key)
             SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM event_store.erased_subjects WHERE subject_id = $1)
             ON CONFLICT (subject_id) DO NOTHING",
            key.subject_id,
            key.wrapped_key
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Erases a person by deleting the key, in the transaction of `connection`; data sealed with it is unreadable once the
    /// transaction commits. Repeating it changes nothing. Every process forgets the key within a second.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erase_in(connection: &mut PgConnection, subject_id: Uuid) -> Result<(), Error> {
        sqlx::query!("SELECT event_store.erase_subject($1)", subject_id)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Erases a person by deleting the key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erase(&self, subject_id: Uuid) -> Result<(), Error> {
        let mut connection = self.pool.acquire().await?;
        Self::erase_in(&mut connection, subject_id).await?;
        self.keys.invalidate(&subject_id);
        Ok(())
    }

    /// Drops the keys of persons whom other processes erased. Without an answer of the database, no cached key is used.
    async fn forget_erased(&self) -> Result<(), Error> {
        let mut read_at = self.erasures_read_at.lock().await;
        if read_at.is_some_and(|read_at| read_at.elapsed() < ERASURES_AGE_MAX) {
            return Ok(());
        }
        let started = Instant::now();
        let erased = sqlx::query_scalar!(
            "SELECT subject_id FROM event_store.erased_subjects
             WHERE erased_at > clock_timestamp() - make_interval(secs => $1)",
            ERASURES_REACH_S
        )
        .fetch_all(&self.pool)
        .await?;
        for subject_id in erased {
            self.keys.invalidate(&subject_id);
        }
        *read_at = Some(started);
        Ok(())
    }

    async fn key(&self, subject_id: Uuid) -> Result<Option<Arc<LessSafeKey>>, Error> {
        self.forget_erased().await?;
        if let Some(key) = self.keys.get(&subject_id) {
            return Ok(Some(key));
        }
        let wrapped = sqlx::query_scalar!(
            "SELECT wrapped_key FROM event_store.subject_keys WHERE subject_id = $1",
            subject_id
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(wrapped) = wrapped else { return Ok(None) };
        let key = Arc::new(aead_key(&open(&self.data_key, subject_id, wrapped)?)?);
        self.keys.insert(subject_id, Arc::clone(&key));
        Ok(Some(key))
    }
}

fn aead_key(bytes: &[u8]) -> Result<LessSafeKey, Error> {
    let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| Error::Key("it has not 32 bytes"))?;
    Ok(LessSafeKey::new(key))
}

fn seal(key: &LessSafeKey, subject_id: Uuid, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE_LEN];
    rand::fill(&mut nonce).map_err(|_| Error::Key("no randomness"))?;
    let mut body = plaintext.to_vec();
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(subject_id.as_bytes()),
        &mut body,
    )
    .map_err(|_| Error::Key("sealing failed"))?;
    let mut sealed = nonce.to_vec();
    sealed.append(&mut body);
    Ok(sealed)
}

fn open(key: &LessSafeKey, subject_id: Uuid, mut sealed: Vec<u8>) -> Result<Vec<u8>, Error> {
    const FOREIGN: Error = Error::Key("the ciphertext was not made with it");
    let Some((nonce, _)) = sealed.split_first_chunk::<NONCE_LEN>() else {
        return Err(FOREIGN);
    };
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let mut body = sealed.split_off(NONCE_LEN);
    let plaintext_len = key
        .open_in_place(nonce, Aad::from(subject_id.as_bytes()), &mut body)
        .map_err(|_| FOREIGN)?
        .len();
    body.truncate(plaintext_len);
    Ok(body)
}
