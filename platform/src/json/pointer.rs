//! Turns serde's paths and messages into JSON pointers and plain sentences.

use std::fmt::Write as _;

use serde_path_to_error::{Path, Segment};

/// The JSON pointer (RFC 6901) of what `message` complains about. serde reports an unknown, missing or
/// duplicate field at its parent; the name is taken from the message.
pub(super) fn of(path: &Path, message: &str) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                let _ = write!(pointer, "/{index}");
            }
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let missing = quoted_after(message, "missing field `");
    let unknown = quoted_after(message, "unknown field `");
    let duplicate = quoted_after(message, "duplicate field `");
    if let Some(name) = missing.or(unknown).or(duplicate) {
        let is_there = path
            .iter()
            .next_back()
            .is_some_and(|last| matches!(last, Segment::Map { key } if key == name));
        if !is_there || missing.is_some() {
            push(&mut pointer, name);
        }
    }
    pointer
}

/// The message without serde_json's ` at line 1 column 7`.
pub(super) fn without_place(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

/// Appends one reference token, escaped.
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
}

fn quoted_after<'a>(message: &'a str, prefix: &str) -> Option<&'a str> {
    message.strip_prefix(prefix)?.split('`').next()
}
