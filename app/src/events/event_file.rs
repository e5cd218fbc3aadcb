//! Events as a Parquet file: a column for each field, with statistics by which a reader skips what it does not need.
//!
//! The rows are in the order of the log, so each row group holds a span of time.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use schemas::envelope::RecordedEvent;

/// Events in a row group.
const GROUP_LEN_MAX: usize = 50_000;

/// Bytes of payloads and metadata in a row group. The event that exceeds it is the last one of its group.
const GROUP_BYTES_MAX: usize = 32 << 20;

/// Columns whose values hardly ever repeat, for which a dictionary is work without gain.
const UNIQUE_COLUMNS: &[&str] = &["position", "event_id", "metadata", "payload", "hash"];

/// The columns, in the order in which [`EventFile::write_group`] writes them.
const SCHEMA: &str = "message event {
    REQUIRED INT64 position;
    REQUIRED BYTE_ARRAY stream_id (STRING);
    REQUIRED INT64 version;
    REQUIRED FIXED_LEN_BYTE_ARRAY (16) event_id (UUID);
    REQUIRED BYTE_ARRAY event_type (STRING);
    REQUIRED INT32 schema_version (INTEGER(16, true));
    REQUIRED BYTE_ARRAY partition_key (STRING);
    REQUIRED INT64 occurred_at (TIMESTAMP(MICROS, true));
    REQUIRED INT64 recorded_at (TIMESTAMP(MICROS, true));
    REQUIRED BYTE_ARRAY metadata (JSON);
    REQUIRED BYTE_ARRAY payload (JSON);
    REQUIRED FIXED_LEN_BYTE_ARRAY (32) hash;
}";

/// A Parquet file that is being written. It holds the events of one row group in memory.
pub struct EventFile<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    waiting: Vec<RecordedEvent>,
    waiting_bytes: usize,
}

impl<W: Write + Send> EventFile<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn new(output: W) -> io::Result<Self> {
        let schema = parse_message_type(SCHEMA).map_err(failed)?;
        let by_position = SortingColumn {
            column_idx: 0,
            descending: false,
            nulls_first: false,
        };
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_sorting_columns(Some(vec![by_position]));
        for column in UNIQUE_COLUMNS {
            properties = properties.set_column_dictionary_enabled((*column).into(), false);
        }
        let writer = SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties.build()));
        Ok(Self {
            writer: writer.map_err(failed)?,
            waiting: Vec::new(),
            waiting_bytes: 0,
        })
    }

    /// Adds the next event.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn add(&mut self, event: RecordedEvent) -> io::Result<()> {
        self.waiting_bytes += event.payload.get().len() + event.metadata.get().len();
        self.waiting.push(event);
        if self.waiting.len() == GROUP_LEN_MAX || self.waiting_bytes >= GROUP_BYTES_MAX {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    /// Writes what is left, and the index at the end of the file. Returns the output.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.waiting.is_empty() {
            self.write_group().map_err(failed)?;
        }
        self.writer.into_inner().map_err(failed)
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let events = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let texts = |text: fn(&RecordedEvent) -> &str| -> Vec<ByteArray> {
            events.iter().map(|event| ByteArray::from(text(event))).collect()
        };
        let numbers = |number: fn(&RecordedEvent) -> i64| -> Vec<i64> { events.iter().map(number).collect() };
        let bytes = |bytes: fn(&RecordedEvent) -> &[u8]| -> Vec<FixedLenByteArray> {
            events.iter().map(|event| bytes(event).to_vec().into()).collect()
        };
        let schema_versions: Vec<i32> = events.iter().map(|event| event.schema_version.into()).collect();
        let mut group = self.writer.next_row_group()?;
        column::<_, Int64Type>(&mut group, &numbers(|event| event.position))?;
        column::<_, ByteArrayType>(&mut group, &texts(|event| &event.stream_id))?;
        column::<_, Int64Type>(&mut group, &numbers(|event| event.version))?;
        column::<_, FixedLenByteArrayType>(&mut group, &bytes(|event| event.event_id.as_bytes()))?;
        column::<_, ByteArrayType>(&mut group, &texts(|event| &event.event_type))?;
        column::<_, Int32Type>(&mut group, &schema_versions)?;
        column::<_, ByteArrayType>(&mut group, &texts(|event| &event.partition_key))?;
        column::<_, Int64Type>(&mut group, &numbers(|event| event.occurred_at.timestamp_micros()))?;
        column::<_, Int64Type>(&mut group, &numbers(|event| event.recorded_at.timestamp_micros()))?;
        column::<_, ByteArrayType>(&mut group, &texts(|event| event.metadata.get()))?;
        column::<_, ByteArrayType>(&mut group, &texts(|event| event.payload.get()))?;
        column::<_, FixedLenByteArrayType>(&mut group, &bytes(|event| &event.hash))?;
        group.close()?;
        Ok(())
    }
}

fn column<W: Write + Send, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    let column = group.next_column()?;
    let mut column =
        column.ok_or_else(|| ParquetError::General("the schema has fewer columns".to_owned()))?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}

/// The failure of the output itself, if it is one, so that its kind is known.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use chrono::DateTime;
    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::*;

    fn event(position: i64, payload_len: usize) -> RecordedEvent {
        RecordedEvent {
            position,
            stream_id: "stock-85123A".to_owned(),
            version: position,
            event_id: Uuid::from_u128(u128::from(position.unsigned_abs())),
            event_type: "StockReceived".to_owned(),
            schema_version: 1,
            partition_key: "85123A".to_owned(),
            payload: RawValue::from_string(format!("\"{}\"", "x".repeat(payload_len))).unwrap(),
            metadata: RawValue::from_string("{}".to_owned()).unwrap(),
            occurred_at: DateTime::UNIX_EPOCH,
            recorded_at: DateTime::UNIX_EPOCH,
            hash: [7; 32],
        }
    }

    /// The numbers of events in the row groups of a file with `events`.
    fn groups(events: impl Iterator<Item = RecordedEvent>) -> Vec<i64> {
        let mut file = EventFile::new(Vec::new()).unwrap();
        for event in events {
            file.add(event).unwrap();
        }
        let reader = SerializedFileReader::new(Bytes::from(file.finish().unwrap())).unwrap();
        let groups = reader.metadata().row_groups().iter();
        groups.map(RowGroupMetaData::num_rows).collect()
    }

    #[test]
    fn a_row_group_ends_at_its_number_of_events_or_bytes() {
        let limit = i64::try_from(GROUP_LEN_MAX).unwrap();
        assert_eq!(
            groups((1..=limit + 1).map(|position| event(position, 1))),
            [limit, 1]
        );
        let large = GROUP_BYTES_MAX / 2;
        assert_eq!(groups((1..=3).map(|position| event(position, large))), [2, 1]);
        assert_eq!(groups(std::iter::empty()), [0; 0]);
    }

    #[test]
    fn a_failed_output_keeps_its_kind() {
        let mut reader = [0; 10];
        let mut file = EventFile::new(&mut reader[..]).unwrap();
        file.add(event(1, 100)).unwrap();
        assert_eq!(file.finish().unwrap_err().kind(), io::ErrorKind::WriteZero);
    }
}
