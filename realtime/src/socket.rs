//! A second handle on the socket of each connection, because an actor that is blocked in a write cannot close it
//! (actix-web #2441).

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::Arc;

use actix_web::dev::Extensions;

/// A duplicate of the file descriptor of a connection. The extensions of the HTTP connection own it; everything else
/// holds it weakly, so that it never keeps a dead connection open.
#[derive(Debug)]
pub struct Socket(TcpStream);

impl Socket {
    /// Shuts the connection down in both directions, whatever waits.
    pub fn shut_down(&self) {
        // An error means that it has ended already.
        let _ = self.0.shutdown(Shutdown::Both);
    }

    /// Shuts reading down: the server sees the end of the input, writes what it has, and closes.
    pub fn end_reading(&self) {
        let _ = self.0.shutdown(Shutdown::Read);
    }
}

/// Duplicates the descriptor of a new connection. Give it to `HttpServer::on_connect`: without it a client that does
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
