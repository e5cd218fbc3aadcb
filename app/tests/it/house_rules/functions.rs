//! Parses the functions of a Rust file: their length, their calls, and whether they assert anything.

use std::collections::BTreeSet;

use proc_macro2::extra::DelimSpan;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItemFn, ItemFn, ItemMacro, Signature, TraitItemFn};

/// Macros that fail a test.
const ASSERTING_MACROS: &[&str] = &["panic", "unreachable"];
/// Methods that fail a test if there is no error.
const ASSERTING_METHODS: &[&str] = &["unwrap_err", "expect_err"];

/// A function with a body.
#[derive(Debug, Default)]
pub struct Function {
    pub name: String,
    /// Its first line.
    pub line: usize,
    /// Lines of code between its braces, as Clippy counts them.
    pub code_lines: usize,
    pub is_test: bool,
    pub is_ignored: bool,
    /// Whether it asserts something itself.
    pub asserts: bool,
    /// Names of what it calls.
    pub calls: BTreeSet<String>,
}

/// Finds every function of a file, including nested ones and those in `proptest!`.
pub fn find(text: &str) -> Vec<Function> {
    let file = syn::parse_file(text).unwrap();
    let mut finder = Finder {
        lines: text.lines().collect(),
        found: Vec::new(),
    };
    finder.visit_file(&file);
    finder.found
}

struct Finder<'a> {
    lines: Vec<&'a str>,
    found: Vec<Function>,
}

impl Finder<'_> {
    fn add(&mut self, name: &Ident, attributes: &[Attribute], braces: DelimSpan, body: TokenStream) {
        let has = |wanted: &str| {
            let mut names = attributes
                .iter()
                .filter_map(|attribute| attribute.path().segments.last());
            names.any(|segment| segment.ident == wanted)
        };
        let (open, close) = (braces.open().start().line, braces.close().start().line);
        let is_code = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        let lines = self.lines.get(open..close - 1).unwrap_or_default();
        let mut function = Function {
            name: name.to_string(),
            line: name.span().start().line,
            code_lines: lines.iter().filter(is_code).count(),
            is_test: has("test"),
            is_ignored: has("ignore"),
            asserts: has("should_panic"),
            calls: BTreeSet::new(),
        };
        read_body(body, &mut function);
        self.found.push(function);
    }

    fn add_block(&mut self, signature: &Signature, attributes: &[Attribute], block: &Block) {
        let body = block.to_token_stream();
        self.add(&signature.ident, attributes, block.brace_token.span, body);
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.add_block(&item.sig, &item.attrs, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.add_block(&item.sig, &item.attrs, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.add_block(&item.sig, &item.attrs, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    /// `proptest!` contains functions whose arguments are not Rust patterns: attributes, `fn`, a name and a body.
    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if item.mac.path.is_ident("proptest") {
            let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
            for (index, token) in tokens.iter().enumerate() {
                if !matches!(token, TokenTree::Ident(ident) if ident == "fn") {
                    continue;
                }
                let body = tokens[index..].iter().find_map(|token| match token {
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
                    _ => None,
                });
                let (TokenTree::Ident(name), Some(body)) = (&tokens[index + 1], body) else {
                    panic!("no function: {}", tokens[index + 1]);
                };
                let attributes = [syn::parse_quote!(#[test])];
                self.add(name, &attributes, body.delim_span(), body.stream());
            }
        }
    }
}

/// Reads the calls and assertions of a body from its tokens, including those inside macros.
fn read_body(body: TokenStream, function: &mut Function) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => read_body(group.stream(), function),
            TokenTree::Ident(ident) => read_name(&ident.to_string(), &tokens[index + 1..], function),
            _ => {}
        }
    }
}

fn read_name(name: &str, after: &[TokenTree], function: &mut Function) {
    let is_macro = matches!(after.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == '!');
    let arguments = match after.get(usize::from(is_macro)) {
        Some(TokenTree::Group(group)) => group.stream().to_string(),
        _ => return,
    };
    if is_macro {
        let asserts = name.contains("assert") && !["true", "! false"].contains(&arguments.as_str());
        function.asserts |= asserts || ASSERTING_MACROS.contains(&name);
    } else if ASSERTING_METHODS.contains(&name) {
        function.asserts = true;
    } else {
        function.calls.insert(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn functions_and_what_they_assert_are_found() {
        let found = find(
            "#[test]\nfn empty() {\n    // assert!(x)\n\n    let x = 1;\n}\n\
             #[test]\n#[ignore]\nfn trivial() { assert!(true); }\n\
             fn helper() { vec![{ assert_eq!(1, 2) }]; }\n\
             proptest! { #[test] fn property(n in 0..9) {\nhelper(n);\n} }\n",
        );
        let summary: Vec<_> = found
            .iter()
            .map(|f| (f.name.as_str(), f.code_lines, f.is_test, f.is_ignored, f.asserts))
            .collect();
        assert_eq!(
            summary,
            [
                ("empty", 1, true, false, false),
                ("trivial", 0, true, true, false),
                ("helper", 0, false, false, true),
                ("property", 1, true, false, false),
            ]
        );
        assert!(found[3].calls.contains("helper"));
    }
}
