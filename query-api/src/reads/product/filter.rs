//! Which listed products a search covers.

use domain::product::CATEGORY_CHARS_MAX;
use domain::text::{self, Lines};
use platform::problem::{FieldError, Problem};
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder};

/// The longest search text, in characters.
const Q_LEN_MAX: usize = 200;
/// The largest number of words of a search text that are used.
const WORDS_MAX: usize = 12;

/// The conditions that a product must meet. As JSON, they name the list in its cursors.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Filter {
    /// A `tsquery`.
    pub(super) words: Option<String>,
    category: Option<String>,
    in_stock: Option<bool>,
    min_price: Option<i64>,
    max_price: Option<i64>,
}

/// The conditions as they were sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) q: Option<String>,
    pub(super) category: Option<String>,
    pub(super) in_stock: Option<bool>,
    pub(super) min_price: Option<i64>,
    pub(super) max_price: Option<i64>,
}

impl Filter {
    /// Checks the conditions, and gives their texts the form in which texts are stored.
    pub(super) fn new(sent: Sent) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let q = checked_text("?q", sent.q, Q_LEN_MAX, &mut errors);
        let category = checked_text("?category", sent.category, CATEGORY_CHARS_MAX, &mut errors);
        for (name, price) in [("?min_price", sent.min_price), ("?max_price", sent.max_price)] {
            if price.is_some_and(|price| price < 0) {
                errors.push(FieldError::new(name, "must be 0 or more"));
            }
        }
        if !errors.is_empty() {
            return Err(Problem::validation(errors));
        }
        Ok(Self {
            words: q.as_deref().map(words).filter(|words| !words.is_empty()),
            category,
            in_stock: sent.in_stock,
            min_price: sent.min_price,
            max_price: sent.max_price,
        })
    }

    /// Adds `FROM` and `WHERE`: the products `p`, their stock `s`, and the words to search for.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" FROM read_model.products AS p LEFT JOIN read_model.stock AS s ON s.sku = p.sku ");
        if let Some(words) = &self.words {
            sql.push("CROSS JOIN to_tsquery('simple', ")
                .push_bind(words.clone())
                .push(") AS words (query) ");
        }
        sql.push("WHERE p.status = 'listed' ");
        if self.words.is_some() {
            sql.push("AND p.search @@ words.query ");
        }
        if let Some(category) = &self.category {
            sql.push("AND p.category = ")
                .push_bind(category.clone())
                .push(" ");
        }
        if let Some(in_stock) = self.in_stock {
            let comparison = if in_stock { ">" } else { "<=" };
            sql.push(format_args!(
                "AND COALESCE(s.on_hand - s.reserved - s.committed, 0) {comparison} 0 "
            ));
        }
        if let Some(min_price) = self.min_price {
            sql.push("AND p.price_minor >= ").push_bind(min_price).push(" ");
        }
        if let Some(max_price) = self.max_price {
            sql.push("AND p.price_minor <= ").push_bind(max_price).push(" ");
        }
    }
}

fn checked_text(
    name: &str,
    text: Option<String>,
    chars_max: usize,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let detail = match text::normalised(&text?, Lines::One) {
        Ok(text) if text.chars().count() <= chars_max => return Some(text),
        Ok(_) => format!("must have at most {chars_max} characters"),
        Err(found) => format!("must not have {found}"),
    };
    errors.push(FieldError::new(name, detail));
    None
}

/// The search text as a `tsquery` of word prefixes. Each word is quoted, so that Postgres splits it as it split the
/// indexed text (`DEMO-0001` is one word, not `DEMO` and `0001`).
fn words(q: &str) -> String {
    let words = q
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '\\'))
        .filter(|word| word.contains(char::is_alphanumeric));
    words
        .take(WORDS_MAX)
        .map(|word| format!("'{word}':*"))
        .collect::<Vec<_>>()
        .join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_quoted_words_reach_the_statement() {
        assert_eq!(words("White  Hanging-heart"), "'White':* & 'Hanging-heart':*");
        assert_eq!(words(r"it's a\b"), "'it':* & 's':* & 'a':* & 'b':*");
        assert_eq!(words("' | ! <-> :* \\"), "");
        assert_eq!(words(&"a ".repeat(50)).matches(":*").count(), WORDS_MAX);
    }
}
