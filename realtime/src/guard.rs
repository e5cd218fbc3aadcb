//! Checks incoming bytes before the WebSocket codec sees them.
//!
//! The codec of actix-http buffers a whole frame before it checks the length, so a header that announces gigabytes
//! makes it buffer gigabytes. It passes on single fragments without limiting their total size, and its errors do not
//! identify the close code. This stream reads the frame headers itself (RFC 6455 §5.2), ends at the first violation,
//! and records the close code.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;

use crate::protocol::CloseCode;

/// The close code of the first violation, shared with the session.
pub type Violation = Rc<Cell<Option<CloseCode>>>;

const HEADER_LEN_MAX: usize = 14;
const CONTROL_LEN_MAX: u64 = 125;
const FIN: u8 = 0x80;
const RESERVED: u8 = 0x70;
const OPCODE: u8 = 0x0f;
const CLOSE: u8 = 0x8;
const MASKED: u8 = 0x80;
const LENGTH: u8 = 0x7f;
const MASK_LEN: usize = 4;

/// The stream of incoming bytes, up to the first violation.
pub struct Guard<S> {
    stream: S,
    frames: Frames,
    violation: Violation,
}

impl<S> Guard<S> {
    /// Checks `stream`; a message may have at most `message_bytes_max`.
    pub fn new(stream: S, message_bytes_max: usize) -> (Self, Violation) {
        let violation = Violation::default();
        let frames = Frames::new(message_bytes_max as u64);
        (
            Self {
                stream,
                frames,
                violation: Rc::clone(&violation),
            },
            violation,
        )
    }
}

impl<S> Stream for Guard<S>
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.violation.get().is_some() {
            return Poll::Ready(None);
        }
        let polled = Pin::new(&mut self.stream).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &polled
            && let Err(code) = self.frames.read(bytes)
        {
            self.violation.set(Some(code));
            return Poll::Ready(None);
        }
        polled
    }
}

/// The state of reading frame headers.
#[derive(Debug)]
struct Frames {
    message_bytes_max: u64,
    header: [u8; HEADER_LEN_MAX],
    header_len: usize,
    payload_left: u64,
    /// Bytes of the fragments of the message so far.
    fragments: u64,
    /// The close frame whose payload is being read.
    close: Option<CloseFrame>,
}

/// A close frame: a code of two bytes, and a reason in UTF-8 (RFC 6455 §5.5.1). The codec checks both, but its error does
/// not tell one from the other.
#[derive(Debug)]
struct CloseFrame {
    mask: [u8; MASK_LEN],
    payload: Vec<u8>,
}

impl CloseFrame {
    fn read(&mut self, masked: &[u8]) {
        for byte in masked {
            let mask = self.mask[self.payload.len() % MASK_LEN];
            self.payload.push(byte ^ mask);
        }
    }

    fn check(&self) -> Result<(), CloseCode> {
        let reason = self.payload.get(2..).unwrap_or_default();
        std::str::from_utf8(reason).map_err(|_| CloseCode::NotUtf8)?;
        Ok(())
    }
}

impl Frames {
    fn new(message_bytes_max: u64) -> Self {
        Self {
            message_bytes_max,
            header: [0; HEADER_LEN_MAX],
            header_len: 0,
            payload_left: 0,
            fragments: 0,
            close: None,
        }
    }

