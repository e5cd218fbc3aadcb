//! `waybill account` and `waybill migrate`: the addresses of accounts.

use crate::import_instance::Instance;

fn create(instance: &Instance, email: &str, name: &str) -> (Option<i32>, String) {
    let password = "correct horse battery";
    let arguments = ["account", "create", "--role", "customer", "--password", password];
    let output = instance.run(&[&arguments[..], &["--email", email, "--name", name]].concat());
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

async fn lookups(instance: &Instance) -> Vec<String> {
    sqlx::query_scalar("SELECT email_lookup FROM command.accounts ORDER BY created_at")
        .fetch_all(instance.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn migrating_gives_every_account_the_one_form_of_its_address() {
    let instance = Instance::new().await;
    assert_eq!(create(&instance, "Rene\u{301}@example.com", "").0, Some(0));
    assert_eq!(lookups(&instance).await, ["ren\u{e9}@example.com"]);
    // As a release stored it that only changed the case.
    sqlx::query("UPDATE command.accounts SET email = $1, email_lookup = lower($1)")
        .bind("Rene\u{301}@example.com")
        .execute(instance.pool())
        .await
        .unwrap();
    assert!(instance.run(&["migrate"]).status.success());
    assert_eq!(lookups(&instance).await, ["ren\u{e9}@example.com"]);
    let (code, said) = create(&instance, "REN\u{c9}@example.com", "");
    assert_eq!(code, Some(65), "{said}");
}

#[tokio::test]
async fn an_invisible_character_in_an_address_or_a_name_is_bad_input() {
    let instance = Instance::new().await;
    for (email, name) in [
        ("a\u{200b}da@example.com", "Ada"),
        ("ada@example.com", "A\u{202e}da"),
    ] {
        let (code, said) = create(&instance, email, name);
        assert_eq!(code, Some(65), "{said}");
        assert!(said.contains("the invisible character U+20"), "{said}");
    }
    assert_eq!(lookups(&instance).await, [""; 0]);
}
