//! Importing: the events that a file produces, idempotency, and the rejection of malformed files.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::import_instance::{Folder, HEADER, Instance, sample};

/// Three orders, a matched return, an unmatched one, and a refused row.
fn small() -> String {
    [
        HEADER,
        "100,A1,RED HEART ,5,2010-12-01 08:00:00,1.00,7,United Kingdom",
        "100,B2,TEA CUP,2,2010-12-01 08:00:00,2.50,7,United Kingdom",
        "100,a1,,1,2010-12-01 08:00:00,0.90,7,United Kingdom",
        "101,B2,TEA CUP,1,2010-12-01 09:00:00,2.50,,France",
        "C102,A1,RED HEART,-6,2010-12-02 10:00:00,1.00,7,United Kingdom",
        "C102,B2,TEA CUP,-3,2010-12-02 10:00:00,2.505,7,United Kingdom",
        "103,B2,TEA CUP,1,2010-12-02 11:00:00,0,8,Germany",
        "104,B2,TEA CUP,4,2010-12-02 12:00:00,2.50,8,Germany\n",
    ]
    .join("\n")
}

#[tokio::test]
async fn a_file_becomes_orders_that_were_delivered_and_returns_that_were_refunded() {
    let instance = Instance::new().await;
    let file = instance.folder.write("small.csv", small());
    let report = instance.import(&file);
    let expected = json!({
        "rows": 8, "sale_rows": 5, "return_rows": 2, "returns_matched": 1, "returns_unmatched": 1,
        "refused": {"price_not_positive": 1}, "orders": 3, "customers": 2, "skus": 2, "units": 13,
        "gross_minor": 500 + 500 + 90 + 250 + 1_000, "refunded_minor": 590, "unmatched_minor": 752,
    });
    assert_eq!(report, expected);
    for (event_type, count) in [
        ("OrderPlaced", 3),
        ("OrderCompleted", 3),
        ("PaymentCaptured", 3),
        ("DeliveryDelivered", 3),
        ("ReturnClosed", 1),
        ("RefundSucceeded", 1),
        ("ProductListed", 2),
        ("StockReceived", 2),
    ] {
        assert_eq!(instance.count(event_type).await, count, "{event_type}");
    }
    assert_eq!(instance.leftovers().await, []);
    assert_eq!(instance.ledger().await, (2_340, 590));
    let times: Vec<(String, String)> = sqlx::query_as(
        "SELECT DISTINCT event_type, occurred_at::text FROM event_store.events
         WHERE event_type IN ('OrderCompleted', 'RefundSucceeded') ORDER BY 1, 2",
    )
    .fetch_all(instance.pool())
    .await
    .unwrap();
    let times: Vec<&str> = times.iter().map(|(_, at)| &at[..13]).collect();
    assert_eq!(
        times,
        ["2010-12-01 08", "2010-12-01 09", "2010-12-02 12", "2010-12-02 10"]
    );
    assert!(instance.run(&["events", "verify"]).status.success());
}

#[tokio::test]
async fn importing_again_changes_nothing_and_a_longer_file_adds_what_is_new() {
    let instance = Instance::new().await;
    let file = instance.folder.write("small.csv", small());
    let report = instance.import(&file);
    let head = instance.head().await;
    assert_eq!(instance.import(&file), report);
    assert_eq!(instance.head().await, head, "the second import appends nothing");

    let longer = format!("{}105,B2,TEA POT,9,2010-12-03 12:00:00,2.50,8,Germany\n", small());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(longer.as_bytes()).unwrap();
    let longer = instance.folder.write("longer.bin", packed.finish().unwrap());
    assert_eq!(instance.import(&longer)["orders"], 4);
    assert_eq!(instance.count("OrderPlaced").await, 4);
    assert_eq!(instance.count("ReturnClosed").await, 1);
    assert_eq!(
        instance.count("ProductDetailsChanged").await,
        1,
        "the newest name counts"
    );
    assert_eq!(instance.leftovers().await, []);
}

#[tokio::test]
async fn an_import_that_is_killed_repeatedly_resumes_where_it_stopped() {
    let instance = Instance::new().await;
    let sample = sample(2_500);
    let all = instance.folder.write("all.csv", &sample);
    // Another part of the same data is imported in between and uses the stock received for the first.
    let half = whole_invoices(&sample, 1_200);
    let half = instance.folder.write("half.csv", half);
    for (file, orders) in [(&all, 5), (&all, 20), (&half, 30), (&all, 45)] {
        kill_after(&instance, file, orders).await;
    }
    instance.import(&half);
    let report = instance.import(&all);
    let orders = report["orders"].as_i64().unwrap();
    assert_eq!(instance.count("OrderPlaced").await, orders);
    assert_eq!(instance.count("PaymentCaptured").await, orders);
    assert_eq!(
        instance.count("RefundSucceeded").await,
        report["returns_matched"].as_i64().unwrap()
    );
    assert_eq!(instance.leftovers().await, []);
    let gross = report["gross_minor"].as_i64().unwrap();
    assert_eq!(
        instance.ledger().await,
        (gross, report["refunded_minor"].as_i64().unwrap())
    );
    assert!(instance.run(&["events", "verify"]).status.success());
}

