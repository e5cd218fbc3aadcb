//! Every operation, called with every role.

use platform::auth::{Permissions, Role, Roles};
use platform::route::Access;
use query_api::routes;
use reqwest::Method;

use crate::history::listed;
use crate::test_app::TestApp;

const ROLES: [Role; 6] = [
    Role::Customer,
    Role::Seller,
    Role::Courier,
    Role::Admin,
    Role::Analyst,
    Role::Superadmin,
];

fn may(access: Access, role: Role) -> bool {
    match access {
        Access::Permission(permission) => Permissions::of(Roles::only(role)).contains(permission),
        _ => true,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_roles_in_the_table_are_allowed() {
    let app = TestApp::with(&listed(1)).await;
    let nothing = domain::OrderId::from_uuid(uuid::Uuid::from_u128(7));
    for route in routes() {
        let id = nothing.as_uuid().to_string();
        let path = route
            .path
            .replace("{id}", &id)
            .replace("{sku}", "SKU-0001")
            .replace("{position}", "1");
        let status = async |token: Option<&str>| app.get(token, &path).await.status().as_u16();
        let name = route.operation_id;
        let is_public = route.access == Access::Public;
        assert_eq!(status(None).await == 401, !is_public, "{name} anonymous");
        assert_eq!(status(Some("forged.token.here")).await, 401, "{name} forged");
        for role in ROLES {
            let status = status(Some(&app.anyone(role))).await;
            assert_ne!(status, 401, "{name} as {role}");
            assert_eq!(
                status != 403,
                may(route.access, role),
                "{name} as {role}: {status}"
            );
            assert!(status < 500, "{name} as {role}: {status}");
        }
        let guest = status(Some(&app.guest(nothing))).await;
        let is_for_guests = matches!(route.access, Access::Public | Access::GuestOrOwner);
        assert_eq!(guest != 403, is_for_guests, "{name} as a guest: {guest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_request_is_answered_like_a_get_without_the_body() {
    let app = TestApp::with(&listed(1)).await;
    for path in ["/products", "/products/SKU-0001", "/stock/SKU-0001"] {
        let get = app.get(None, path).await;
        let head = app.send(Method::HEAD, None, path).await;
        assert_eq!(head.status(), 200, "{path}");
        for header in ["content-type", "content-length", "etag"] {
            assert_eq!(
                head.headers().get(header),
                get.headers().get(header),
                "{path} {header}"
            );
        }
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
    }
    let head = app.send(Method::HEAD, None, "/products/NONE").await;
    assert_eq!(head.status(), 404);
    let post = app.send(Method::POST, None, "/products").await;
    assert_eq!(post.status(), 405);
    assert_eq!(post.headers().get("allow").unwrap(), "GET, HEAD");
}
