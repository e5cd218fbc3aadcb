//! Rows in the binary format of `COPY`, for tables that do not have them yet.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArgumentBuffer;
use sqlx::{Encode, PgConnection, Postgres};

use crate::registry::Table;

/// The start of the format: its signature, no flags, no extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// The end of the format.
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// The length of an absent value.
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

/// Bytes per message.
const MESSAGE_LEN: usize = 256 * 1024;

/// How changed rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// By upserts: whether the table has them does not matter.
    Upsert,
    /// Those that were neither loaded nor summed are new, and are copied; the others by upserts.
    CopyNew,
}

/// Rows for one table.
#[derive(Debug)]
pub(crate) struct Copy {
    buffer: PgArgumentBuffer,
    columns_len: i16,
}

impl Copy {
    /// No rows, of this number of columns.
    pub fn new(columns_len: usize) -> Self {
        let mut buffer = PgArgumentBuffer::default();
        buffer.extend_from_slice(HEADER);
        Self {
            buffer,
            columns_len: i16::try_from(columns_len).expect("a table has at most 1,600 columns"),
        }
    }

    /// Begins a row, whose values follow.
    pub fn begin_row(&mut self) {
        self.buffer.extend_from_slice(&self.columns_len.to_be_bytes());
    }

    /// Adds the next value of the row.
    pub fn value<'q, T: Encode<'q, Postgres>>(&mut self, value: &T) -> Result<(), BoxDynError> {
        let at = self.buffer.len();
        self.buffer.extend_from_slice(&NULL);
        if let IsNull::No = value.encode_by_ref(&mut self.buffer)? {
            let from = at + NULL.len();
            let len = i32::try_from(self.buffer.len() - from)?;
            self.buffer[at..from].copy_from_slice(&len.to_be_bytes());
        }
        Ok(())
    }

    /// Adds an absent value.
    pub fn null(&mut self) {
        self.buffer.extend_from_slice(&NULL);
    }

    /// Writes the rows into `table`, which must have none of them.
    pub async fn write(
        mut self,
        connection: &mut PgConnection,
        table: &Table,
        columns: &[&str],
    ) -> Result<(), sqlx::Error> {
        self.buffer.extend_from_slice(&TRAILER);
        let statement = format!(
            "COPY {} ({}) FROM STDIN (FORMAT binary)",
            table.name,
            columns.join(", ")
        );
        let mut copy = connection.copy_in_raw(&statement).await?;
        for message in self.buffer.chunks(MESSAGE_LEN) {
            copy.send(message).await?;
        }
        copy.finish().await?;
        Ok(())
    }
}