/// The first lines of a file, extended to the end of the last invoice.
fn whole_invoices(text: &str, lines: usize) -> String {
    let invoice = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    let last = text.lines().nth(lines - 1).map(invoice).unwrap();
    let kept = text
        .lines()
        .enumerate()
        .take_while(|(index, line)| *index < lines || invoice(line) == last);
    kept.flat_map(|(_, line)| [line, "\n"]).collect()
}

/// Starts an import and kills it once `orders` orders are placed.
async fn kill_after(instance: &Instance, file: &Path, orders: i64) {
    let mut import = instance.start(&["import", "online-retail", file.to_str().unwrap()]);
    let started = Instant::now();
    while instance.count("OrderPlaced").await < orders && import.try_wait().unwrap().is_none() {
        assert!(
            started.elapsed() < testkit::DEADLINE,
            "{orders} orders were not placed in time"
        );
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    import.kill().unwrap();
    import.wait().unwrap();
}

/// Files that are not imported, by name, with what is said about them.
fn bad_files() -> [(&'static str, Vec<u8>, &'static str); 11] {
    let row = "100,A1,RED HEART,5,2010-12-01 08:00:00,1.00,7,United Kingdom";
    let invalid = [
        HEADER.as_bytes(),
        b"\n100,A1,\xff,5,2010-12-01 08:00:00,1.00,7,UK\n",
    ]
    .concat();
    let cut = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(sample(200).as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        packed[..packed.len() / 2].to_vec()
    };
    [
        ("empty", Vec::new(), "the file is empty"),
        (
            "header",
            format!("a,b\n{row}\n").into(),
            "line 1: the header is not",
        ),
        (
            "ragged",
            format!("{HEADER}\n{row}\n{row},more\n").into(),
            "line 3: it has 9 columns, not 8",
        ),
        ("encoding", invalid, "line 2: Description is not UTF-8"),
        (
            "quantity",
            format!("{HEADER}\n{}\n", row.replace(",5,", ",five,")).into(),
            "line 2: Quantity",
        ),
        (
            "sku",
            format!("{HEADER}\n{}\n", row.replace("A1", "A/1")).into(),
            "line 2: StockCode",
        ),
        (
            "separator",
            format!("{HEADER}\n{row}\n").replace(',', ";").into(),
            "line 1: the columns are separated by semicolons, not by commas",
        ),
        (
            "year",
            format!("{HEADER}\n{}\n", row.replace("2010-", "0010-")).into(),
            "line 2: InvoiceDate is not a time like",
        ),
        (
            "leap",
            format!("{HEADER}\n{}\n", row.replace("08:00:00", "23:59:60")).into(),
            "line 2: InvoiceDate is not a time like",
        ),
        (
            "invisible",
            format!("{HEADER}\n{}\n", row.replace("RED ", "RED\u{200b}")).into(),
            "line 2: remove the invisible character U+200B from `Description`",
        ),
        ("truncated", cut, "cannot be read any further"),
    ]
}

#[tokio::test]
async fn a_bad_file_is_reported_by_line_and_changes_nothing() {
    let instance = Instance::new().await;
    for (name, content, expected) in bad_files() {
        let file = instance.folder.write(name, content);
        let output = instance.run(&["import", "online-retail", file.to_str().unwrap(), "--json"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(65), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
        assert!(output.stdout.is_empty(), "{name}");
    }
    for missing in ["/nowhere/to/be/found.csv", "/tmp"] {
        let output = instance.run(&["import", "online-retail", missing]);
        assert_eq!(output.status.code(), Some(66), "{missing}");
    }
    assert_eq!(instance.head().await, 0);
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped_and_a_formula_is_kept_as_text() {
    let instance = Instance::new().await;
    let text = format!("\u{feff}{HEADER}\n100,A1,=1+1,5,2010-12-01 08:00:00,1.00,7,United Kingdom\n");
    let file = instance.folder.write("formula.csv", text);
    assert_eq!(instance.import(&file)["orders"], 1);
    let name: String = sqlx::query_scalar(
        "SELECT payload ->> 'name' FROM event_store.events WHERE event_type = 'ProductListed'",
    )
    .fetch_one(instance.pool())
    .await
    .unwrap();
    assert_eq!(name, "=1+1");
}

#[tokio::test]
async fn without_a_database_nothing_is_imported() {
    let instance = Instance::new().await;
    let file = instance.folder.write("small.csv", small());
    let elsewhere = Folder::new();
    let settings = std::fs::read_to_string(instance.folder.path().join("instance.toml")).unwrap();
    let settings: Vec<String> = settings
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some((key, _)) if key.starts_with("postgres") => {
                format!("{key} = \"postgres://waybill_app:x@127.0.0.1:1/waybill\"")
            }
            _ => line.to_owned(),
        })
        .collect();
    elsewhere.write("instance.toml", settings.join("\n"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_waybill"))
        .arg("--data")
        .arg(elsewhere.path())
        .args(["import", "online-retail"])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(69),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn concurrent_imports_repeat_no_step() {
    let instance = Instance::new().await;
    let file = instance.folder.write("sample.csv", sample(400));
    let mut other = instance.start(&["import", "online-retail", file.to_str().unwrap()]);
    let report = instance.import(&file);
    assert!(other.wait().unwrap().success());
    assert_eq!(
        instance.count("OrderPlaced").await,
        report["orders"].as_i64().unwrap()
    );
    assert_eq!(instance.leftovers().await, []);
}
