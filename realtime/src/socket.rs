//! A second handle to the socket of each connection, because an actor that is blocked in a write cannot close it
//! (actix-web #2441).

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::sync::{Arc, OnceLock, Weak};

use actix_web::dev::Extensions;
use rustix::process::{PidfdFlags, PidfdGetfdFlags};

/// A duplicate of a connection's file descriptor. The connection's [`Descriptor`] owns it; all other references are weak,
/// so that they never keep a dead connection open.
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

/// The descriptor of a connection, which is duplicated when the connection becomes a socket: the descriptors of a process
/// are limited, and most connections never do. The extensions of the HTTP connection own it.
#[derive(Debug)]
pub struct Descriptor {
    number: RawFd,
    socket: OnceLock<Arc<Socket>>,
}

impl Descriptor {
    /// Duplicates the descriptor. Call it only while a request of the connection is handled: the connection is open then,
    /// and the number is not that of another.
    pub fn duplicate(&self) -> Weak<Socket> {
        let duplicated = this_process().and_then(|process| {
            let descriptor = rustix::process::pidfd_getfd(process, self.number, PidfdGetfdFlags::empty())?;
            Ok(Arc::new(Socket(TcpStream::from(descriptor))))
        });
        match duplicated {
            Ok(socket) => Arc::downgrade(self.socket.get_or_init(|| socket)),
            Err(error) => {
                tracing::warn!(%error, "The descriptor of a connection could not be duplicated.");
                Weak::new()
            }
        }
    }
}

/// A handle of this process, through which it duplicates a descriptor by its number (pidfd_getfd(2), Linux 5.6).
fn this_process() -> rustix::io::Result<BorrowedFd<'static>> {
    static PROCESS: OnceLock<OwnedFd> = OnceLock::new();
    if let Some(process) = PROCESS.get() {
        return Ok(process.as_fd());
    }
    let process = rustix::process::pidfd_open(rustix::process::getpid(), PidfdFlags::empty())?;
    Ok(PROCESS.get_or_init(|| process).as_fd())
}

/// Remembers the descriptor of a new connection. Pass it to `HttpServer::on_connect`: without it, a client that does not
/// read cannot be evicted.
pub fn on_connect(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
        extensions.insert(Descriptor {
            number: stream.as_raw_fd(),
            socket: OnceLock::new(),
        });
    }
}
