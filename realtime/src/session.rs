//! The actor that reads and writes a connection's frames: the only file that depends on `actix-web-actors`.
//!
//! The crate is deprecated (ADR 3). The protocol and the hub are elsewhere, so that only this file must be rewritten to
//! replace it.

use std::rc::Rc;
use std::time::Instant;

use actix::{Actor, ActorContext as _, ActorFutureExt as _, AsyncContext as _, Handler, StreamHandler};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use actix_web_actors::ws::{self, Message, ProtocolError, WebsocketContext, WsResponseBuilder};
use bytes::{Bytes, BytesMut};

use crate::connection::Connection;
use crate::guard::{Guard, Violation};
use crate::protocol::{CloseCode, SUBPROTOCOL};

/// Responds to the handshake and connects `connection` to the socket.
///
/// # Errors
/// When the request is not a WebSocket handshake.
pub fn start(
    connection: Rc<Connection>,
    request: &HttpRequest,
    payload: web::Payload,
    message_bytes_max: usize,
) -> Result<HttpResponse, Error> {
    let (payload, violation) = Guard::new(payload, message_bytes_max);
    let session = Session {
        connection,
        violation,
        fragments: None,
    };
    WsResponseBuilder::new(session, request, payload)
        .protocols(&[SUBPROTOCOL])
        .frame_size(message_bytes_max)
        .start()
}

struct Session {
    connection: Rc<Connection>,
    violation: Violation,
    /// The fragments of a text message, until the last one. The guard limits their size.
    fragments: Option<BytesMut>,
}

/// Wakes the actor because output is waiting for the client. At most one is in the mailbox.
struct Drain;

impl actix::Message for Drain {
    type Result = ();
}

type Context = WebsocketContext<Session>;

impl Actor for Session {
    type Context = Context;

    fn started(&mut self, context: &mut Context) {
        let address = context.address();
        self.connection.on_wake(move || address.do_send(Drain));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.connection.release();
    }
}

impl Handler<Drain> for Session {
    type Result = ();

    fn handle(&mut self, _: Drain, context: &mut Context) {
        self.write(context);
    }
}

impl Session {
    /// Writes the waiting output, one part at a time: the next follows when the socket has accepted this one.
    fn write(&mut self, context: &mut Context) {
        let output = self.connection.take_output(Instant::now());
        for message in output.messages {
            context.text(message);
        }
        if output.ping {
            context.ping(b"");
        }
        if output.has_more {
            // Runs at the next poll of this context, when the server's buffer has space again.
            let next = actix::fut::wrap_future::<_, Self>(tokio::task::yield_now());
            context.spawn(next.map(|(), session, context| session.write(context)));
        } else if let Some(code) = output.close {
            context.close(Some(ws::CloseCode::from(code.as_u16()).into()));
            if code.is_broken_framing() {
                context.stop();
            }
        }
    }

    fn text(&mut self, text: &Bytes) {
        match std::str::from_utf8(text) {
            Ok(text) => self.connection.on_text(text),
            Err(_) => self.connection.close(CloseCode::NotUtf8, "a text is not UTF-8"),
        }
    }

    fn fragment(&mut self, item: actix_http::ws::Item) {
        use actix_http::ws::Item;
        match item {
            Item::FirstText(bytes) => self.fragments = Some(BytesMut::from(bytes.as_ref())),
            Item::FirstBinary(_) => self.connection.close(CloseCode::Binary, "a message is binary"),
            Item::Continue(bytes) => self.append(&bytes),
            Item::Last(bytes) => {
                self.append(&bytes);
                if let Some(message) = self.fragments.take() {
                    self.text(&message.freeze());
                }
            }
        }
    }

    fn append(&mut self, bytes: &[u8]) {
        if let Some(fragments) = &mut self.fragments {
            fragments.extend_from_slice(bytes);
        }
    }
}

impl StreamHandler<Result<Message, ProtocolError>> for Session {
    fn handle(&mut self, item: Result<Message, ProtocolError>, context: &mut Context) {
        let message = match item {
            Ok(message) => message,
            Err(error) => return self.connection.close(code_of(&error), "the framing is broken"),
        };
        if let Message::Close(_) = message {
            // Respond before the server notices that nothing more can be read.
            if !self.connection.is_closing() {
                self.connection.close(CloseCode::Normal, "the client closed it");
                self.write(context);
            }
            self.connection.end_reading();
            return context.stop();
        }
        if !self.connection.on_frame(Instant::now()) {
            return;
        }
        match message {
            Message::Text(text) => self.connection.on_text(&text),
            Message::Binary(_) => self.connection.close(CloseCode::Binary, "a message is binary"),
            Message::Continuation(item) => self.fragment(item),
            Message::Ping(bytes) => context.pong(&bytes),
            Message::Pong(_) | Message::Close(_) | Message::Nop => {}
        }
    }

    /// Handles the end of the input: the client disconnected, or violated the framing.
    fn finished(&mut self, context: &mut Context) {
        match self.violation.get() {
            Some(code) => self.connection.close(code, "the framing is broken"),
            None => context.stop(),
        }
    }
}

fn code_of(error: &ProtocolError) -> CloseCode {
    match error {
        ProtocolError::Overflow => CloseCode::TooLarge,
        // A text that is not UTF-8. A lost connection looks the same, but then no code can be sent anyway.
        ProtocolError::Io(error) if error.kind() == std::io::ErrorKind::Other => CloseCode::NotUtf8,
        _ => CloseCode::Protocol,
    }
}
