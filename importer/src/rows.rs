//! Parses the rows of a file and collects every error in their format.

use std::fmt;
use std::io::Read;

use chrono::{DateTime, Utc};
use csv::ByteRecord;

use crate::price::Price;
use crate::timestamp;

/// The columns, in sequence.
pub const COLUMNS: [&str; 8] = [
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
];
/// The most rows a file may have.
pub const ROWS_MAX: u32 = 5_000_000;
/// Separators of columns that are recognised, but not accepted.
const SEPARATORS: [(u8, &str); 3] = [(b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];
/// How many problems are reported by line; further ones are only counted.
const PROBLEMS_MAX: usize = 50;

/// A parsed row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// The line on which it begins, from 1, the header.
    pub line: u64,
    /// The invoice's number.
    pub invoice: &'a str,
    /// The product's stock code.
    pub stock_code: &'a str,
    /// The product's description, trimmed.
    pub description: &'a str,
    /// How many units.
    pub quantity: i64,
    /// The time of the invoice.
    pub at: DateTime<Utc>,
    /// Price of one unit.
    pub price: Price,
    /// The customer's number; empty when unknown.
    pub customer: &'a str,
    /// The customer's country.
    pub country: &'a str,
}

/// Something wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub detail: String,
}

/// The reasons why a file cannot be imported, by line.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Malformed {
    /// The first problems, in detail.
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub count: usize,
}

impl Malformed {
    /// Adds a problem.
    pub fn find(&mut self, line: u64, detail: impl Into<String>) {
        self.count += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem {
                line,
                detail: detail.into(),
            });
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            match problem.line {
                0 => writeln!(formatter, "  {}", problem.detail)?,
                line => writeln!(formatter, "  line {line}: {}", problem.detail)?,
            }
        }
        if self.count > self.problems.len() {
            writeln!(formatter, "  and {} more", self.count - self.problems.len())?;
        }
        write!(formatter, "  {} found; nothing was changed", counted(self.count))
    }
}

fn counted(problems: usize) -> String {
    if problems == 1 {
        "1 problem".to_owned()
    } else {
        format!("{problems} problems")
    }
}

/// Calls `take` with each row of `source`; `take` returns what is wrong with the row, if anything.
///
/// # Errors
/// When any line is wrong; the remaining lines are still checked.
pub fn read(
    source: impl Read,
    mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
) -> Result<(), Malformed> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(source);
    let mut record = ByteRecord::new();
    let mut malformed = Malformed::default();
    let mut number = 0;
    let mut has_header = false;
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                malformed.find(line, unreadable(&error));
                break;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        if !has_header {
            if let Err(detail) = check_header(&record) {
                malformed.find(line, detail);
                break;
            }
            has_header = true;
            continue;
        }
        number += 1;
        if number > ROWS_MAX {
            malformed.find(line, format!("there are more than {ROWS_MAX} rows"));
            break;
        }
        if let Err(detail) = parse(&record, (number, line)).and_then(|row| take(&row)) {
            malformed.find(line, detail);
        }
    }
    if !has_header && malformed.count == 0 {
        malformed.find(0, "the file is empty");
    }
    if malformed.count == 0 {
        Ok(())
    } else {
        Err(malformed)
    }
}

fn unreadable(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => format!("the file cannot be read any further: {error}"),
        _ => error.to_string(),
    }
}

fn check_header(record: &ByteRecord) -> Result<(), String> {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    let mut names = record.iter().enumerate().map(|(index, name)| match index {
        0 => name.strip_prefix(BYTE_ORDER_MARK).unwrap_or(name),
        _ => name,
    });
    if names.by_ref().eq(COLUMNS.iter().map(|name| name.as_bytes())) {
        return Ok(());
    }
    for (separator, name) in SEPARATORS {
        let parts = record.as_slice().split(|byte| *byte == separator);
        let names = parts.map(<[u8]>::trim_ascii);
        let names = names.map(|part| part.strip_prefix(BYTE_ORDER_MARK).unwrap_or(part));
        let bare = |part: &[u8]| {
            part.iter()
                .copied()
                .filter(|byte| *byte != b'"')
                .collect::<Vec<_>>()
        };
        if names.map(bare).eq(COLUMNS.map(|name| name.as_bytes().to_vec())) {
            return Err(format!("the columns are separated by {name}, not by commas"));
        }
    }
    Err(format!("the header is not {}", COLUMNS.join(",")))
}

