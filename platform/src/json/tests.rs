use actix_web::{App, HttpResponse, test, web};
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[allow(dead_code, reason = "only read from JSON")]
    sku: String,
    #[allow(dead_code, reason = "only read from JSON")]
    quantity: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[allow(dead_code, reason = "only read from JSON")]
    lines: Vec<Line>,
    #[allow(dead_code, reason = "only read from JSON")]
    email: Option<String>,
}

/// Body, status, slug, pointer.
const TABLE: &[(&str, u16, &str, &str)] = &[
    (r#"{"lines":[{"sku":"A","quantity":1}"#, 400, "malformed-json", ""),
    ("", 400, "empty-body", ""),
    (" \n", 400, "empty-body", ""),
    (r#"{"lines":[],"lines":[]}"#, 400, "duplicate-key", "/lines"),
    (r#"{"lines":[],"l\u0069nes":[]}"#, 400, "duplicate-key", "/lines"),
    (
        r#"{"lines":[{"sku":"A","sku":"B","quantity":1}]}"#,
        400,
        "duplicate-key",
        "/lines/0/sku",
    ),
    (
        r#"{"lines":[{"sku":"A\u0000","quantity":1}]}"#,
        422,
        "validation",
        "/lines/0/sku",
    ),
    (r#"{"lines":[],"email":"\ud800"}"#, 400, "malformed-json", ""),
    (r#"{"lines":[],"colour":"red"}"#, 422, "validation", "/colour"),
    (
        r#"{"lines":[{"sku":"A","quantity":1,"a/b~":1}]}"#,
        422,
        "validation",
        "/lines/0/a~1b~0",
    ),
    (
        r#"{"lines":[{"sku":"A"}]}"#,
        422,
        "validation",
        "/lines/0/quantity",
    ),
    ("{}", 422, "validation", "/lines"),
    (
        r#"{"lines":[{"sku":"A","quantity":"1"}]}"#,
        422,
        "validation",
        "/lines/0/quantity",
    ),
    (
        r#"{"lines":[{"sku":"A","quantity":9223372036854775808}]}"#,
        422,
        "validation",
        "/lines/0/quantity",
    ),
    (
        r#"{"lines":[{"sku":"A","quantity":1e400}]}"#,
        422,
        "validation",
        "/lines/0/quantity",
    ),
    (
        r#"{"lines":[{"sku":"A","quantity":1.5}]}"#,
        422,
        "validation",
        "/lines/0/quantity",
    ),
    (
        r#"{"lines":[{"sku":"A","quantity":NaN}]}"#,
        400,
        "malformed-json",
        "",
    ),
    (r#"{"lines":[]} x"#, 400, "malformed-json", ""),
    (r#"{"lines":null}"#, 422, "validation", "/lines"),
    ("[]", 422, "validation", ""),
    ("7", 422, "validation", ""),
];

#[::core::prelude::v1::test]
fn invalid_bodies_are_answered_with_the_expected_problem() {
    for (body, status, slug, pointer) in TABLE {
        let problem = parse::<Order>(body.as_bytes()).unwrap_err();
        assert_eq!(
            (problem.kind().status, problem.kind().slug),
            (*status, *slug),
            "{body}: {problem:?}"
        );
        let found = problem
            .errors()
            .first()
            .map_or("", |error| error.pointer.as_str());
        assert_eq!(found, *pointer, "{body}: {problem:?}");
    }
}

#[::core::prelude::v1::test]
fn bad_utf8_is_malformed() {
    assert_eq!(
        parse::<Order>(b"{\"lines\":[],\"email\":\"\xff\"}")
            .unwrap_err()
            .kind()
            .slug,
        "malformed-json"
    );
}

#[::core::prelude::v1::test]
fn nesting_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let slug = |body: &str| parse::<Order>(body.as_bytes()).unwrap_err().kind().slug;
    assert_eq!(slug(&nested(DEPTH_MAX)), "validation");
    assert_eq!(slug(&nested(DEPTH_MAX + 1)), "too-deep");
    assert_eq!(slug(&nested(100_000)), "too-deep");
    assert_eq!(slug(&"[".repeat(100_000)), "malformed-json");
    let field = format!(r#"{{"lines":[],"email":{}}}"#, nested(DEPTH_MAX));
    assert_eq!(slug(&field), "too-deep");
}

#[::core::prelude::v1::test]
fn a_fault_behind_a_wrong_type_is_found() {
    let slug = |body: &str| parse::<Order>(body.as_bytes()).unwrap_err().kind().slug;
    assert_eq!(slug(r#"{"colour":"red","lines":[}"#), "malformed-json");
    assert_eq!(slug(r#"{"colour":"red","lines":[]} {}"#), "malformed-json");
}

#[::core::prelude::v1::test]
fn a_nul_character_is_told_from_its_name() {
    assert!(parse::<Order>(br#"{"lines":[],"email":"\\u0000"}"#).is_ok());
    assert!(parse::<Order>(br#"{"lines":[],"email":"\\\u0000"}"#).is_err());
}

async fn status(request: test::TestRequest) -> u16 {
    let app = test::init_service(App::new().route(
        "/",
        web::post().to(|_: Json<serde_json::Value>| async { HttpResponse::Ok().finish() }),
    ))
    .await;
    test::call_service(&app, request.uri("/").to_request())
        .await
        .status()
        .as_u16()
}

fn post(content_type: &str) -> test::TestRequest {
    test::TestRequest::post().insert_header(("content-type", content_type))
}

#[actix_web::test]
async fn the_media_type_must_be_json() {
    assert_eq!(status(post("text/plain").set_payload("{}")).await, 415);
    assert_eq!(status(post("application/json").set_payload("{}")).await, 200);
    assert_eq!(
        status(
            test::TestRequest::post()
                .insert_header(("content-length", "2"))
                .set_payload("{}")
        )
        .await,
        415
    );
    let brotli = post("application/json").insert_header(("content-encoding", "br"));
    assert_eq!(status(brotli.set_payload("{}")).await, 415);
}

#[actix_web::test]
async fn a_large_body_is_refused() {
    let large = format!("\"{}\"", "a".repeat(1024 * 1024));
    assert_eq!(
        status(post("application/json").set_payload(large.clone())).await,
        413
    );
    let announced = post("application/json").insert_header(("content-length", "1048578"));
    assert_eq!(status(announced).await, 413);
}

#[actix_web::test]
async fn a_gzip_bomb_is_refused() {
    // 1 MiB of spaces, compressed.
    let mut encoder = actix_http::encoding::Encoder::response(
        actix_http::ContentEncoding::Gzip,
        &mut actix_http::ResponseHead::new(actix_http::StatusCode::OK),
        Bytes::from(vec![b' '; 1024 * 1024]),
    );
    let mut packed = Vec::new();
    let mut encoder = Pin::new(&mut encoder);
    while let Some(chunk) =
        std::future::poll_fn(|context| actix_web::body::MessageBody::poll_next(encoder.as_mut(), context))
            .await
    {
        packed.extend_from_slice(&chunk.unwrap());
    }
    assert!(packed.len() < 10_000);
    let bomb = post("application/json").insert_header(("content-encoding", "gzip"));
    assert_eq!(status(bomb.set_payload(packed)).await, 413);
}
