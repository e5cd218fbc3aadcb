//! The kinds of rejections.

/// The kind of a rejection, so that callers need not know each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The object of the command does not exist.
    NotFound,
    /// The object is in another state than the command needs.
    InvalidState,
    /// The available stock is too low.
    InsufficientStock,
    /// The command is invalid in every state.
    Validation,
    /// The command contradicts recorded facts.
    Conflict,
    /// Only another user may do this.
    Forbidden,
    /// The streams contradict each other: an error of the platform, not of the caller.
    Internal,
}
