//! Invalid paths and parameters of reads, and the resulting problems.

use platform::auth::Role;

use crate::history::account;
use crate::test_app::{TestApp, log};

/// Paths of products, with the expected status and problem.
const PRODUCTS: &[(&str, u16, &str)] = &[
    ("/products?limit=1000000", 422, "validation"),
    ("/products?limit=0", 422, "validation"),
    ("/products?limit=-1", 422, "validation"),
    ("/products?limit=x", 422, "validation"),
    ("/products?sort=id%3Bdrop", 422, "validation"),
    ("/products?sort=Relevance", 422, "validation"),
    ("/products?q=a&q=b", 400, "malformed-query"),
    ("/products?limit=1&limit=1", 400, "malformed-query"),
    ("/products?colour=red", 422, "validation"),
    ("/products?q=%00", 422, "validation"),
    ("/products?category=%00", 422, "validation"),
    ("/products?q=tea%E2%80%8Bpot", 422, "validation"),
    ("/products?category=tea%0Apot", 422, "validation"),
    ("/products?in_stock=yes", 422, "validation"),
    ("/products?min_price=-1", 422, "validation"),
    ("/products?max_price=1.5", 422, "validation"),
    ("/products?min_position=-1", 422, "validation"),
    ("/products?cursor=", 400, "invalid-cursor"),
    ("/products?cursor=AAAA", 400, "invalid-cursor"),
    ("/products?cursor=%00", 400, "invalid-cursor"),
    ("/products/SKU-0001?colour=red", 422, "validation"),
    ("/products/categories?limit=1", 422, "validation"),
    ("/products/%00", 404, "not-found"),
    ("/products/%ff", 404, "not-found"),
    ("/products/..%2f", 404, "not-found"),
    ("/products/a/b", 404, "not-found"),
    ("/products/", 404, "not-found"),
];

/// Paths of stock, orders and deliveries.
const STOCK_AND_ORDERS: &[(&str, u16, &str)] = &[
    ("/stock/%00", 404, "not-found"),
    ("/stock/%ff", 404, "not-found"),
    ("/stock?sku=a", 422, "validation"),
    ("/orders/7", 404, "not-found"),
    ("/orders/%ff", 404, "not-found"),
    ("/orders/7/history", 404, "not-found"),
    ("/orders?status=lost", 422, "validation"),
    ("/orders?limit=101", 422, "validation"),
    ("/deliveries/7", 404, "not-found"),
    ("/deliveries?status=%27", 422, "validation"),
];

/// Paths of analytics.
const ANALYTICS: &[(&str, u16, &str)] = &[
    ("/analytics/summary", 422, "validation"),
    ("/analytics/summary?from=2026-01-01", 422, "validation"),
    (
        "/analytics/summary?from=2026-13-01&to=2027-01-01",
        422,
        "validation",
    ),
    (
        "/analytics/summary?from=2026-02-30&to=2027-01-01",
        422,
        "validation",
    ),
    (
        "/analytics/summary?from=2026-01-02&to=2026-01-01",
        422,
        "validation",
    ),
    (
        "/analytics/summary?from=%2B262142-01-01&to=%2B262142-01-02",
        422,
        "validation",
    ),
    (
        "/analytics/summary?from=-0001-01-01&to=2026-01-01",
        422,
        "validation",
    ),
    (
        "/analytics/summary?from=2026-01-01&to=2026-02-01&currency=GBP",
        422,
        "validation",
    ),
    (
        "/analytics/top-products?from=2026-01-01&to=2026-02-01&currency=GBP&limit=1000000",
        422,
        "validation",
    ),
    (
        "/analytics/top-products?from=2026-01-01&to=2026-02-01",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=2026-01-01&to=2026-02-01&currency=gbp&granularity=day",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=2026-01-01&to=2026-02-01&currency=JPY&granularity=day",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=2026-01-01&to=2026-02-01&currency=GBP",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=2026-01-01&to=2026-02-01&currency=GBP&granularity=year",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=2026-01-01&to=2026-02-02&currency=GBP&granularity=hour",
        422,
        "validation",
    ),
    (
        "/analytics/sales?from=0001-01-01&to=9999-12-31&currency=GBP&granularity=month",
        422,
        "validation",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn invalid_parameters_are_refused_with_their_problem() {
    let app = TestApp::with(&log(30, &[])).await;
    let token = app.anyone(Role::Superadmin);
    for (path, status, slug) in [PRODUCTS, STOCK_AND_ORDERS, ANALYTICS].concat() {
        let refused = app.refused(Some(&token), path).await;
        assert_eq!(refused, (status, slug.to_owned()), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_parameters_are_refused_with_their_problem() {
    let app = TestApp::with(&log(30, &[])).await;
    let token = app.anyone(Role::Superadmin);
    let (long, nines) = ("x".repeat(201), "9".repeat(20));
    let table = [
        (format!("/products?q={long}"), 422, "validation"),
        (format!("/products?category={long}"), 422, "validation"),
        (format!("/products?max_price={nines}"), 422, "validation"),
        (format!("/products?min_position={nines}"), 422, "validation"),
        (format!("/products/{long}"), 404, "not-found"),
    ];
    for (path, status, slug) in table {
        let refused = app.refused(Some(&token), &path).await;
        assert_eq!(refused, (status, slug.to_owned()), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_only_accepted_by_its_own_list() {
    let app = TestApp::with(&log(6, &[])).await;
    let seller = app.token(account(1), Role::Seller);
    let other = app.token(account(2), Role::Seller);
    let page = app.read(Some(&seller), "/products?sort=price&limit=2").await;
    let cursor = page["next_cursor"].as_str().unwrap();
    app.read(Some(&other), &format!("/products?sort=price&cursor={cursor}"))
        .await;
    let stock = app.read(Some(&seller), "/stock?limit=1").await;
    let stock_cursor = stock["next_cursor"].as_str().unwrap();
    let mut forged = cursor.as_bytes().to_vec();
    forged[3] = if forged[3] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    let paths = [
        format!("/products?sort=price&cursor={forged}"),
        format!("/products?sort=price&cursor={}", &cursor[1..]),
        format!("/products?sort=-price&cursor={cursor}"),
        format!("/products?sort=price&category=mugs&cursor={cursor}"),
        format!("/products?cursor={cursor}"),
        format!("/stock?cursor={cursor}"),
        format!("/products/my-products?cursor={stock_cursor}"),
    ];
    for path in paths {
        let refused = app.refused(Some(&seller), &path).await;
        assert_eq!(refused, (400, "invalid-cursor".to_owned()), "{path}");
    }
    // It is also refused for another caller's list of the same name.
    let refused = app
        .refused(Some(&other), &format!("/stock?cursor={stock_cursor}"))
        .await;
    assert_eq!(refused, (400, "invalid-cursor".to_owned()));
}
