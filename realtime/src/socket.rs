//! A second handle to the socket of each connection, because an actor that is blocked in a write cannot close it
//! (actix-web #2441).

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::Arc;

use actix_web::dev::Extensions;

/// A duplicate of a connection's file descriptor. The extensions of the HTTP connection own it; all other references
/// are weak, so that they never keep a dead connection open.
#[derive(Debug)]
pub struct Socket(TcpStream);

impl Socket {
    /// Shuts the connection down in both directions, regardless of waiting data.
    pub fn shut_down(&self) {
        // An error means that the connection has already ended.
        let _ = self.0.shutdown(Shutdown::Both);
    }

    /// Shuts reading down: the server sees the end of the input, writes its waiting data, and closes.
    pub fn end_reading(&self) {
        let _ = self.0.shutdown(Shutdown::Read);
    }
}

/// Duplicates the descriptor of a new connection. Pass it to `HttpServer::on_connect`: without it, a client that does
/// not read cannot be evicted.
pub fn on_connect(connection: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else {
        return;
    };
    match stream.as_fd().try_clone_to_owned() {
        Ok(descriptor) => {
            extensions.insert(Arc::new(Socket(TcpStream::from(descriptor))));
        }
        Err(error) => tracing::warn!(%error, "The descriptor of a connection could not be duplicated."),
    }
}
