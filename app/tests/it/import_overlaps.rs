//! Importing files that have invoices in common.

use std::path::Path;
use std::sync::Arc;

use command_api::executor::{Executor, Idempotency, Options, Submission};
use domain::payment::{RecordRefund, RequestRefund};
use domain::returns::{ApproveReturn, ReceiveReturn, RequestReturn, ReturnLine};
use domain::{Command, Currency, FreeText, Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId};
use event_store::Store;
use platform::clock::SystemClock;
use platform::shutdown::Shutdown;
use schemas::envelope::Actor;
use uuid::Uuid;

use crate::import_instance::{HEADER, Instance};

const ORDER: &str = "100,A1,RED HEART,5,2010-12-01 08:00:00,1.00,7,United Kingdom";
const SECOND_LINE: &str = "100,B2,TEA CUP,2,2010-12-01 08:00:00,2.50,7,United Kingdom";
const CREDIT: &str = "C102,A1,RED HEART,-1,2010-12-02 10:00:00,1.00,7,United Kingdom";
const SECOND_CREDIT: &str = "C102,B2,TEA CUP,-1,2010-12-02 10:00:00,2.50,7,United Kingdom";

fn file(instance: &Instance, rows: &[&str]) -> std::path::PathBuf {
    let text = [&[HEADER], rows].concat().join("\n");
    instance.folder.write("rows.csv", text + "\n")
}

