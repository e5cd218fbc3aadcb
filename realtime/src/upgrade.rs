//! The handshake: decides which requests are upgraded to a socket.

use std::sync::{Arc, Weak};

use actix_web::http::header::{
    HeaderMap, HeaderValue, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};
use platform::http::{client_address, origin};
use platform::problem::{Kind, Problem, kind};

use crate::admission::Refused;
use crate::connection::Connection;
use crate::node::Realtime;
use crate::protocol::SUBPROTOCOL;
use crate::session;
use crate::socket::Descriptor;

/// The path of the socket. It is not under `/api/v1`.
pub const PATH: &str = "/ws";

/// The request is not a WebSocket handshake of version 13.
pub static UPGRADE_REQUIRED: Kind = Kind::new("upgrade-required", "WebSocket required", 426);
/// The page belongs to an origin that is not allowed.
pub static FORBIDDEN_ORIGIN: Kind = Kind::new("forbidden-origin", "Foreign origin", 403);

/// Retry delay of a rejected client, in seconds.
const RETRY_AFTER_S: u32 = 2;

/// Registers [`PATH`]. Also pass [`crate::on_connect`] to the server.
pub fn configure(config: &mut web::ServiceConfig, realtime: Realtime) {
    let resource = web::resource(PATH)
        .app_data(web::Data::new(realtime))
        .route(web::get().to(upgrade))
        .default_service(web::to(|| async { wrong_method().error_response() }));
    config.service(resource);
}

async fn upgrade(
    request: HttpRequest,
    payload: web::Payload,
    realtime: web::Data<Realtime>,
) -> Result<HttpResponse, actix_web::Error> {
    let options = realtime.options();
    if !origin::is_allowed(request.headers(), &options.allowed_origins) {
        return Err(Problem::new(&FORBIDDEN_ORIGIN, "Pages of this origin may not connect.").into());
    }
    check_handshake(request.headers())?;
    if !realtime.is_serving() {
        let detail = "This node is starting or stopping.";
        return Err(Problem::new(&kind::UNAVAILABLE, detail)
            .with_retry_after(RETRY_AFTER_S)
            .into());
    }
    let address = client_address::of(&request);
    let permit = realtime
        .services()
        .admission
        .connection(address, &options.limits)
        .map_err(rejection)?;
    let socket = request
        .conn_data::<Descriptor>()
        .map_or_else(Weak::new, Descriptor::duplicate);
    let services = Arc::clone(realtime.services());
    let connection = Connection::new(realtime.shard(), services, socket, Some(permit));
    session::start(connection, &request, payload, options.limits.message_bytes_max)
}

fn wrong_method() -> Problem {
    let allow = HeaderValue::from_static("GET");
    Problem::new(&kind::METHOD_NOT_ALLOWED, "This address accepts GET only.")
        .with_header(actix_web::http::header::ALLOW, allow)
}

fn check_handshake(headers: &HeaderMap) -> Result<(), Problem> {
    let value = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let is_websocket = value(UPGRADE).is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"));
    if !is_websocket || value(SEC_WEBSOCKET_VERSION) != Some("13") {
        let problem = Problem::new(&UPGRADE_REQUIRED, "This address requires WebSocket, version 13.");
        return Err(problem
            .with_header(UPGRADE, HeaderValue::from_static("websocket"))
            .with_header(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")));
    }
    // 16 bytes in base64 (RFC 6455 §4.1).
    let is_key = value(SEC_WEBSOCKET_KEY).is_some_and(|key| key.len() == 24 && key.ends_with("=="));
    if !is_key {
        return Err(Problem::new(
            &kind::INVALID_HEADER,
            "Sec-WebSocket-Key is not 16 bytes in base64.",
        ));
    }
    let mut protocols = headers.get_all(SEC_WEBSOCKET_PROTOCOL).peekable();
    let is_supported = protocols.peek().is_none()
        || protocols
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|name| name.trim() == SUBPROTOCOL);
    if !is_supported {
        return Err(Problem::new(
            &kind::INVALID_HEADER,
            "The only supported subprotocol is waybill.v1.",
        ));
    }
    Ok(())
}

fn rejection(refused: Refused) -> Problem {
    let problem = match refused {
        Refused::Node => Problem::new(&kind::OVERLOADED, "This node has too many connections."),
        Refused::Address => Problem::new(
            &kind::TOO_MANY_CONNECTIONS,
            "This address has too many connections.",
        ),
    };
    problem.with_retry_after(RETRY_AFTER_S)
}
