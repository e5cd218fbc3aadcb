//! Tokens that are refreshed, expire and are revoked: row 66 of the bad-input table.

use std::time::Duration;

use chrono::TimeDelta;
use platform::auth::Role;
use serde_json::json;

use crate::support::{ADMIN, CUSTOMER, Node, ORDER, ORDER_ID, SESSION, options};
use crate::tokens::LIFETIME_S;

#[tokio::test]
async fn an_invalid_token_closes_the_connection() {
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
async fn a_connection_without_auth_is_closed() {
    let mut strict = options();
    strict.timing.auth_within = Duration::from_millis(200);
    let node = Node::start(strict).await;
    let mut silent = node.connect().await;
    let mut authenticated = node.connect_as(Role::Admin, ADMIN).await;
    assert_eq!(silent.closed().await, 4401);
    authenticated.send(&json!({"op": "ping"})).await;
    authenticated.expect("pong").await;
    node.stop().await;
}

/// Row 66 of the bad-input table.
#[tokio::test]
async fn an_expired_token_closes_the_connection_and_a_refreshed_one_does_not() {
    let node = Node::start(options()).await;
    let mut expired = node.connect_as(Role::Customer, CUSTOMER).await;
    let mut refreshed = node.connect_as(Role::Customer, CUSTOMER).await;
    refreshed.subscribe("product:MUG").await;
    node.issuer.clock.advance(TimeDelta::seconds(LIFETIME_S - 1));
    refreshed.auth(&node.token(Role::Customer, CUSTOMER)).await;
    node.issuer.clock.advance(TimeDelta::seconds(1));
    assert_eq!(expired.closed().await, 4401);
    let mut node = node;
    node.publish(&[(&["product:MUG"], "MUG", json!({}))]).await;
    refreshed.expect("change").await;
    node.stop().await;
}

#[tokio::test]
async fn rights_are_checked_again_when_the_token_is_refreshed() {
    let mut node = Node::start(options()).await;
    node.parties.add(CUSTOMER, ORDER_ID);
    let mut client = node.connect_as(Role::Customer, CUSTOMER).await;
    client.subscribe(ORDER).await;
    client.subscribe("product:MUG").await;
    node.parties.remove(CUSTOMER, ORDER_ID);
    client.auth(&node.token(Role::Customer, CUSTOMER)).await;
    assert_eq!(client.expect("unsubscribed").await["channel"], ORDER);
    assert_eq!(client.expect_error().await, "unknown-channel");
    node.publish(&[(&[ORDER], "a", json!({})), (&["product:MUG"], "MUG", json!({}))])
        .await;
    assert_eq!(client.expect("change").await["channel"], "product:MUG");
    node.stop().await;
}

#[tokio::test]
async fn a_revoked_role_ends_its_subscriptions() {
    let node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe("orders").await;
    client.auth(&node.token(Role::Customer, ADMIN)).await;
    assert_eq!(client.expect("unsubscribed").await["channel"], "orders");
    node.stop().await;
}

#[tokio::test]
async fn a_connection_never_changes_its_account() {
    let node = Node::start(options()).await;
    for token in [Some(node.token(Role::Customer, CUSTOMER)), None] {
        let mut client = node.connect_as(Role::Admin, ADMIN).await;
        client.send(&json!({"op": "auth", "token": token})).await;
        assert_eq!(client.closed().await, 4403);
    }
    // An anonymous connection may authenticate later.
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
