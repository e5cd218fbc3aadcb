//! Tests that convert files into orders and returns.

use std::fmt::Write as _;

use super::{Malformed, Sales, read};
use crate::source::Source;

const HEADER: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/// Rows as `invoice,code,description,quantity,time,price,customer`; the day and the country are always the same.
fn try_read(rows: &[&str]) -> Result<Sales, Malformed> {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        let fields: Vec<&str> = row.split(',').collect();
        let [invoice, code, description, quantity, time, price, customer] = fields.as_slice() else {
            panic!("the row has seven fields: {row}");
        };
        writeln!(
            text,
            "{invoice},{code},{description},{quantity},2010-12-01 {time}:00,{price},{customer},United Kingdom"
        )
        .unwrap();
    }
    read(Source::new(std::io::Cursor::new(text.into_bytes()), 1 << 20).unwrap())
}

fn sales(rows: &[&str]) -> Sales {
    try_read(rows).unwrap()
}

/// The returns of each order as `invoice: line×quantity …`, in order sequence.
fn returned(sales: &Sales) -> Vec<String> {
    let of_order = |order: &super::Order| {
        let returns = order.returns.iter().map(|returned| {
            let lines: Vec<String> = returned
                .lines
                .iter()
                .map(|line| format!("{}×{}", line.line_number, line.quantity))
                .collect();
            format!(
                "{}#{}: {}",
                returned.credit.invoice,
                returned.ordinal,
                lines.join(" ")
            )
        });
        returns.collect::<Vec<_>>().join("; ")
    };
    sales.orders.iter().map(of_order).collect()
}

#[test]
fn an_invoice_is_an_order_with_its_sale_rows_in_order() {
    let sales = sales(&[
        "10,a1,Broken,-1,08:00,1.00,7",
        "10,A1,Heart,2,08:01,1.50,7",
        "11,B2,Lamp,1,08:02,2.00,",
        "10,a1,,3,08:03,1.25,7",
    ]);
    assert_eq!(sales.orders.len(), 2);
    let order = &sales.orders[0];
    assert_eq!((&*order.invoice, order.row), ("10", 2));
    assert_eq!(order.placed_at.to_rfc3339(), "2010-12-01T08:01:00+00:00");
    assert_eq!(&*sales.customers[order.customer.unwrap() as usize], "7");
    assert_eq!(sales.orders[1].customer, None);
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| (line.product, line.quantity, line.unit_price_minor))
        .collect();
    assert_eq!(lines, [(0, 2, 150), (0, 3, 125)]);
    assert_eq!(sales.report.units, 6);
    assert_eq!(sales.report.gross_minor, 300 + 200 + 375);
    assert_eq!(
        (sales.report.customers, sales.report.skus, sales.report.orders),
        (1, 2, 2)
    );
}

#[test]
fn a_sku_has_the_last_description_in_any_row() {
    let sales = sales(&[
        "10,a1,Heart ,2,08:01,1.50,7",
        "10,b2,,1,08:01,1.50,7",
        "11,A1,,1,08:02,1.50,7",
        "12,a1,damaged,-5,08:03,0,",
    ]);
    let names: Vec<&str> = sales
        .products
        .iter()
        .map(|product| product.name.as_str())
        .collect();
    assert_eq!(names, ["damaged", "B2"]);
}

#[test]
fn every_row_is_a_sale_a_return_or_refused() {
    let report = sales(&[
        "10,A1,X,1,08:00,1.00,7",
        "10,A1,X,0,08:00,1.00,7",
        "10,A1,X,1,08:00,0,7",
        "10,A1,X,1,08:00,0.001,7",
        "C10,A1,X,1,08:00,1.00,7",
        "C10,A1,X,-1,08:00,1.00,7",
        "A10,A1,X,1,08:00,-1.00,",
        "A11,A1,X,1,08:00,1.00,",
    ])
    .report;
    let refused: Vec<u64> = report.refused.values().copied().collect();
    assert_eq!(refused, [1, 1, 1, 1, 2]);
    assert_eq!(
        report.rows,
        report.sale_rows + report.return_rows + refused.iter().sum::<u64>()
    );
}

#[test]
fn a_return_goes_to_the_newest_order_with_enough_left() {
    let sales = sales(&[
        "10,A1,X,5,08:00,1.00,7",
        "11,A1,X,2,08:01,2.00,7",
        "12,A1,X,9,08:02,3.00,8",
        "C13,A1,X,-2,08:03,9.99,7",
        "C14,A1,X,-2,08:04,9.99,7",
        "C15,A1,X,-4,08:05,0.01,7",
    ]);
    assert_eq!(returned(&sales), ["C14#1: 1×2", "C13#1: 1×2", ""]);
    let report = sales.report;
    assert_eq!(
        (report.returns_matched, report.refunded_minor),
        (2, 2 * 200 + 2 * 100)
    );
    assert_eq!((report.returns_unmatched, report.unmatched_minor), (1, 4));
}