    fn read(&mut self, mut bytes: &[u8]) -> Result<(), CloseCode> {
        while !bytes.is_empty() {
            if self.payload_left > 0 {
                let skipped = usize::try_from(self.payload_left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                self.payload_left -= skipped as u64;
                self.read_payload(&bytes[..skipped])?;
                bytes = &bytes[skipped..];
                continue;
            }
            self.header[self.header_len] = bytes[0];
            self.header_len += 1;
            bytes = &bytes[1..];
            self.read_header()?;
        }
        Ok(())
    }

    fn read_payload(&mut self, bytes: &[u8]) -> Result<(), CloseCode> {
        match &mut self.close {
            Some(close) => close.read(bytes),
            None => return Ok(()),
        }
        if self.payload_left > 0 {
            return Ok(());
        }
        self.close.take().map_or(Ok(()), |close| close.check())
    }

    fn read_header(&mut self) -> Result<(), CloseCode> {
        let header = self.header;
        let (first, opcode) = (header[0], header[0] & OPCODE);
        let is_control = opcode >= 0x8;
        if first & RESERVED != 0
            || matches!(opcode, 0x3..=0x7 | 0xb..=0xf)
            || (is_control && first & FIN == 0)
        {
            return Err(CloseCode::Protocol);
        }
        if self.header_len < 2 {
            return Ok(());
        }
        if header[1] & MASKED == 0 {
            return Err(CloseCode::Protocol);
        }
        let (length, length_end) = match header[1] & LENGTH {
            126 => (u64::from(u16::from_be_bytes([header[2], header[3]])), 4),
            127 => {
                let [_, _, length @ .., _, _, _, _] = header;
                (u64::from_be_bytes(length), 10)
            }
            length => (u64::from(length), 2),
        };
        if self.header_len < length_end {
            return Ok(());
        }
        if is_control && length > CONTROL_LEN_MAX {
            return Err(CloseCode::Protocol);
        }
        if self.header_len == length_end && !is_control {
            self.count(first, length)?;
        }
        if self.header_len == length_end + MASK_LEN {
            self.header_len = 0;
            self.payload_left = length;
            self.close = (opcode == CLOSE && length > 0).then(|| CloseFrame {
                mask: std::array::from_fn(|index| header[length_end + index]),
                payload: Vec::new(),
            });
        }
        Ok(())
    }

    /// Adds the length of a data frame to that of its message.
    fn count(&mut self, first: u8, length: u64) -> Result<(), CloseCode> {
        let before = if first & OPCODE == 0 { self.fragments } else { 0 };
        let total = before.saturating_add(length);
        if total > self.message_bytes_max {
            return Err(CloseCode::TooLarge);
        }
        self.fragments = if first & FIN == 0 { total } else { 0 };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASK: [u8; 4] = [1, 2, 3, 4];

    fn frame(first: u8, length: usize) -> Vec<u8> {
        let mut bytes = vec![first];
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(length @ 0..=125), _) => bytes.push(MASKED | length),
            (_, Ok(length)) => {
                bytes.push(MASKED | 0x7e);
                bytes.extend(length.to_be_bytes());
            }
            _ => {
                bytes.push(MASKED | 0x7f);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        bytes.extend(MASK);
        bytes.extend(vec![b'x'; length]);
        bytes
    }

    fn read(bytes: &[u8]) -> Option<CloseCode> {
        let whole = Frames::new(65_536).read(bytes).err();
        let mut frames = Frames::new(65_536);
        let by_byte = bytes.chunks(1).find_map(|byte| frames.read(byte).err());
        assert_eq!(
            whole, by_byte,
            "the result does not depend on how the bytes are split"
        );
        whole
    }

    #[test]
    fn well_formed_frames_pass() {
        let mut bytes = Vec::new();
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            bytes.extend(frame(0x81, length));
        }
        bytes.extend(frame(0x01, 40_000));
        bytes.extend(frame(0x89, 125));
        bytes.extend(frame(0x80, 25_536));
        bytes.extend(frame(0x88, 2));
        assert_eq!(read(&bytes), None);
    }

    #[test]
    fn each_broken_rule_has_its_close_code() {
        let mut unmasked = frame(0x81, 3);
        unmasked[1] &= 0x7f;
        let fragments = [frame(0x01, 40_000), frame(0x00, 20_000), frame(0x80, 20_000)].concat();
        let after_good = [frame(0x81, 10), frame(0xc1, 10)].concat();
        for (bytes, code) in [
            (unmasked, CloseCode::Protocol),
            (frame(0xc1, 3), CloseCode::Protocol),
            (frame(0x83, 3), CloseCode::Protocol),
            (frame(0x8b, 3), CloseCode::Protocol),
            (frame(0x09, 3), CloseCode::Protocol),
            (frame(0x89, 126), CloseCode::Protocol),
            (frame(0x81, 65_537), CloseCode::TooLarge),
            (fragments, CloseCode::TooLarge),
            (after_good, CloseCode::Protocol),
        ] {
            assert_eq!(read(&bytes), Some(code));
        }
    }

    #[test]
    fn a_length_is_rejected_before_its_bytes_arrive() {
        let header = [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(read(&header), Some(CloseCode::TooLarge));
    }
}
