//! Tokens that are refreshed, expire and are revoked. Row 66.

use std::time::Duration;

use chrono::TimeDelta;
use platform::auth::Role;
use serde_json::json;

use crate::support::{ADMIN, CUSTOMER, Node, ORDER, ORDER_ID, SESSION, options};
use crate::tokens::LIFETIME_S;

#[tokio::test]
async fn a_token_that_does_not_count_closes() {
    let node = Node::start(options()).await;
    let good = node.token(Role::Admin, ADMIN);
    let forged = format!("{}{}", &good[..good.len() - 4], "AAAA");
    for token in ["", "x", "a.b.c", &forged] {
        let mut client = node.connect().await;
        client.send(&json!({"op": "auth", "token": token})).await;
        assert_eq!(client.expect_error().await, "invalid-token");
        assert_eq!(client.closed().await, 4401);
    }
    node.issuer.clock.advance(TimeDelta::seconds(LIFETIME_S));
    let mut client = node.connect().await;
    client.send(&json!({"op": "auth", "token": good})).await;
    assert_eq!(client.closed().await, 4401);
    node.stop().await;
}

#[tokio::test]
async fn who_never_says_who_it_is_is_closed() {
    let mut strict = options();
    strict.timing.auth_within = Duration::from_millis(200);
    let node = Node::start(strict).await;
    let mut silent = node.connect().await;
    let mut known = node.connect_as(Role::Admin, ADMIN).await;
    assert_eq!(silent.closed().await, 4401);
    known.send(&json!({"op": "ping"})).await;
    known.expect("pong").await;
    node.stop().await;
}

/// Row 66.
#[tokio::test]
async fn an_expired_token_closes_and_a_refreshed_one_does_not() {
    let node = Node::start(options()).await;
    let mut lazy = node.connect_as(Role::Customer, CUSTOMER).await;
    let mut diligent = node.connect_as(Role::Customer, CUSTOMER).await;
    diligent.subscribe("product:MUG").await;
    node.issuer.clock.advance(TimeDelta::seconds(LIFETIME_S - 1));
    diligent.auth(&node.token(Role::Customer, CUSTOMER)).await;
    node.issuer.clock.advance(TimeDelta::seconds(1));
    assert_eq!(lazy.closed().await, 4401);
    let mut node = node;
    node.publish(&[(&["product:MUG"], "MUG", json!({}))]).await;
    diligent.expect("change").await;
    node.stop().await;
}

#[tokio::test]
async fn rights_are_asked_again_when_the_token_is_refreshed() {
    let mut node = Node::start(options()).await;
    node.owners.add(CUSTOMER, ORDER_ID);
    let mut client = node.connect_as(Role::Customer, CUSTOMER).await;
    client.subscribe(ORDER).await;
    client.subscribe("product:MUG").await;
    node.owners.remove(CUSTOMER, ORDER_ID);
    client.auth(&node.token(Role::Customer, CUSTOMER)).await;
    assert_eq!(client.expect("unsubscribed").await["channel"], ORDER);
    assert_eq!(client.expect_error().await, "unknown-channel");
    node.publish(&[(&[ORDER], "a", json!({})), (&["product:MUG"], "MUG", json!({}))])
        .await;
    assert_eq!(client.expect("change").await["channel"], "product:MUG");
    node.stop().await;
}

#[tokio::test]
async fn a_role_that_was_taken_away_takes_its_channels_along() {
    let node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe("orders").await;
    client.auth(&node.token(Role::Customer, ADMIN)).await;
    assert_eq!(client.expect("unsubscribed").await["channel"], "orders");
    node.stop().await;
}

#[tokio::test]
async fn a_connection_never_becomes_somebody_elses() {
    let node = Node::start(options()).await;
    for token in [Some(node.token(Role::Customer, CUSTOMER)), None] {
        let mut client = node.connect_as(Role::Admin, ADMIN).await;
        client.send(&json!({"op": "auth", "token": token})).await;
        assert_eq!(client.closed().await, 4403);
    }
    // Nobody may become somebody.
    let mut client = node.connect().await;
    client.send(&json!({"op": "auth", "token": null})).await;
    client.expect("ready").await;
    client.auth(&node.token(Role::Customer, CUSTOMER)).await;
    node.stop().await;
}

#[tokio::test]
async fn a_revoked_session_is_closed_and_another_is_not() {
    let node = Node::start(options()).await;
    let mut logged_out = node.connect_as(Role::Customer, CUSTOMER).await;
    let mut other = node.connect().await;
    let token = node.issuer.token(Role::Admin, ADMIN, uuid::Uuid::from_u128(77));
    other.auth(&token).await;
    node.issuer.verifier.revocations().revoke_session(SESSION);
    assert_eq!(logged_out.closed().await, 4401);
    other.subscribe("orders").await;
    node.stop().await;
}