fn parse(record: &ByteRecord, (number, line): (u32, u64)) -> Result<Row<'_>, String> {
    if record.len() != COLUMNS.len() {
        return Err(format!("it has {} columns, not {}", record.len(), COLUMNS.len()));
    }
    let text = |column: usize| {
        std::str::from_utf8(&record[column]).map_err(|_| format!("{} is not UTF-8", COLUMNS[column]))
    };
    let invalid =
        |column: usize, what: &str, value: &str| format!("{} is not {what}: {value:.40}", COLUMNS[column]);
    let (quantity, date, price) = (text(3)?, text(4)?, text(5)?);
    Ok(Row {
        number,
        line,
        invoice: text(0)?,
        stock_code: text(1)?,
        description: text(2)?.trim(),
        quantity: quantity
            .parse()
            .map_err(|_| invalid(3, "a whole number", quantity))?,
        at: timestamp::parse(date).ok_or_else(|| invalid(4, &time(), date))?,
        price: Price::parse(price).ok_or_else(|| invalid(5, "a price like 2.55", price))?,
        customer: text(6)?.trim(),
        country: text(7)?.trim(),
    })
}

fn time() -> String {
    format!("a time like {} in the years 1970 to 2200", timestamp::EXAMPLE)
}

#[cfg(test)]
mod tests {
    use super::{Malformed, read};

    const HEADER: &str =
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    const ROW: &str = "536365,85123A,\"HEART, WHITE\",6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";

    fn rows(bytes: &[u8]) -> Result<Vec<String>, Malformed> {
        let mut descriptions = Vec::new();
        read(bytes, |row| {
            descriptions.push(row.description.to_owned());
            Ok(())
        })?;
        Ok(descriptions)
    }

    fn problems(bytes: &[u8]) -> Vec<(u64, String)> {
        let malformed = rows(bytes).unwrap_err();
        malformed
            .problems
            .into_iter()
            .map(|problem| (problem.line, problem.detail))
            .collect()
    }

    #[test]
    fn rows_are_read_with_and_without_a_byte_order_mark() {
        let text = format!("{HEADER}{ROW}");
        assert_eq!(rows(text.as_bytes()).unwrap(), ["HEART, WHITE"]);
        assert_eq!(
            rows(format!("\u{feff}{text}").as_bytes()).unwrap(),
            ["HEART, WHITE"]
        );
        assert_eq!(
            rows(text.replace('\n', "\r\n").as_bytes()).unwrap(),
            ["HEART, WHITE"]
        );
        assert!(rows(HEADER.as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn a_wrong_header_is_the_only_problem_reported() {
        for header in [
            "Invoice,StockCode\n",
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Country\n",
        ] {
            let found = problems(format!("{header}{ROW}{ROW}").as_bytes());
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].0 == 1 && found[0].1.starts_with("the header is not"),
                "{found:?}"
            );
        }
        assert_eq!(problems(b""), [(0, "the file is empty".to_owned())]);
    }

    #[test]
    fn a_wrong_separator_is_named() {
        for (separator, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")] {
            let file = format!("{HEADER}{}", ROW.replace("HEART, WHITE", "HEART")).replace(',', separator);
            let quoted = HEADER.trim().split(',').map(|column| format!("\"{column}\""));
            let quoted = quoted.collect::<Vec<_>>().join(separator);
            for text in [file.clone(), format!("\u{feff}{file}"), quoted] {
                let detail = format!("the columns are separated by {name}, not by commas");
                assert_eq!(problems(text.as_bytes()), [(1, detail)]);
            }
        }
    }

    #[test]
    fn every_bad_line_is_reported_by_its_number() {
        let mut bytes =
            format!("{HEADER}{ROW}536365,85123A,X,6,2010-12-01 08:26:00,2.55,17850\n").into_bytes();
        bytes.extend_from_slice(b"536365,85123A,\xff,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n");
        bytes.extend_from_slice(b"536365,85123A,X,6.5,2010-12-01 08:26:00,2.55,17850,United Kingdom\n");
        bytes.extend_from_slice(b"536365,85123A,X,6,2010-13-01 08:26:00,2.55,17850,United Kingdom\n");
        bytes.extend_from_slice(b"536365,85123A,X,6,2010-12-01 08:26:00,two,17850,United Kingdom,1\n");
        bytes.extend_from_slice(b"536365,85123A,X,6,2010-12-01 08:26:00,two,17850,United Kingdom\n");
        let expected = [
            (3, "it has 7 columns, not 8"),
            (4, "Description is not UTF-8"),
            (5, "Quantity is not a whole number: 6.5"),
            (
                6,
                "InvoiceDate is not a time like 2010-12-01 08:26:00 in the years 1970 to 2200: 2010-13-01 08:26:00",
            ),
            (7, "it has 9 columns, not 8"),
            (8, "UnitPrice is not a price like 2.55: two"),
        ];
        assert_eq!(
            problems(&bytes),
            expected.map(|(line, detail)| (line, detail.to_owned()))
        );
    }

    #[test]
    fn problems_beyond_the_first_are_counted() {
        let text = format!("{HEADER}{}", "1\n".repeat(80));
        let malformed = rows(text.as_bytes()).unwrap_err();
        assert_eq!((malformed.problems.len(), malformed.count), (50, 80));
        assert!(malformed.to_string().contains("and 30 more"), "{malformed}");
    }
}
