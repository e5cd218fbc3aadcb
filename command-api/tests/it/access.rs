//! Every operation, called with every role.

use command_api::routes;
use platform::auth::{Permissions, Role, Roles};
use platform::route::Access;
use serde_json::json;

use crate::test_app::TestApp;

/// An authorised request of this test always fails later, since it is empty and names no existing object.
fn is_past_the_door(status: u16) -> bool {
    !matches!(status, 401 | 403)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_roles_in_the_table_are_allowed() {
    let app = TestApp::new().await;
    let mut tokens = Vec::new();
    for role in [
        Role::Customer,
        Role::Seller,
        Role::Courier,
        Role::Admin,
        Role::Analyst,
        Role::Superadmin,
    ] {
        tokens.push((role, app.person(role).await.token));
    }
    // Excludes log-out, as it ends the token, and operations that read a cookie.
    let routes = routes()
        .into_iter()
        .filter(|route| !matches!(route.operation_id, "logout" | "refreshSession" | "getJwks"));
    for route in routes {
        let path = route
            .path
            .replace("{id}", "0199a1c0-7c1e-7000-8000-000000000001")
            .replace("{sku}", "MUG");
        let method: reqwest::Method = route.method.as_str().parse().unwrap();
        let send = async |token: Option<&str>| {
            let status = app
                .send(token, method.clone(), &path, &json!({}))
                .await
                .status()
                .as_u16();
            (is_past_the_door(status), status)
        };
        let anonymous = send(None).await;
        let is_login = route.operation_id == "login";
        assert!(
            is_login || anonymous.0 == (route.access == Access::Public),
            "{} anonymous: {anonymous:?}",
            route.operation_id
        );
        assert_eq!(
            send(Some("forged.token.here")).await.1,
            401,
            "{}",
            route.operation_id
        );
        for (role, token) in &tokens {
            let expected = match route.access {
                Access::Permission(permission) => Permissions::of(Roles::only(*role)).contains(permission),
                _ => true,
            };
            let found = send(Some(token)).await;
            assert_eq!(found.0, expected, "{} as {role}: {found:?}", route.operation_id);
        }
    }
}
