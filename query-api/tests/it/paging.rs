//! Pages are complete and without repeats, in every list and every sort order.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::order::SalesChannel;
use platform::auth::Role;

use crate::history::{End, Life, account, courier, listed, seller};
use crate::test_app::{TestApp, log, texts};

/// Orders of three customers, several placed in the same minute.
fn lives() -> Vec<Life> {
    let ends = [
        End::Placed,
        End::Completed,
        End::OnTheWay,
        End::Cancelled,
        End::Confirmed,
    ];
    (0..40_u128)
        .map(|number| Life {
            customer: Some(number % 3),
            channel: SalesChannel::Web,
            placed_after_min: i64::try_from(number / 4).unwrap(),
            ..Life::new(
                number,
                &[(1 + (number % 3) as usize, 1)],
                ends[(number % 5) as usize],
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_size_returns_every_product_once() {
    // Groups of three have the same name and price, and all were listed at the same time.
    let mut events = log(0, &[]);
    for number in 1..=40 {
        let mut product = listed(number);
        if let domain::Event::Product(domain::product::ProductEvent::ProductListed(listed)) =
            &mut product[0].0
        {
            listed.name = format!("Product {}", number / 3);
            listed.price.minor = 100 + i64::try_from(number / 3).unwrap();
        }
        product.remove(1);
        product[0].1 += TimeDelta::seconds(i64::try_from(number / 5).unwrap());
        events.extend(product);
    }
    let app = TestApp::with(&events).await;
    for query in [
        "",
        "sort=name",
        "sort=price",
        "sort=-price",
        "sort=newest",
        "q=product",
        "in_stock=true",
    ] {
        let path = format!("/products?{query}");
        let whole = texts(&app.pages(None, &path, 100).await, "sku");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 40, "{query}");
        for limit in [1, 7, 20, 40] {
            let paged = texts(&app.pages(None, &path, limit).await, "sku");
            assert_eq!(paged, whole, "{query} by {limit}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_size_returns_every_order_delivery_and_payment_once() {
    let lives = lives();
    let app = TestApp::with(&log(3, &lives)).await;
    let admin = app.anyone(Role::Admin);
    let customer = app.token(account(0x100), Role::Customer);
    let one_seller = app.token(seller(2), Role::Seller);
    let one_courier = app.token(courier(), Role::Courier);
    let placed = |keep: &dyn Fn(&Life) -> bool| lives.iter().filter(|life| keep(life)).count();
    let shipped = |life: &Life| life.end == End::OnTheWay;
    let table = [
        ("/orders?", &admin, 40),
        (
            "/orders?status=completed",
            &admin,
            placed(&|life| life.end == End::Completed),
        ),
        (
            "/orders/my-orders?",
            &customer,
            placed(&|life| life.customer == Some(0)),
        ),
        (
            "/orders/seller-orders?",
            &one_seller,
            placed(&|life| life.lines[0].0 == 2),
        ),
        (
            "/payments/history?",
            &customer,
            placed(&|life| life.customer == Some(0)),
        ),
        (
            "/deliveries?",
            &admin,
            placed(&|life| !matches!(life.end, End::Placed | End::Cancelled)),
        ),
        ("/deliveries?status=on_the_way", &admin, placed(&shipped)),
        ("/deliveries/my-queue?", &one_courier, placed(&shipped)),
    ];
    for (path, token, count) in table {
        let whole = texts(&app.pages(Some(token), path, 100).await, "id");
        assert_eq!(whole.len(), count, "{path}");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), count, "{path}");
        for limit in [1, 7, count] {
            let paged = texts(&app.pages(Some(token), path, limit).await, "id");
            assert_eq!(paged, whole, "{path} by {limit}");
        }
    }
    let all = app.pages(Some(&admin), "/orders?", 9).await;
    let times = texts(&all, "placed_at");
    assert!(times.iter().rev().is_sorted(), "newest first: {times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_continues_at_its_place_after_new_items_were_added() {
    let mut app = TestApp::with(&log(6, &[])).await;
    let first = app.read(None, "/products?sort=name&limit=4").await;
    app.add(&listed(7)).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let path = format!("/products?sort=name&limit=4&cursor={cursor}");
    let second = app.read(None, &path).await;
    let skus = texts(second["items"].as_array().unwrap(), "sku");
    assert_eq!(skus, ["SKU-0005", "SKU-0006", "SKU-0007"]);
}
