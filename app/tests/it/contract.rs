//! Compares the committed OpenAPI document with the one that the code generates.

use std::process::Command;

#[test]
fn the_committed_openapi_document_is_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_waybill"))
        .arg("openapi")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let committed = include_str!("../../../schemas/openapi/waybill.json");
    assert!(
        String::from_utf8(output.stdout).unwrap() == committed,
        "schemas/openapi/waybill.json is not current: write it by \
         `target/debug/waybill openapi > schemas/openapi/waybill.json`, run `npm run generate` in web/, and commit both"
    );
}
