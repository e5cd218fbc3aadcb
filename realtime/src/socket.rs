//! A second handle on each connection's socket, since a write-blocked actor can no longer close it
//! (actix-web #2441).

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::Arc;

use actix_web::dev::Extensions;

/// A duplicate of a connection's descriptor. It lives in the connection's extensions and as long as they
/// do; everybody else holds it weakly, so that it never keeps a dead connection open.
#[derive(Debug)]
pub struct Socket(TcpStream);

impl Socket {
    /// Ends the connection in both directions, whatever waits.
    pub fn shut_down(&self) {
        // An error says that it has ended already.
        let _ = self.0.shutdown(Shutdown::Both);
    }

    /// Makes the server see the end of what the client sends, so that it writes what it has and closes.
    pub fn end_reading(&self) {
        let _ = self.0.shutdown(Shutdown::Read);
    }
}

/// Give this to `HttpServer::on_connect`: without it a client that no longer reads cannot be evicted.
pub fn on_connect(connection: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else {
        return;
    };
    match stream.as_fd().try_clone_to_owned() {
        Ok(descriptor) => {
            extensions.insert(Arc::new(Socket(TcpStream::from(descriptor))));
        }
        Err(error) => tracing::warn!(%error, "A connection's descriptor cannot be duplicated."),
    }
}
