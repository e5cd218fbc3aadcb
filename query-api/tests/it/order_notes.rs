//! Notes on orders: who reads which.

use domain::order::{NoteAuthor, NoteVisibility};
use platform::auth::Role;
use serde_json::{Value, json};

use crate::history::{Dated, End, Life, account, courier, listed, seller};
use crate::test_app::{TestApp, texts};

const CUSTOMER: NoteAuthor = NoteAuthor::Customer {
    account_id: domain::AccountId::from_uuid(uuid::Uuid::from_u128(0xacc0_0101)),
};

fn path(life: &Life) -> String {
    format!("/orders/{}/notes", life.order_id())
}

/// The texts of a page, newest first.
fn texts_of(page: &Value) -> Vec<String> {
    texts(page["items"].as_array().unwrap(), "text")
}

/// An order of customer 1 with lines of both sellers, on its way; and a note of the customer, an internal one of
/// seller 1, and both kinds of an admin.
async fn order_with_notes() -> (TestApp, Life) {
    let mut app = TestApp::new().await;
    let life = Life::new(1, &[(1, 2), (2, 3)], End::OnTheWay);
    let events: Vec<Dated> = [listed(1), listed(2), life.events()].concat();
    app.add(&events).await;
    let seller = NoteAuthor::Seller {
        account_id: seller(1),
    };
    let admin = NoteAuthor::Admin {
        account_id: account(0xad),
    };
    let notes = [
        ("by the customer", CUSTOMER, NoteVisibility::Shared),
        ("internal, by seller 1", seller, NoteVisibility::Internal),
        ("internal, by an admin", admin, NoteVisibility::Internal),
        ("by an admin", admin, NoteVisibility::Shared),
    ];
    for (text, author, visibility) in notes {
        let text = app.sealed(text).await;
        app.add(&[life.note(author, visibility, text)]).await;
    }
    (app, life)
}

#[tokio::test(flavor = "multi_thread")]
async fn internal_notes_are_for_their_author_and_admins() {
    let (app, life) = order_with_notes().await;
    let shared = ["by an admin", "by the customer"];
    let with_own = ["by an admin", "internal, by seller 1", "by the customer"];
    let all = [
        "by an admin",
        "internal, by an admin",
        "internal, by seller 1",
        "by the customer",
    ];
    let table: [(_, Role, &[&str]); 5] = [
        (account(0x101), Role::Customer, &shared),
        (courier(), Role::Courier, &shared),
        (seller(2), Role::Seller, &shared),
        (seller(1), Role::Seller, &with_own),
        (account(0x999), Role::Admin, &all),
    ];
    for (account_id, role, expected) in table {
        let token = app.token(account_id, role);
        let page = app.read(Some(&token), &path(&life)).await;
        assert_eq!(texts_of(&page), expected, "{role}");
    }
    for role in [Role::Customer, Role::Seller, Role::Courier, Role::Analyst] {
        let refusal = app.refused(Some(&app.anyone(role)), &path(&life)).await;
        assert_eq!(refusal, (404, "not-found".to_owned()), "{role}");
    }
    assert_eq!(app.refused(None, &path(&life)).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_says_who_wrote_it_without_naming_them() {
    let (app, life) = order_with_notes().await;
    let token = app.token(account(0x101), Role::Customer);
    let page = app.read(Some(&token), &path(&life)).await;
    let notes = page["items"].as_array().unwrap().iter();
    let seen: Vec<_> = notes
        .map(|note| json!([note["role"], note["is_own"], note["visibility"]]))
        .collect();
    assert_eq!(
        seen,
        [
            json!(["admin", false, "shared"]),
            json!(["customer", true, "shared"])
        ]
    );
    let ids = [account(0x101), account(0xad)].map(|id| id.to_string());
    assert!(ids.iter().all(|id| !page.to_string().contains(id)), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_paged_newest_first() {
    let (app, life) = order_with_notes().await;
    let admin = app.anyone(Role::Admin);
    let path = format!("{}?min_position=0", path(&life));
    let whole = app.read(Some(&admin), &path).await;
    for limit in 1..=5 {
        let items = app.pages(Some(&admin), &path, limit).await;
        assert_eq!(&json!(items), &whole["items"], "limit {limit}");
    }
    let first = app.read(Some(&admin), &format!("{path}&limit=1")).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let other = app.anyone(Role::Admin);
    let refusal = app
        .refused(Some(&other), &format!("{path}&cursor={cursor}"))
        .await;
    assert_eq!(refusal, (400, "invalid-cursor".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_note_of_an_erased_person_has_no_text_any_more() {
    let mut app = TestApp::new().await;
    let life = Life {
        customer: None,
        ..Life::new(1, &[(1, 2)], End::Placed)
    };
    app.add(&[listed(1), life.events()].concat()).await;
    let text = app.sealed("Ring twice.").await;
    let person_id = text.person_id.as_uuid();
    app.add(&[life.note(NoteAuthor::Guest, NoteVisibility::Shared, text)])
        .await;
    let guest = app.guest(life.order_id());
    let note = async || app.read(Some(&guest), &path(&life)).await["items"][0].clone();
    let before = note().await;
    assert_eq!(
        (&before["text"], &before["role"], &before["is_own"]),
        (&json!("Ring twice."), &json!("guest"), &json!(true))
    );
    app.keys.erase(person_id).await.unwrap();
    let after = note().await;
    assert_eq!((&after["text"], &after["id"]), (&Value::Null, &before["id"]));
}
