//! Product search: words by prefix, filters, four sort orders.

use actix_web::web;
use platform::answer::Found;
use platform::problem::Problem;
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{Postgres, QueryBuilder};

use super::super::Answer;
use super::ProductRow;
use super::filter::{Filter, Sent};
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::MinPosition;
use crate::view::Product;

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
    let query = query.0;
    let filter = Filter::new(Sent {
        q: query.q,
        category: query.category,
        in_stock: query.in_stock,
        min_price: query.min_price,
        max_price: query.max_price,
    })?;
    let sort = match (query.sort, &filter.words) {
        (Some(sort), _) => sort,
        (None, Some(_)) => Sort::Relevance,
        (None, None) => Sort::Name,
    };
    let name = serde_json::to_string(&("products", &filter, sort)).map_err(Problem::internal)?;
    let list_query = ListQuery {
        limit: query.limit,
        cursor: query.cursor,
        min_position: query.min_position,
    };
    let (list, place) = List::open(&api, super::USES, name, list_query, None).await?;
    let mut statement = statement(&filter, sort, place, list.row_count());
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

fn statement(filter: &Filter, sort: Sort, place: Option<Place>, row_count: i64) -> QueryBuilder<Postgres> {
    let (column, column_type, is_descending) = sort.by();
    let mut sql = QueryBuilder::new(
        "SELECT p.sku, p.name, p.description, p.category, p.price_minor, p.currency, p.seller_id, p.status, \
         COALESCE(s.on_hand - s.reserved - s.committed, 0) AS available, p.version, \
         GREATEST(p.position, s.position) AS position, ",
    );
    sql.push(format_args!("({column})::text AS sort_value "));
    filter.push(&mut sql);
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