/// Imports a file that contradicts an earlier one, and returns what is said about it.
fn refused(instance: &Instance, file: &Path) -> String {
    let output = instance.run(&["import", "online-retail", file.to_str().unwrap(), "--json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(65), "{said}");
    assert!(output.stdout.is_empty(), "{said}");
    said
}

#[tokio::test]
async fn a_changed_invoice_is_reported_by_line_and_nothing_is_imported() {
    let instance = Instance::new().await;
    instance.import(&file(&instance, &[ORDER, SECOND_LINE, CREDIT]));
    let head = instance.head().await;
    let new = "105,B2,TEA CUP,9,2010-12-03 12:00:00,2.50,8,Germany";
    let changed = |from, to| ORDER.replace(from, to);
    let longer = "100,A1,RED HEART,1,2010-12-01 08:00:00,1.00,7,United Kingdom";
    let table: [(&[&str], &str); 9] = [
        (
            &[new, ORDER, SECOND_LINE, longer],
            "line 5: invoice 100 was imported with 2 sale rows; it has 3 here",
        ),
        (
            &[new, ORDER],
            "line 3: invoice 100 was imported with 2 sale rows; it has 1 here",
        ),
        (
            &[&changed(",5,", ",7,"), SECOND_LINE],
            "line 2: invoice 100 was imported with 5 × A1 at £1.00 in this row",
        ),
        (
            &[&changed("1.00", "1.01"), SECOND_LINE],
            "line 2: invoice 100 was imported with 5 × A1 at £1.00 in this row",
        ),
        (
            &[&changed("RED", "BLUE"), SECOND_LINE],
            "line 2: invoice 100 was imported with another Description: RED HEART",
        ),
        (
            &[&changed(",7,", ",8,"), SECOND_LINE],
            "line 2: invoice 100 was imported with another CustomerID",
        ),
        (
            &[&changed("United Kingdom", "France"), SECOND_LINE],
            "line 2: invoice 100 was imported with another Country: United Kingdom",
        ),
        (
            &[&changed("08:00:00", "08:00:01"), SECOND_LINE],
            "line 2: invoice 100 was imported with another InvoiceDate: 2010-12-01 08:00:00 UTC",
        ),
        (
            &[ORDER, SECOND_LINE, &CREDIT.replace(",-1,", ",-2,")],
            "line 4: invoice C102 was imported with another row of A1: C102/A1/1/2010-12-02T10:00:00Z/7",
        ),
    ];
    for (rows, expected) in table {
        let said = refused(&instance, &file(&instance, rows));
        assert!(said.contains(expected), "{expected}: {said}");
        assert_eq!(instance.head().await, head, "{expected}");
    }
}

#[tokio::test]
async fn a_credit_invoice_that_stands_in_several_files_is_returned_once() {
    let instance = Instance::new().await;
    let whole = [ORDER, SECOND_LINE, CREDIT, SECOND_CREDIT];
    instance.import(&file(&instance, &whole[..3]));
    assert_eq!(instance.ledger().await, (1_000, 100));
    // The same row has another place in its invoice; the other row is new.
    instance.import(&file(&instance, &[ORDER, SECOND_LINE, SECOND_CREDIT, CREDIT]));
    assert_eq!(instance.ledger().await, (1_000, 350));
    for rows in [&whole[..], &whole[..3], &whole[..2]] {
        let head = instance.head().await;
        instance.import(&file(&instance, rows));
        assert_eq!(instance.head().await, head, "nothing is new");
    }
    assert_eq!(instance.count("RefundSucceeded").await, 2);
    // Two equal rows are two returns.
    instance.import(&file(&instance, &[ORDER, SECOND_LINE, CREDIT, CREDIT]));
    assert_eq!(instance.ledger().await, (1_000, 450));
    assert_eq!(instance.leftovers().await, []);
}

/// An earlier release named a return by the number of its row in its invoice.
#[tokio::test]
async fn a_return_that_an_earlier_release_imported_is_not_repeated() {
    let instance = Instance::new().await;
    instance.import(&file(&instance, &[ORDER, SECOND_LINE]));
    import_return_by_place(&instance).await;
    let head = instance.head().await;
    let rows = [
        ORDER,
        SECOND_LINE,
        SECOND_CREDIT.replace(",-1,", ",-5,").as_str(),
        CREDIT,
    ]
    .map(str::to_owned);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    instance.import(&file(&instance, &rows));
    assert_eq!(instance.head().await, head, "the return is known");
    let changed = CREDIT.replace(",-1,", ",-2,");
    let said = refused(&instance, &file(&instance, &[ORDER, SECOND_LINE, &changed]));
    assert!(
        said.contains("invoice C102 was imported with another row of A1"),
        "{said}"
    );
}

/// Imports [`CREDIT`] as the second row of its invoice, as releases did that named returns by their place.
async fn import_return_by_place(instance: &Instance) {
    let named = |name: &str| {
        let namespace = Uuid::from_u128(0x6e1f_0d5c_3c1a_4f0e_9a53_2b7d_90c4_18ef);
        Uuid::new_v5(&namespace, name.as_bytes())
    };
    let return_id = ReturnId::from_uuid(named("return/C102/2"));
    let refund_id = RefundId::from_uuid(named("refund/C102/2"));
    let payment_id = PaymentId::from_uuid(named("payment/100"));
    let request = RequestReturn {
        return_id,
        order_id: OrderId::from_uuid(named("order/100")),
        lines: vec![ReturnLine {
            line_number: 1,
            quantity: 1,
        }],
        reason: FreeText::none(),
    };
    let refund = RequestRefund {
        payment_id,
        refund_id,
        amount: Money::new(100, Currency::Gbp),
        return_id: Some(return_id),
    };
    let refunded = RecordRefund {
        payment_id,
        refund_id,
        provider_reference: ProviderReference("refund-1".to_owned()),
    };
    let steps: [(&str, Command); 5] = [
        ("requested", request.into()),
        ("approved", ApproveReturn { return_id }.into()),
        ("received", ReceiveReturn { return_id }.into()),
        ("refund", refund.into()),
        ("refunded", refunded.into()),
    ];
    let (shutdown, store) = (Shutdown::new(), Store::new(instance.pool().clone()));
    let (executor, worker) =
        Executor::start(Options::default(), store, Arc::new(SystemClock), shutdown.token());
    for (step, command) in steps {
        let submission = Submission {
            command,
            idempotency: Some(Idempotency {
                scope: "import".to_owned(),
                key: format!("return/{return_id}/{step}"),
                request_hash: [0; 32],
            }),
            actor: Actor::Tool {
                name: "import".to_owned(),
            },
            occurred_at: Some("2010-12-02T10:00:00Z".parse().unwrap()),
            cause: None,
            traceparent: None,
            new_keys: Vec::new(),
        };
        executor.execute(submission).await.unwrap();
    }
    shutdown.token().cancel();
    worker.await.unwrap();
}
