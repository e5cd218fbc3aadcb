//! Texts that people enter: one form for what looks the same, and no invisible characters.

use command_api::accounts;
use platform::auth::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{PASSWORD, TestApp, accepted, order, refused};

fn registration(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password, "name": "Ada"})
}

/// Registers an address that has an account: no further one is created, and its password does not change.
async fn register_in_vain(app: &TestApp, email: &str) {
    let count = async || {
        let count = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM command.accounts");
        count.fetch_one(app.database.pool()).await.unwrap()
    };
    let (before, password) = (count().await, "another password");
    accepted(app.ask("/auth/register", &registration(email, password)).await).await;
    assert_eq!(count().await, before, "{email}");
    assert_eq!(app.login(email, password).await, Err(401), "{email}");
}

/// Sends a command that must be refused, and returns the pointers of its invalid fields.
async fn invalid_fields(app: &TestApp, token: &str, path: &str, body: &Value) -> Vec<String> {
    let response = app.send(Some(token), Method::POST, path, body).await;
    let (status, slug, body) = refused(response).await;
    assert_eq!((status, slug.as_str()), (422, "validation"), "{body}");
    let errors = body["errors"].as_array().unwrap().iter();
    errors
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn invisible_characters_are_refused_with_a_pointer_to_their_field() {
    let app = TestApp::new().await;
    let (seller, customer) = (app.person(Role::Seller).await, app.person(Role::Customer).await);
    app.product(&seller, "MUG", 5).await;
    let product = json!({"sku": "POT", "name": "Pot", "description": "", "category": "kitchen",
                         "price": {"minor": 100, "currency": "GBP"}});
    for (field, text) in [
        ("name", "P\u{200b}ot"),
        ("category", "a\nb"),
        ("description", "\u{202e}x"),
    ] {
        let mut body = product.clone();
        body[field] = json!(text);
        let fields = invalid_fields(&app, &seller.token, "/products", &body).await;
        assert_eq!(fields, [format!("/{field}")]);
    }
    let mut good = order(&[("MUG", 1)], None);
    good["shipping_address"]["name"] = json!("Ada\u{2066}");
    good["shipping_address"]["phone"] = json!("1\u{7}2");
    good["shipping_address"]["line2"] = json!("\n");
    assert_eq!(
        invalid_fields(&app, &customer.token, "/orders", &good).await,
        ["/shipping_address/name", "/shipping_address/phone"]
    );
    let placed = app.post(&customer, "/orders", &order(&[("MUG", 1)], None)).await;
    let notes = format!("/orders/{}/notes", placed["id"].as_str().unwrap());
    let note = |text: &str| json!({ "text": text });
    assert_eq!(
        invalid_fields(&app, &customer.token, &notes, &note("a\u{feff}b")).await,
        ["/text"]
    );
    app.post(
        &customer,
        &notes,
        &note("two\nlines, and a family: \u{1f468}\u{200d}\u{1f469}"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reserved_sku_is_refused() {
    let app = TestApp::new().await;
    let seller = app.person(Role::Seller).await;
    for sku in ["categories", "My-Products", ".", ".."] {
        let product = json!({"sku": sku, "name": "Mug", "description": "", "category": "kitchen",
                             "price": {"minor": 100, "currency": "GBP"}});
        let fields = invalid_fields(&app, &seller.token, "/products", &product).await;
        assert_eq!(fields, ["/sku"], "{sku}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_look_the_same_are_one_account() {
    let app = TestApp::new().await;
    let first = registration("Ren\u{e9}@example.com", PASSWORD);
    accepted(app.ask("/auth/register", &first).await).await;
    let look_alikes = [
        "rene\u{301}@example.com",
        "REN\u{c9}@EXAMPLE.COM",
        "\u{ff32}en\u{e9}@example.com",
    ];
    for email in look_alikes {
        register_in_vain(&app, email).await;
        assert!(app.login(email, PASSWORD).await.is_ok(), "{email}");
    }
    for email in ["ren\u{e9}\u{200b}@example.com", "ren\u{e9}\u{200d}@example.com"] {
        let response = app.ask("/auth/register", &registration(email, PASSWORD)).await;
        let (status, _, body) = refused(response).await;
        assert_eq!(
            (status, &body["errors"][0]["pointer"]),
            (422, &json!("/email")),
            "{body}"
        );
    }
    let mut nameless = registration("bob@example.com", PASSWORD);
    nameless["name"] = json!("Bo\u{200b}b");
    let (_, _, body) = refused(app.ask("/auth/register", &nameless).await).await;
    assert_eq!(body["errors"][0]["pointer"], "/name", "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_the_same_however_a_keyboard_composes_it() {
    let app = TestApp::new().await;
    let account = registration("ada@example.com", "cafe\u{301} au lait");
    accepted(app.ask("/auth/register", &account).await).await;
    for password in ["caf\u{e9} au lait", "cafe\u{301} au lait"] {
        assert!(app.login("ada@example.com", password).await.is_ok());
    }
    assert_eq!(app.login("ada@example.com", "cafe au lait").await, Err(401));
}

/// Stores the address of an account as releases did that only changed its case.
async fn set_former_address(app: &TestApp, current: &str, email: &str) {
    sqlx::query("UPDATE command.accounts SET email = $2, email_lookup = $3 WHERE email = $1")
        .bind(current)
        .bind(email)
        .bind(email.to_lowercase())
        .execute(app.database.pool())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_from_before_addresses_had_one_form_can_still_log_in() {
    let app = TestApp::new().await;
    let accounts = [
        ("alone@example.com", "Rene\u{301}@example.com"),
        ("older@example.com", "Zoe\u{308}@example.com"),
        ("newer@example.com", "Zo\u{eb}@example.com"),
        ("hidden@example.com", "A\u{200b}da@example.com"),
    ];
    for (email, former) in accounts {
        let password = format!("password of {email}");
        accepted(app.ask("/auth/register", &registration(email, &password)).await).await;
        set_former_address(&app, email, former).await;
    }
    for _ in 0..2 {
        accounts::lookup::canonicalise(app.database.pool()).await.unwrap();
    }
    // Two accounts had addresses that look the same: each keeps its own.
    for (email, former) in accounts {
        let login = app.login(former, &format!("password of {email}")).await;
        assert!(login.is_ok(), "{email}: {login:?}");
    }
    for (email, typed) in [("alone", "ren\u{e9}@example.com"), ("hidden", "ada@example.com")] {
        let password = format!("password of {email}@example.com");
        assert!(app.login(typed, &password).await.is_ok(), "{typed}");
        register_in_vain(&app, typed).await;
    }
}
