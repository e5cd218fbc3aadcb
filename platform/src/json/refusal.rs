//! Why a body is refused. Only refused bodies are read again to find out: for most requests, one pass is all.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::{DEPTH_MAX, pointer};
use crate::problem::{FieldError, Problem, kind};

/// Why `text` could not be read as a `T`; `error` is what serde_json said.
#[cold]
pub(super) fn of<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> Problem {
    // Reads any JSON, however deep, and so finds faults behind the place where the type did not fit.
    if let Err(syntax) = serde_json::from_str::<IgnoredAny>(text) {
        return malformed(&syntax);
    }
    if depth(text) > DEPTH_MAX {
        let detail = format!("The body nests deeper than {DEPTH_MAX} levels.");
        return Problem::new(&kind::TOO_DEEP, detail);
    }
    let is_number = error.to_string().starts_with("number out of range");
    if error.is_syntax() && !is_number {
        return malformed(error);
    }
    let field = field::<T>(text, error);
    if field.detail.starts_with("duplicate field") {
        return Problem::new(&kind::DUPLICATE_KEY, "An object has the same key twice.")
            .with_errors(vec![field]);
    }
    Problem::validation(vec![field])
}

/// Why `text`, which is JSON, is refused although its type would take it: an escape in it names a NUL character, which
/// Postgres cannot store. None when the escape is itself escaped.
#[cold]
pub(super) fn of_nul(text: &str) -> Option<Problem> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut pointer = String::new();
    finds_nul(&value, &mut pointer)
        .then(|| Problem::validation(vec![FieldError::new(pointer, "must not hold a NUL character")]))
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(
        &kind::MALFORMED_JSON,
        format!(
            "The body is not JSON: {} at line {}, column {}.",
            pointer::without_place(&error.to_string()),
            error.line(),
            error.column()
        ),
    )
}

/// Where the body does not fit `T`, and why.
fn field<T: DeserializeOwned>(text: &str, first: &serde_json::Error) -> FieldError {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let (pointer, message) = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => {
            let message = error.inner().to_string();
            (pointer::of(error.path(), &message), message)
        }
        Ok(_) => (String::new(), first.to_string()),
    };
    FieldError::new(pointer, pointer::without_place(&message))
}

/// How deep arrays and objects nest in `text`, which is JSON.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut is_in_string, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_in_string => is_escaped = true,
            b'"' => is_in_string = !is_in_string,
            b'[' | b'{' if !is_in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !is_in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Leaves `pointer` at the first string with a NUL character.
fn finds_nul(value: &Value, pointer: &mut String) -> bool {
    let length = pointer.len();
    match value {
        Value::String(text) => return text.contains('\0'),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer::push(pointer, &index.to_string());
                if finds_nul(item, pointer) {
                    return true;
                }
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                pointer::push(pointer, key);
                if finds_nul(item, pointer) {
                    return true;
                }
                pointer.truncate(length);
            }
        }
        _ => {}
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_nest() {
        assert_eq!(depth(r#"{"a":["[[[","\"]{"]}"#), 2);
        assert_eq!(depth(r#""\\""#), 0);
        assert_eq!(depth("[[],[[]]]"), 3);
    }
}
