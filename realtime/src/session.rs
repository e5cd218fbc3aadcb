//! The actor that carries a connection's frames: the only file that knows `actix-web-actors`.
//!
//! The crate is deprecated (ADR 3). Everything that is the protocol's or the hub's is elsewhere, so moving
//! to another carrier is rewriting this file.

use std::rc::Rc;
use std::time::Instant;

use actix::{Actor, ActorContext as _, ActorFutureExt as _, AsyncContext as _, Handler, StreamHandler};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use actix_web_actors::ws::{
    CloseCode, CloseReason, Message, ProtocolError, WebsocketContext, WsResponseBuilder,
};
use bytes::{Bytes, BytesMut};

use crate::connection::Connection;
use crate::guard::{Guard, Violation};
use crate::protocol::{Closing, SUBPROTOCOL};

/// Answers the handshake and lets `connection` speak over the socket.
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
    /// The fragments of a text message, until the last one. The guard bounds them.
    fragments: Option<BytesMut>,
}

/// Something waits for the client. At most one of these is in the mailbox.
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
        self.connection.gone();
    }
}

impl Handler<Drain> for Session {
    type Result = ();

    fn handle(&mut self, _: Drain, context: &mut Context) {
        self.write(context);
    }
}

impl Session {
    /// Writes what waits, a portion at a time: the rest comes when the socket has taken this one.
    fn write(&mut self, context: &mut Context) {
        let turn = self.connection.take_turn(Instant::now());
        for message in turn.messages {
            context.text(message);
        }
        if turn.ping {
            context.ping(b"");
        }
        if turn.has_more {
            // The next poll of this context, which the server makes when its buffer has room again.
            let next = actix::fut::wrap_future::<_, Self>(tokio::task::yield_now());
            context.spawn(next.map(|(), session, context| session.write(context)));
        } else if let Some(closing) = turn.close {
            context.close(Some(reason(closing)));
            if closing.is_broken_framing() {
                context.stop();
            }
        }
    }

    fn text(&mut self, text: &Bytes) {
        match std::str::from_utf8(text) {
            Ok(text) => self.connection.on_text(text),
            Err(_) => self.connection.close(Closing::NotUtf8, "a text is not UTF-8"),
        }
    }

    fn fragment(&mut self, item: actix_http::ws::Item) {
        use actix_http::ws::Item;
        match item {
            Item::FirstText(bytes) => self.fragments = Some(BytesMut::from(bytes.as_ref())),
            Item::FirstBinary(_) => self.connection.close(Closing::Binary, "a message is binary"),
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
            Err(error) => return self.connection.close(closing_of(&error), "its frames are broken"),
        };
        if let Message::Close(_) = message {
            // The answer goes out before the server sees that nothing more can be read.
            if !self.connection.is_closing() {
                self.connection.close(Closing::Normal, "the client said goodbye");
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
            Message::Binary(_) => self.connection.close(Closing::Binary, "a message is binary"),
            Message::Continuation(item) => self.fragment(item),
            Message::Ping(bytes) => context.pong(&bytes),
            Message::Pong(_) | Message::Close(_) | Message::Nop => {}
        }
    }

    /// Nothing more comes in: the client went away, or broke a rule of the framing.
    fn finished(&mut self, context: &mut Context) {
        match self.violation.get() {
            Some(closing) => self.connection.close(closing, "its frames are broken"),
            None => context.stop(),
        }
    }
}

fn reason(closing: Closing) -> CloseReason {
    CloseReason {
        code: CloseCode::from(closing.code()),
        description: None,
    }
}

fn closing_of(error: &ProtocolError) -> Closing {
    match error {
        ProtocolError::Overflow => Closing::TooLarge,
        // A text that is not UTF-8. A lost connection looks the same, and gets no answer either way.
        ProtocolError::Io(error) if error.kind() == std::io::ErrorKind::Other => Closing::NotUtf8,
        _ => Closing::Protocol,
    }
}
