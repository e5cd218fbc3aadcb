//! What keeps services from starting: settings that do not fit the data, and leftovers of development in production.

use std::os::unix::fs::PermissionsExt as _;

use crate::import_instance::Instance;

const DEMO_EMAIL: &str = "admin@demo.waybill.dev";
const DEMO_PASSWORD: &str = "waybill-demo-2026";

fn create_account(instance: &Instance, email: &str, password: &str) -> (Option<i32>, String) {
    run(
        instance,
        &[
            "account",
            "create",
            "--email",
            email,
            "--password",
            password,
            "--role",
            "admin",
        ],
    )
}

/// Exit code and standard error.
fn run(instance: &Instance, arguments: &[&str]) -> (Option<i32>, String) {
    let output = instance.run(arguments);
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Changes the settings, which stay readable by their owner only.
fn edit(instance: &Instance, from: &str, to: &str) {
    let path = instance.folder.path().join("instance.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    assert!(settings.contains(from), "{settings}");
    std::fs::write(&path, settings.replace(from, to)).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test]
async fn another_data_key_is_refused_before_anything_is_sealed() {
    let instance = Instance::new().await;
    let (code, said) = create_account(&instance, "first@example.com", "a-long-password-1");
    assert_eq!(code, Some(0), "{said}");
    edit(
        &instance,
        "data_key = \"",
        "data_key = \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\" # ",
    );

    for command in [
        &[
            "account",
            "create",
            "--email",
            "second@example.com",
            "--password",
            "a-long-password-2",
            "--role",
            "admin",
        ][..],
        &["command-api", "--port", "0"],
        &["query-api", "--port", "0"],
    ] {
        let (code, said) = run(&instance, command);
        assert_eq!(code, Some(78), "{command:?}: {said}");
        assert!(said.contains("the data key is not the one"), "{said}");
    }
}

#[tokio::test]
async fn production_does_not_start_with_an_open_demo_account() {
    let instance = Instance::new().await;
    let (code, said) = create_account(&instance, DEMO_EMAIL, DEMO_PASSWORD);
    assert_eq!(code, Some(0), "{said}");
    edit(
        &instance,
        "environment = \"development\"",
        "environment = \"production\"\npayment_provider = \"none\"",
    );

    let (code, said) = run(&instance, &["command-api"]);

    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains(DEMO_EMAIL), "{said}");
}
