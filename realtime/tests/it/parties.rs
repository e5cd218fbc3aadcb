//! What sellers and couriers of an order receive, and when they lose the right to it.

use platform::auth::Role;
use schemas::change::{ChangeBatch, Readers, SellerView};
use schemas::read_model::order::Party;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{ADMIN, CUSTOMER, Client, Node, ORDER, ORDER_ID, change, options};

const SELLER: Uuid = Uuid::from_u128(0x51);
const OTHER_SELLER: Uuid = Uuid::from_u128(0x52);
const COURIER: Uuid = Uuid::from_u128(0xc1);

/// Publishes one change of the order.
async fn publish(node: &mut Node, position: i64, readers: Readers) {
    let channels = [
        ORDER,
        &format!("seller:{SELLER}"),
        &format!("seller:{OTHER_SELLER}"),
    ];
    let mut changed = change(position, &channels, "a", &json!({"total": 3}));
    changed.readers = readers;
    node.batch(ChangeBatch {
        from_position: position - 1,
        to_position: position,
        changes: vec![changed],
    })
    .await;
}

fn seller_view(seller_id: Uuid, total: i64) -> SellerView {
    let data = json!({"total": total}).to_string();
    SellerView {
        seller_id,
        data: RawValue::from_string(data).unwrap(),
    }
}

fn left(courier_id: Uuid) -> Readers {
    Readers {
        former_couriers: vec![courier_id],
        ..Readers::default()
    }
}

async fn subscribed(node: &Node, role: Role, account: Uuid, channel: &str) -> Client {
    let mut client = node.connect_as(role, account).await;
    client.subscribe(channel).await;
    client
}

async fn next_total(client: &mut Client) -> Value {
    client.expect("change").await["data"]["total"].clone()
}

#[tokio::test]
async fn each_seller_receives_their_own_view_on_every_channel() {
    let mut node = Node::start(options()).await;
    node.parties.add(CUSTOMER, ORDER_ID);
    for seller in [SELLER, OTHER_SELLER] {
        node.parties.set(seller, ORDER_ID, Party::Seller(seller));
    }
    let of_seller = format!("seller:{SELLER}");
    let mut readers = [
        (subscribed(&node, Role::Seller, SELLER, ORDER).await, 1),
        (subscribed(&node, Role::Seller, SELLER, &of_seller).await, 1),
        (subscribed(&node, Role::Seller, OTHER_SELLER, ORDER).await, 2),
        (subscribed(&node, Role::Customer, CUSTOMER, ORDER).await, 3),
        (subscribed(&node, Role::Admin, ADMIN, ORDER).await, 3),
        (subscribed(&node, Role::Admin, ADMIN, &of_seller).await, 3),
    ];
    let views = Readers {
        seller_views: vec![seller_view(SELLER, 1), seller_view(OTHER_SELLER, 2)],
        ..Readers::default()
    };

    publish(&mut node, 1, views).await;

    for (client, total) in &mut readers {
        assert_eq!(next_total(client).await, *total);
    }
    // The same from history.
    let mut client = node.connect_as(Role::Seller, SELLER).await;
    client.subscribe_since(ORDER, 0).await;
    client.expect("subscribed").await;
    assert_eq!(next_total(&mut client).await, 1);
    node.stop().await;
}

#[tokio::test]
async fn a_courier_who_loses_the_delivery_receives_nothing_more_of_the_order() {
    let mut node = Node::start(options()).await;
    node.parties.add(CUSTOMER, ORDER_ID);
    node.parties.set(COURIER, ORDER_ID, Party::Courier(COURIER));
    let mut courier = subscribed(&node, Role::Courier, COURIER, ORDER).await;
    let mut customer = subscribed(&node, Role::Customer, CUSTOMER, ORDER).await;
    publish(&mut node, 1, Readers::default()).await;
    assert_eq!(next_total(&mut courier).await, 3);

    node.parties.remove(COURIER, ORDER_ID);
    publish(&mut node, 2, left(COURIER)).await;
    assert_eq!(courier.expect("unsubscribed").await["channel"], ORDER);
    assert_eq!(courier.expect_error().await, "unknown-channel");
    courier.subscribe("product:MUG").await;
    publish(&mut node, 3, Readers::default()).await;
    assert_eq!(customer.positions(3).await, [1, 2, 3]);
    node.batch(ChangeBatch {
        from_position: 3,
        to_position: 4,
        changes: vec![change(4, &["product:MUG"], "MUG", &json!({}))],
    })
    .await;
    assert_eq!(courier.positions(1).await, [4]);
    node.stop().await;
}

#[tokio::test]
async fn a_courier_who_has_the_delivery_again_reads_the_order_from_history() {
    let mut node = Node::start(options()).await;
    node.parties.set(COURIER, ORDER_ID, Party::Courier(COURIER));
    publish(&mut node, 1, left(COURIER)).await;
    publish(&mut node, 2, Readers::default()).await;
    node.caught_up().await;

    let mut courier = node.connect_as(Role::Courier, COURIER).await;
    courier.subscribe_since(ORDER, 0).await;

    assert_eq!(courier.positions(2).await, [1, 2]);
    node.stop().await;
}
