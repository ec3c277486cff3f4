//! What the library promises from version to version: its public items, one a line.
//!
//! A line that goes or changes breaks whoever uses it and asks for another first number of the version (before 1.0:
//! second); a line that comes is a new promise. Everything else is hidden in `kenshu::internal`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, ItemImpl, Type, UseTree, Visibility};

/// Where the public types are, and which of a file's they are: all of the facade's, and plain words of the engine.
const FILES: [(&str, &[&str]); 11] = [
    ("calendar.rs", &["Month"]),
    ("diagnostic.rs", &["Severity"]),
    ("engine/session.rs", &["Session"]),
    ("facade/explaining.rs", &["Explanation", "Plan", "Program", "WhyNot", "WhyNotAnswer"]),
    ("facade/judging.rs", &["Audit", "Plan", "Program", "Violation"]),
    ("facade/plan.rs", &["Placement", "Plan"]),
    ("facade/planning.rs", &["Goal", "Outcome", "Program"]),
    ("facade/program.rs", &["Error", "Facility", "Finding", "Program", "Resident"]),
    ("facade/sweeping.rs", &["Program", "Sweep", "Variant"]),
    ("language/mod.rs", &["Language"]),
    ("plan/mod.rs", &["GoalValue", "Proof", "Status"]),
];

fn parsed(name: &str) -> Vec<Item> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap().items
}

/// The last names of a `use`.
fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Name(name) => {
            found.insert(name.ident.to_string());
        }
        UseTree::Rename(_) | UseTree::Glob(_) => panic!("public items are named one by one"),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn has(attributes: &[Attribute], text: &str) -> bool {
    attributes.iter().any(|attribute| self::text(attribute).contains(text))
}

/// What is derived, and whether more variants may come.
fn with_attributes(line: String, attributes: &[Attribute]) -> String {
    let kept = attributes
        .iter()
        .filter(|attribute| ["derive", "non_exhaustive"].iter().any(|name| attribute.path().is_ident(name)));
    kept.fold(line, |line, attribute| format!("{line} {}", text(attribute)))
}

fn lines_of_impl(item: &ItemImpl, of: &str) -> Vec<String> {
    if let Some((_, path, _)) = &item.trait_ {
        return vec![format!("impl {} for {of}", text(path))];
    }
    let public = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if is_public(&method.vis) && !has(&method.attrs, "hidden") => {
            Some(format!("{of} :: {}", text(&method.sig)))
        }
        ImplItem::Const(item) if is_public(&item.vis) && !has(&item.attrs, "hidden") => {
            Some(format!("{of} :: const {} : {}", item.ident, text(&item.ty)))
        }
        _ => None,
    });
    public.collect()
}

#[test]
fn the_public_items_are_those_on_the_list() {
    let mut public = BTreeSet::new();
    for item in parsed("lib.rs") {
        match item {
            Item::Use(item) if is_public(&item.vis) => names(&item.tree, &mut public),
            Item::Mod(item) => assert!(!is_public(&item.vis) || has(&item.attrs, "hidden"), "{}", item.ident),
            _ => {}
        }
    }
    let (mut lines, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let items = FILES.iter().flat_map(|(file, own)| parsed(file).into_iter().map(move |item| (item, own)));
    for (item, own) in items {
        let is_own = |name: &str| own.contains(&name);
        match item {
            Item::Struct(item) if is_own(&item.ident.to_string()) => {
                assert!(item.fields.iter().all(|field| !is_public(&field.vis)), "{} is open", item.ident);
                seen.insert(item.ident.to_string());
                let line = format!("struct {}{}", item.ident, text(&item.generics));
                lines.insert(with_attributes(line, &item.attrs));
            }
            Item::Enum(item) if is_own(&item.ident.to_string()) => {
                seen.insert(item.ident.to_string());
                let variants = item.variants.iter().map(|variant| {
                    let variant = syn::Variant { attrs: Vec::new(), ..variant.clone() };
                    text(&variant)
                });
                let line = format!("enum {} {{ {} }}", item.ident, variants.collect::<Vec<_>>().join(", "));
                lines.insert(with_attributes(line, &item.attrs));
            }
            Item::Impl(item) => {
                let Type::Path(of) = item.self_ty.as_ref() else { continue };
                let name = of.path.segments.last().unwrap().ident.to_string();
                if is_own(&name) {
                    lines.extend(lines_of_impl(&item, &name));
                }
            }
            _ => {}
        }
    }
    assert_eq!(seen, public);
    insta::assert_snapshot!(lines.into_iter().collect::<Vec<_>>().join("\n"));
}
