//! What says what it is.

use crate::sources::{name_of, sources};
use syn::{Attribute, Item, Visibility};

/// What an item is called that another file can use and that says nothing of itself.
fn undocumented(items: &[Item]) -> Vec<String> {
    let mut all = Vec::new();
    for item in items {
        let (vis, attributes) = match item {
            Item::Const(i) => (&i.vis, &i.attrs),
            Item::Enum(i) => (&i.vis, &i.attrs),
            Item::Fn(i) => (&i.vis, &i.attrs),
            Item::Static(i) => (&i.vis, &i.attrs),
            Item::Struct(i) => (&i.vis, &i.attrs),
            Item::Trait(i) => (&i.vis, &i.attrs),
            Item::Type(i) => (&i.vis, &i.attrs),
            Item::Impl(i) if i.trait_.is_none() => {
                for inner in &i.items {
                    if let syn::ImplItem::Fn(f) = inner
                        && matches!(f.vis, Visibility::Public(_))
                        && !documented(&f.attrs)
                    {
                        all.push(f.sig.ident.to_string());
                    }
                }
                continue;
            }
            _ => continue,
        };
        if matches!(vis, Visibility::Public(_)) && !documented(attributes) {
            all.extend(name_of(item));
        }
    }
    all
}

fn documented(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| a.path().is_ident("doc"))
}

/// A field or a variant may be understood by its name: rustc's own lint cannot tell it
/// from a type or a function.
#[test]
fn every_file_type_and_function_says_what_it_is() {
    for (path, text) in sources() {
        let file = syn::parse_file(&text).unwrap();
        assert!(documented(&file.attrs), "{path} does not begin with `//!`");
        // Nobody is above `ui`.
        if !path.starts_with("ui/") {
            assert_eq!(undocumented(&file.items), Vec::<String>::new(), "{path}");
        }
    }
    let planted = syn::parse_file(
        "pub struct A; /// b\npub fn b() {} fn c() {} impl A { pub fn d() {} fn e() {} }",
    );
    assert_eq!(undocumented(&planted.unwrap().items), ["A", "d"]);
}
