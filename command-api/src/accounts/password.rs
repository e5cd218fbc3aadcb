//! Passwords: which are accepted, and how they are stored (argon2id with OWASP's parameters).
//!
//! Hashing deliberately takes some 40 ms of a core and 19 MiB, so it runs on the blocking pool behind a process-wide
//! semaphore with a short queue.
//!
//! A password is hashed in Unicode normalisation form NFC, because keyboards write `é` as one character or as two. Hashes
//! from before that are of the password as it was typed then, so a password that is not in ASCII is also checked as
//! typed and decomposed.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

/// The minimum length, in characters.
pub const CHARS_MIN: usize = 8;
/// The maximum length, in characters.
pub const CHARS_MAX: usize = 256;
/// Passwords that may wait to be hashed; further ones are refused at once.
const WAITING_MAX: usize = 64;

/// The most common passwords, in lower case, sorted.
const COMMON: &str = include_str!("common_passwords.txt");

/// How many passwords are hashed concurrently: half the cores, so that log-ins do not starve orders.
static PERMITS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Semaphore::new((cores / 2).max(1))
});
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Hash of an unknown password. Checked for unknown addresses, so that the response time is the same.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let secret = uuid::Uuid::new_v4().to_string();
    Argon2::default()
        .hash_password(secret.as_bytes())
        .map(|hash| hash.to_string())
        .unwrap_or_default()
});

/// A password. `Debug` hides it.
#[derive(Clone)]
pub struct Password {
    /// In normalisation form NFC.
    composed: String,
    typed: String,
}

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPassword {
    /// Too short or too long.
    #[error("Use {CHARS_MIN} to {CHARS_MAX} characters")]
    Length,
    /// One of the most common passwords.
    #[error("This password is too common")]
    Common,
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many passwords are waiting already.
    #[error("too many passwords are being checked")]
    Overloaded,
    /// The hash function failed.
    #[error("the password could not be hashed")]
    Hash(#[source] argon2::password_hash::Error),
    /// The hashing task did not finish.
    #[error("hashing was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl Password {
    /// Accepts a new password.
    ///
    /// # Errors
    /// When it is too short, too long, or too common.
    pub fn parse(text: &str) -> Result<Self, InvalidPassword> {
        let password = Self::typed(text);
        if !(CHARS_MIN..=CHARS_MAX).contains(&password.composed.chars().count()) {
            return Err(InvalidPassword::Length);
        }
        let lower = password.composed.to_lowercase();
        let is_one_character = lower.chars().all(|character| lower.starts_with(character));
        if is_one_character || COMMON.lines().any(|common| common == lower) {
            return Err(InvalidPassword::Common);
        }
        Ok(password)
    }

    /// Accepts any text as a password to check at log-in.
    pub fn typed(text: &str) -> Self {
        Self {
            composed: text.nfc().collect(),
            typed: text.to_owned(),
        }
    }

    /// What a stored hash may be of, the most likely first. Just one for a password in ASCII.
    fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![self.composed.clone()];
        for other in [self.typed.clone(), self.typed.nfd().collect()] {
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
        spellings
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// Returns the hash to store (a PHC string).
///
/// # Errors
/// When too many passwords are waiting.
pub async fn hash(password: Password) -> Result<String, Error> {
    blocking(move || {
        Argon2::default()
            .hash_password(password.composed.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(Error::Hash)
    })
    .await?
}

/// Whether `password` matches the `stored` hash. Without a stored hash the result is false, after the same time.
///
/// # Errors
/// When too many passwords are waiting.
pub async fn verify(password: Password, stored: Option<String>) -> Result<bool, Error> {
    blocking(move || {
        let is_known = stored.is_some();
        let text = stored.unwrap_or_else(|| NOBODY.clone());
        let is_short = password
            .typed
            .chars()
            .count()
            .min(password.composed.chars().count())
            <= CHARS_MAX;
        let is_right = PasswordHash::new(&text).is_ok_and(|hash| {
            password.spellings().iter().any(|spelling| {
                Argon2::default()
                    .verify_password(spelling.as_bytes(), &hash)
                    .is_ok()
            })
        });
        is_right && is_known && is_short
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _place = Place::take().ok_or(Error::Overloaded)?;
    let _permit = PERMITS.acquire().await.expect("the semaphore is never closed");
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// A slot in the queue for the semaphore, released on drop.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let waiting = WAITING.fetch_add(1, Ordering::Relaxed);
        let place = Self;
        (waiting < WAITING_MAX).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        for (text, error) in [
            ("1234567", InvalidPassword::Length),
            (&"a".repeat(257), InvalidPassword::Length),
            ("Password1", InvalidPassword::Common),
            ("aaaaaaaaaa", InvalidPassword::Common),
            ("12345678", InvalidPassword::Common),
        ] {
            assert_eq!(Password::parse(text).unwrap_err(), error, "{text}");
        }
        assert!(Password::parse("correct horse battery").is_ok());
        assert!(Password::parse(&"ä".repeat(8)).is_err_and(|error| error == InvalidPassword::Common));
    }

    #[tokio::test]
    async fn a_password_matches_however_a_keyboard_composes_it() {
        let spellings = ["caf\u{e9} au lait", "cafe\u{301} au lait"];
        for registered in spellings {
            let hash = hash(Password::parse(registered).unwrap()).await.unwrap();
            for typed in spellings {
                assert!(verify(Password::typed(typed), Some(hash.clone())).await.unwrap());
            }
            assert!(!verify(Password::typed("cafe au lait"), Some(hash)).await.unwrap());
        }
    }

    #[tokio::test]
    async fn a_hash_of_a_password_that_was_not_composed_is_still_matched() {
        // Decomposed, and half of it composed.
        for registered in ["e\u{301}e\u{301} au lait", "\u{e9}e\u{301} au lait"] {
            let hash = Argon2::default()
                .hash_password(registered.as_bytes())
                .unwrap()
                .to_string();
            assert!(verify(Password::typed(registered), Some(hash)).await.unwrap());
        }
        let decomposed =
            Argon2::default().hash_password("e\u{301}t\u{e9}".nfd().collect::<String>().as_bytes());
        let decomposed = decomposed.unwrap().to_string();
        assert!(
            verify(Password::typed("\u{e9}t\u{e9}"), Some(decomposed))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_password_matches_only_its_own_hash() {
        let hash = hash(Password::typed("correct horse")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(
            verify(Password::typed("correct horse"), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!verify(Password::typed("wrong horse"), Some(hash)).await.unwrap());
        assert!(!verify(Password::typed("correct horse"), None).await.unwrap());
    }
}
