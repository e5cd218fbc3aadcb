//! Why a configuration cannot be used.

use std::path::PathBuf;

/// Why a configuration cannot be used. No message holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is missing or not readable.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is readable by other users of the machine.
    #[error("{} contains keys and can be read by other users; run: chmod 600 {}", path.display(), path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// Not TOML, an unknown key, or a value of the wrong type.
    #[error("the configuration is not valid at line {line}: {message}")]
    Syntax {
        /// Which line, from 1.
        line: usize,
        /// What is wrong; without the line's text, which may be a secret.
        message: String,
    },
    /// A variable that cannot be used for the setting it names.
    #[error("{name} cannot be read: {reason}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A value that cannot be used.
    #[error("`{key}` {reason}")]
    Value {
        /// Which key.
        key: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl Error {
    pub(super) const fn value(key: &'static str, reason: &'static str) -> Self {
        Self::Value { key, reason }
    }
}