#[test]
fn a_return_takes_the_lines_of_its_sku_in_order() {
    let sales = sales(&[
        "10,A1,X,2,08:00,1.00,7",
        "10,B2,Y,9,08:00,5.00,7",
        "10,A1,X,3,08:00,0.50,7",
        "C11,a1,X,-3,08:01,1.00,7",
        "C11,A1,X,-1,08:01,1.00,7",
        "C11,A1,X,-2,08:01,1.00,7",
    ]);
    assert_eq!(returned(&sales), ["C11#1: 1×2 3×1; C11#1: 3×1"]);
    assert_eq!(sales.report.refunded_minor, 250 + 50);
    assert_eq!(sales.report.unmatched_minor, 200);
}

#[test]
fn a_return_is_named_by_its_content_and_equal_ones_by_number() {
    let sales = sales(&[
        "10,A1,X,9,08:00,1.00,7",
        "C11,A1,X,-12,08:01,1.00,7",
        "C11, a1 ,X,-1,08:01,1.00,7",
        "C11,A1,Y,-1,08:01,0.50,7",
        "C11,A1,X,-1,08:02,1.00,7",
    ]);
    let name = |returned: &super::Return| format!("{}#{}", returned.credit, returned.ordinal);
    let names: Vec<String> = sales.orders[0].returns.iter().map(name).collect();
    assert_eq!(
        names,
        [
            "C11/A1/1/2010-12-01T08:01:00Z/7#1",
            "C11/A1/1/2010-12-01T08:01:00Z/7#2",
            "C11/A1/1/2010-12-01T08:02:00Z/7#1",
        ]
    );
    assert_eq!(name(&sales.unmatched[0]), "C11/A1/12/2010-12-01T08:01:00Z/7#0");
}

#[test]
fn texts_are_stored_in_one_form_and_invisible_characters_are_problems_of_the_file() {
    let sales = sales(&["10,A1,CAFE\u{301}\u{a0}AU LAIT,1,08:00,1.00,7"]);
    assert_eq!(&*sales.names[0], "CAF\u{c9} AU LAIT");
    assert_eq!(sales.products[0].name, "CAF\u{c9} AU LAIT");
    for (row, field) in [
        ("10,A1,TEA\u{200b}POT,1,08:00,1.00,7", "Description"),
        ("10,A1,X,1,08:00,1.00,7\u{202e}8", "CustomerID"),
        ("C10,A1,X,-1,08:00,1.00,7\u{7}8", "CustomerID"),
        ("10,CATEGORIES,X,1,08:00,1.00,7", "StockCode"),
    ] {
        let problem = &try_read(&[row]).unwrap_err().problems[0];
        assert!(problem.line == 2 && problem.detail.contains(field), "{problem:?}");
    }
}

#[test]
fn a_return_before_its_order_or_without_a_customer_or_of_another_sku_is_unmatched() {
    let sales = sales(&[
        "C9,A1,X,-1,08:00,1.00,7",
        "10,A1,X,5,08:00,1.00,7",
        "C11,A1,X,-1,08:01,1.00,",
        "C11,B2,X,-1,08:01,1.00,7",
        "C11,A1,X,-1,08:01,1.00,8",
        "11,A1,X,5,08:00,1.00,",
    ]);
    assert_eq!(returned(&sales), ["", ""]);
    assert_eq!(
        (sales.report.returns_unmatched, sales.report.unmatched_minor),
        (4, 400)
    );
}

#[test]
fn unmatched_returns_are_each_rounded_half_up() {
    let rows = [
        "C1,A1,X,-1,08:00,0.005,7",
        "C2,A1,X,-1,08:00,0.005,7",
        "C3,A1,X,-1,08:00,0.0049,7",
    ];
    assert_eq!(sales(&rows).report.unmatched_minor, 2);
}

#[test]
fn rows_beyond_the_platforms_limits_are_problems_of_the_file() {
    let long = "X".repeat(201);
    let cases = [
        ("10,A1,X,1000001,08:00,1.00,7".to_owned(), "Quantity is more than"),
        ("10,A1,X,1000000,08:00,99999999.00,7".to_owned(), "worth too much"),
        ("10,A£1,X,1,08:00,1.00,7".to_owned(), "StockCode"),
        ("10,,X,1,08:00,1.00,7".to_owned(), "StockCode"),
        (format!("10,A1,{long},1,08:00,1.00,7"), "Description"),
    ];
    for (row, expected) in cases {
        let malformed = try_read(&[&row]).unwrap_err();
        assert!(malformed.to_string().contains(expected), "{malformed}");
    }
    let rows = vec!["10,A1,X,1,08:00,1.00,7"; 1_201];
    assert!(
        try_read(&rows)
            .unwrap_err()
            .to_string()
            .contains("more than 1200 lines")
    );
}
