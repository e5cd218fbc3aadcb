//! Products and stock.

use std::collections::BTreeMap;

use domain::product::{ProductListed, ProductWithdrawn};
use domain::{Event, FreeText};
use platform::auth::Role;
use serde_json::json;

use crate::history::{Dated, End, Life, account, gbp, listed, seller, sku, start};
use crate::test_app::{TestApp, log, texts};

fn withdrawn(number: usize) -> Dated {
    let event: Event = ProductWithdrawn {
        sku: sku(number),
        reason: FreeText::clear("no longer made"),
    }
    .into();
    (event, start())
}

/// A product without stock.
fn named(sku: &str, name: &str, category: &str) -> Dated {
    let event: Event = ProductListed {
        sku: domain::Sku::parse(sku).unwrap(),
        name: name.to_owned(),
        description: "Made by hand in Éire.".to_owned(),
        category: category.to_owned(),
        price: gbp(500),
        seller_id: account(1),
    }
    .into();
    (event, start())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_shows_its_available_quantity_and_version() {
    let life = Life::new(1, &[(1, 7)], End::Placed);
    let app = TestApp::with(&log(2, &[life])).await;
    let head = app.world.store.head().await.unwrap();

    let response = app.get(None, "/products/sku-0001").await;
    assert_eq!(response.headers().get("etag").unwrap(), "\"2\"");
    let product: serde_json::Value = response.json().await.unwrap();
    assert_eq!(product["sku"], "SKU-0001");
    assert_eq!(product["price"], json!({"minor": 101, "currency": "GBP"}));
    assert_eq!(product["available"], 1_000_000 - 7);
    assert_eq!(product["seller_id"], json!(account(1).as_uuid()));
    // Its newest event is the reservation, which is followed by the payment's event.
    assert_eq!(product["position"], head - 1);

    let stock = app.read(None, "/stock/SKU-0001").await;
    assert_eq!(
        stock,
        json!({"sku": "SKU-0001", "on_hand": 1_000_000, "reserved": 7, "committed": 0,
               "available": 999_993, "position": head - 1})
    );
    for path in [
        "/products/NONE",
        "/stock/NONE",
        "/products/%20",
        "/stock/%2e%2e%2f",
    ] {
        assert_eq!(
            app.refused(None, path).await,
            (404, "not-found".to_owned()),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_product_is_found_only_by_its_sku_and_its_seller() {
    let mut events = log(4, &[]);
    events.push(withdrawn(3));
    let app = TestApp::with(&events).await;

    assert_eq!(app.read(None, "/products/SKU-0003").await["status"], "withdrawn");
    let found = app.pages(None, "/products?sort=name", 100).await;
    assert_eq!(texts(&found, "sku"), ["SKU-0001", "SKU-0002", "SKU-0004"]);
    assert!(app.pages(None, "/products?q=SKU-0003", 100).await.is_empty());

    let categories = app.read(None, "/products/categories").await;
    assert_eq!(
        categories["items"],
        json!([{"name": "lamps", "product_count": 1}, {"name": "mugs", "product_count": 2}])
    );

    let skus = app.api.listed_skus(2).await.unwrap();
    assert_eq!(skus, ["SKU-0001", "SKU-0002"]);
    assert_eq!(app.api.listed_skus(9).await.unwrap().len(), 3);

    let own = app.token(seller(1), Role::Seller);
    let mine = app.read(Some(&own), "/products/my-products").await;
    assert_eq!(
        texts(mine["items"].as_array().unwrap(), "sku"),
        ["SKU-0001", "SKU-0003"]
    );
    let other = app.anyone(Role::Admin);
    assert_eq!(
        app.read(Some(&other), "/products/my-products").await["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_count_what_a_search_finds() {
    let stocked = log(4, &[]);
    let empty = [
        named("TEA-1", "Tea mug", "mugs"),
        named("TEA-2", "Tea pot", "pots"),
    ];
    let app = TestApp::with(&[stocked, empty.to_vec()].concat()).await;
    let counts = async |query: &str| {
        let list = app.read(None, &format!("/products/categories?{query}")).await;
        let items = list["items"].as_array().unwrap().clone();
        let counts = items.iter().map(|item| {
            let name = item["name"].as_str().unwrap().to_owned();
            (name, item["product_count"].as_u64().unwrap())
        });
        counts.collect::<BTreeMap<_, _>>()
    };
    let found = async |query: &str| {
        let mut counts = BTreeMap::new();
        for product in app.pages(None, &format!("/products?{query}"), 100).await {
            *counts
                .entry(product["category"].as_str().unwrap().to_owned())
                .or_insert(0) += 1;
        }
        counts
    };
    for query in [
        "q=tea",
        "q=mug",
        "in_stock=true",
        "in_stock=false",
        "min_price=102&max_price=103",
        "q=tea&in_stock=true",
    ] {
        assert_eq!(counts(query).await, found(query).await, "{query}");
    }
    assert_eq!(counts("q=tea").await.len(), 2);
    assert_ne!(counts("").await, counts("in_stock=false").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_what_was_stored_however_it_is_typed() {
    // As commands store texts, and as they did before texts had one form.
    let stored = named("NEW", "Caf\u{e9} cup", "Caf\u{e9}s");
    let before = named("OLD", " Cafe\u{301} \u{200b}cup", "\u{202e}Cafe\u{301}s ");
    let app = TestApp::with(&[stored, before]).await;
    for path in [
        "/products?q=caf%C3%A9%20cup",
        "/products?q=cafe%CC%81%C2%A0cup",
        "/products?category=Caf%C3%A9s",
        "/products?category=%20Cafe%CC%81s%20",
    ] {
        let found = app.read(None, path).await;
        let mut skus = texts(found["items"].as_array().unwrap(), "sku");
        skus.sort();
        assert_eq!(skus, ["NEW", "OLD"], "{path}");
        assert_eq!(
            texts(found["items"].as_array().unwrap(), "name"),
            ["Caf\u{e9} cup"; 2]
        );
    }
    let categories = app.read(None, "/products/categories").await;
    assert_eq!(
        categories["items"],
        json!([{"name": "Caf\u{e9}s", "product_count": 2}])
    );
    app.world.assert_rebuilt_equal().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_listed_for_its_seller_and_for_admins() {
    let life = Life::new(1, &[(2, 3)], End::Completed);
    let app = TestApp::with(&log(5, &[life])).await;
    let own = app.token(seller(2), Role::Seller);
    let page = app.read(Some(&own), "/stock").await;
    let items = page["items"].as_array().unwrap();
    assert_eq!(texts(items, "sku"), ["SKU-0002", "SKU-0004"]);
    assert_eq!(
        items[0]["on_hand"],
        1_000_000 - 3,
        "shipped units are not on hand"
    );
    let admin = app.anyone(Role::Admin);
    assert_eq!(app.pages(Some(&admin), "/stock?", 2).await.len(), 5);
    assert_eq!(app.pages(Some(&own), "/stock?", 1).await, *items);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_match_prefixes_at_any_place_in_the_text() {
    let mut events = listed(1);
    events.push(named("DEMO-0001", "White hanging heart T-light holder", "lights"));
    events.push(named("85123A", "Heart of wicker, small", "decoration"));
    events.push(named("22423", "Regency cakestand 3 tier", "kitchen"));
    let app = TestApp::with(&events).await;
    let table: &[(&str, &[&str])] = &[
        ("cake", &["22423"]),
        ("REGENCY+tie", &["22423"]),
        ("demo-0001", &["DEMO-0001"]),
        ("demo-00", &["DEMO-0001"]),
        ("85123", &["85123A"]),
        ("t-li", &["DEMO-0001"]),
        ("light%20white", &["DEMO-0001"]),
        ("kitch", &["22423"]),
        ("%C3%A9ire%20heart", &["85123A", "DEMO-0001"]),
        ("wicker,", &["85123A"]),
        ("nothing", &[]),
        ("heart%20nothing", &[]),
        // Operators and quotes are treated as plain text.
        ("!heart", &["85123A", "DEMO-0001"]),
        ("heart'%20%7C%20!'", &["85123A", "DEMO-0001"]),
        ("%5C", &["22423", "85123A", "DEMO-0001", "SKU-0001"]),
        ("''%20%26%20%3A*", &["22423", "85123A", "DEMO-0001", "SKU-0001"]),
        ("", &["22423", "85123A", "DEMO-0001", "SKU-0001"]),
        ("%C2%BD", &[]),
    ];
    for (q, expected) in table {
        let path = format!("/products?q={q}");
        let mut found = texts(&app.pages(None, &path, 100).await, "sku");
        found.sort();
        assert_eq!(found, *expected, "{q}");
    }
    // A match in the name ranks above one in the category.
    let mut events = vec![
        named("A", "Shelf", "lamps"),
        named("B", "Lamps of brass", "lights"),
    ];
    events.push(named("C", "Table", "tables"));
    let app = TestApp::with(&events).await;
    let found = app.pages(None, "/products?q=lamp", 100).await;
    assert_eq!(texts(&found, "sku"), ["B", "A"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_sort_orders_apply_to_every_item() {
    let mut events = log(30, &[]);
    events.push(named("EMPTY", "Product without stock", "mugs"));
    let app = TestApp::with(&events).await;
    app.read(None, "/products").await;

    let all = app.pages(None, "/products?", 100).await;
    assert_eq!(all.len(), 31);
    let count = async |query: &str| app.pages(None, &format!("/products?{query}"), 100).await.len();
    let expected = |keep: &dyn Fn(&serde_json::Value) -> bool| all.iter().filter(|item| keep(item)).count();
    let price = |item: &serde_json::Value| item["price"]["minor"].as_i64().unwrap();
    let checks: BTreeMap<&str, usize> = BTreeMap::from([
        ("category=mugs", expected(&|item| item["category"] == "mugs")),
        ("category=none", 0),
        ("in_stock=true", expected(&|item| item["available"] != 0)),
        ("in_stock=false", expected(&|item| item["available"] == 0)),
        ("min_price=110", expected(&|item| price(item) >= 110)),
        (
            "min_price=110&max_price=120",
            expected(&|item| (110..=120).contains(&price(item))),
        ),
        ("min_price=120&max_price=110", 0),
        ("q=product&category=mugs&in_stock=true&min_price=104", 14),
    ]);
    for (query, expected) in checks {
        assert_eq!(count(query).await, expected, "{query}");
    }
    let by = async |sort: &str| app.pages(None, &format!("/products?sort={sort}"), 100).await;
    assert!(by("price").await.is_sorted_by_key(price));
    assert!(by("-price").await.iter().rev().is_sorted_by_key(price));
    assert_eq!(by("newest").await.len(), 31);
    assert_eq!(by("name").await[0]["name"], "Product 1");
}
