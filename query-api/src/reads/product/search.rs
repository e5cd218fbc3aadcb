//! Product search: words by prefix, filters, four sort orders.

use actix_web::web;
use domain::product::CATEGORY_CHARS_MAX;
use domain::text::{self, Lines};
use platform::answer::Found;
use platform::problem::{FieldError, Problem};
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{Postgres, QueryBuilder};

use super::super::Answer;
use super::ProductRow;
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::MinPosition;
use crate::view::Product;

/// The longest search text, in characters.
const Q_LEN_MAX: usize = 200;
/// The largest number of words of a search text that are used.
const WORDS_MAX: usize = 12;

/// The parameters of a search.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchQuery {
    /// Words, or beginnings of words, in the name, description or category.
    #[schemars(example = &"heart holder")]
    q: Option<String>,
    /// Only products of this category.
    category: Option<String>,
    /// Only products that are in stock, or only products that are not.
    in_stock: Option<bool>,
    /// The lowest price, in minor units.
    #[schemars(range(min = 0), example = 250)]
    min_price: Option<i64>,
    /// The highest price, in minor units.
    #[schemars(range(min = 0), example = 1_000)]
    max_price: Option<i64>,
    /// The sort order.
    sort: Option<Sort>,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// A sort order of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "ProductSort")]
enum Sort {
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "price")]
    Price,
    #[serde(rename = "-price")]
    PriceDescending,
    #[serde(rename = "newest")]
    Newest,
    /// The default if a search text is given.
    #[serde(skip_deserializing)]
    Relevance,
}

/// A place in the list: the value of the sort column, as text, and the SKU.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    value: String,
    sku: String,
}

/// A row, and its value in the sort column.
#[derive(Debug, sqlx::FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    product: ProductRow,
    sort_value: String,
}

impl Sort {
    /// The expression to sort by, its type, and whether the order is descending.
    const fn by(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::Name => ("p.name", "text", false),
            Self::Price => ("p.price_minor", "bigint", false),
            Self::PriceDescending => ("p.price_minor", "bigint", true),
            Self::Newest => ("p.listed_at", "timestamptz", true),
            Self::Relevance => ("ts_rank(p.search, words.query)", "real", true),
        }
    }
}

/// The listed products that match.
pub(crate) async fn search(api: web::Data<Api>, query: Query<SearchQuery>) -> Answer<Found<Page<Product>>> {
    let mut query = checked(query.0)?;
    let words = query.q.as_deref().map(words).filter(|words| !words.is_empty());
    let sort = match (query.sort, &words) {
        (Some(sort), _) => sort,
        (None, Some(_)) => Sort::Relevance,
        (None, None) => Sort::Name,
    };
    let filters = (
        &words,
        &query.category,
        query.in_stock,
        query.min_price,
        query.max_price,
        sort,
    );
    let name = serde_json::to_string(&("products", filters)).map_err(Problem::internal)?;
    let list_query = ListQuery {
        limit: query.limit,
        cursor: query.cursor.take(),
        min_position: query.min_position,
    };
    let (list, place) = List::open(&api, super::USES, name, list_query, None).await?;
    let mut statement = statement(&query, words.as_deref(), sort, place, list.row_count());
    let rows: Vec<FoundRow> = statement
        .build_query_as()
        .fetch_all(&api.pool)
        .await
        .map_err(database)?;
    let page = list.page(rows, |row: &FoundRow| Place {
        value: row.sort_value.clone(),
        sku: row.product.sku.clone(),
    })?;
    let items = page
        .items
        .into_iter()
        .map(|row| Product::from(row.product))
        .collect();
    list.reached.found(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// The parameters with their texts in the form in which texts are stored, after all checks.
fn checked(query: SearchQuery) -> Result<SearchQuery, Problem> {
    let mut errors = Vec::new();
    let q = checked_text("?q", query.q, Q_LEN_MAX, &mut errors);
    let category = checked_text("?category", query.category, CATEGORY_CHARS_MAX, &mut errors);
    for (name, price) in [("?min_price", query.min_price), ("?max_price", query.max_price)] {
        if price.is_some_and(|price| price < 0) {
            errors.push(FieldError::new(name, "must be 0 or more"));
        }
    }
    if errors.is_empty() {
        Ok(SearchQuery { q, category, ..query })
    } else {
        Err(Problem::validation(errors))
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

fn statement<'a>(
    query: &'a SearchQuery,
    words: Option<&'a str>,
    sort: Sort,
    place: Option<Place>,
    row_count: i64,
) -> QueryBuilder<Postgres> {
    let (column, column_type, is_descending) = sort.by();
    let mut sql = QueryBuilder::new(
        "SELECT p.sku, p.name, p.description, p.category, p.price_minor, p.currency, p.seller_id, p.status, \
         COALESCE(s.on_hand - s.reserved - s.committed, 0) AS available, p.version, \
         GREATEST(p.position, s.position) AS position, ",
    );
    sql.push(format_args!("({column})::text AS sort_value "));
    sql.push("FROM read_model.products AS p LEFT JOIN read_model.stock AS s ON s.sku = p.sku ");
    if let Some(words) = words {
        sql.push("CROSS JOIN to_tsquery('simple', ")
            .push_bind(words.to_owned())
            .push(") AS words (query) ");
    }
    sql.push("WHERE p.status = 'listed' ");
    if words.is_some() {
        sql.push("AND p.search @@ words.query ");
    }
    if let Some(category) = &query.category {
        sql.push("AND p.category = ")
            .push_bind(category.clone())
            .push(" ");
    }
    if let Some(in_stock) = query.in_stock {
        let comparison = if in_stock { ">" } else { "<=" };
        sql.push(format_args!(
            "AND COALESCE(s.on_hand - s.reserved - s.committed, 0) {comparison} 0 "
        ));
    }
    if let Some(min_price) = query.min_price {
        sql.push("AND p.price_minor >= ").push_bind(min_price).push(" ");
    }
    if let Some(max_price) = query.max_price {
        sql.push("AND p.price_minor <= ").push_bind(max_price).push(" ");
    }
    if let Some(place) = place {
        let comparison = if is_descending { "<" } else { ">" };
        sql.push(format_args!("AND ({column}, p.sku) {comparison} ("));
        sql.push_bind(place.value)
            .push(format_args!("::{column_type}, "))
            .push_bind(place.sku)
            .push(") ");
    }
    let direction = if is_descending { "DESC" } else { "ASC" };
    sql.push(format_args!(
        "ORDER BY {column} {direction}, p.sku {direction} LIMIT "
    ))
    .push_bind(row_count);
    sql
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
