//! Tests `waybill events export --format parquet` by reading the files back.

use std::fs::File;
use std::os::unix::fs::symlink;
use std::process::Stdio;

use bytes::Bytes;
use parquet::basic::LogicalType;
use parquet::file::reader::{ChunkReader, FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Value, json};

use crate::events::lines;
use crate::projection::imported;

const EXPORT: [&str; 4] = ["events", "export", "--format", "parquet"];

fn rows(file: impl ChunkReader + 'static) -> Vec<Row> {
    let reader = SerializedFileReader::new(file).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn micros(time: &Value) -> i64 {
    let time: chrono::DateTime<chrono::Utc> = time.as_str().unwrap().parse().unwrap();
    time.timestamp_micros()
}

/// A row in the words of `--format jsonl`, with times as microseconds and bytes in hex.
fn record(row: &Row) -> Value {
    let columns = row.get_column_iter().map(|(name, field)| {
        let value = match field {
            Field::Str(text) if name == "payload" || name == "metadata" => {
                serde_json::from_str(text).unwrap()
            }
            Field::Str(text) => json!(text),
            Field::Long(number) | Field::TimestampMicros(number) => json!(number),
            Field::Short(number) => json!(number),
            Field::Bytes(bytes) => json!(hex::encode(bytes.data())),
            field => panic!("{name}: {field:?}"),
        };
        (name.clone(), value)
    });
    Value::Object(columns.collect())
}

#[tokio::test]
async fn a_parquet_export_holds_what_the_lines_hold_in_typed_columns() {
    let instance = imported().await;
    let path = instance.folder.path().join("events.parquet");
    let exported = instance.run(&[&EXPORT[..], &[path.to_str().unwrap()]].concat());
    assert!(
        exported.status.success(),
        "{}",
        String::from_utf8_lossy(&exported.stderr)
    );
    let mut expected = lines(&instance.run(&["events", "export"]));
    assert_eq!(expected.len(), usize::try_from(instance.head().await).unwrap());
    for event in &mut expected {
        for name in ["occurred_at", "recorded_at"] {
            event[name] = json!(micros(&event[name]));
        }
        event["event_id"] = json!(event["event_id"].as_str().unwrap().replace('-', ""));
    }
    let found: Vec<Value> = rows(File::open(&path).unwrap()).iter().map(record).collect();
    assert_eq!(found, expected);

    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let times = schema
        .columns()
        .iter()
        .filter(|column| column.name().ends_with("_at"));
    for column in times {
        let Some(LogicalType::Timestamp(time)) = column.logical_type_ref() else {
            panic!("{}", column.name());
        };
        assert!(time.is_adjusted_to_u_t_c, "{}", column.name());
    }
    let by_type = instance.run(&[&EXPORT[..], &["--type", "OrderPlaced"]].concat());
    let placed = rows(Bytes::from(by_type.stdout)).len();
    assert_eq!(
        i64::try_from(placed).unwrap(),
        instance.count("OrderPlaced").await
    );
    let none = instance.run(&[&EXPORT[..], &["--until", "2000-01-01"]].concat());
    assert!(none.status.success() && rows(Bytes::from(none.stdout)).is_empty());
}

#[tokio::test]
async fn an_export_that_cannot_be_written_leaves_no_file_under_its_name() {
    let instance = imported().await;
    for format in ["jsonl", "cloudevents", "parquet"] {
        let export = ["events", "export", "--format", format];
        let path = instance.folder.path().join(format);
        let partial = path.with_extension("part");
        symlink("/dev/full", &partial).unwrap();
        let failed = instance.run(&[&export[..], &[path.to_str().unwrap()]].concat());
        let said = String::from_utf8_lossy(&failed.stderr);
        assert_eq!(failed.status.code(), Some(74), "{format}: {said}");
        assert!(
            said.contains("the output cannot be written: No space left on device"),
            "{format}: {said}"
        );
        assert!(!path.exists() && partial.symlink_metadata().is_err(), "{format}");

        let full = File::options().write(true).open("/dev/full").unwrap();
        let failed = instance.command(&export).stdout(full).output().unwrap();
        assert_eq!(failed.status.code(), Some(74), "{format}");

        let mut closed = instance.command(&export);
        let mut closed = closed.stdout(Stdio::piped()).spawn().unwrap();
        drop(closed.stdout.take());
        assert_eq!(closed.wait().unwrap().code(), Some(141), "{format}");
    }
}
