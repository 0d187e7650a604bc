//! The data contract in code: each struct of an entry is written down once, field by
//! field, with what the field takes and what stands for it where it is missing. The
//! struct, its reading, its writing and (by reading what was written) its checking all
//! come from that one description, which stands in [`crate::diary::entry`].
//!
//! ```text
//! contract! {
//!     /// Days away.
//!     pub struct Absence {
//!         /// First day.
//!         from: NaiveDate = Required(Day),
//!         /// Last day; `None`: still open.
//!         until: Option<NaiveDate> = Optional(Day),
//!         /// With fever.
//!         fever: bool = Or(Truth, false),
//!     }
//! }
//! ```
//!
//! A field whose key is no name for a Rust field says so: `for_day as "for": …`. An object
//! within an entry ends with `.. extra`: it keeps the fields that it does not know.

use super::field_reader::FieldReader;
use crate::diary::values::Extra;

/// What a struct of the contract can do.
pub(crate) trait Fields: Sized {
    /// Takes its fields out of an object; `None` when one of them is faulty, which is
    /// noted there. All are read before that is answered, so every fault is found.
    fn read(fields: &mut FieldReader) -> Option<Self>;

    /// Puts its fields into an object; what stands at its default is left out.
    fn write(&self, out: &mut Extra);
}

impl<T: Fields> Fields for Box<T> {
    fn read(fields: &mut FieldReader) -> Option<Self> {
        T::read(fields).map(Self::new)
    }

    fn write(&self, out: &mut Extra) {
        T::write(self, out);
    }
}

/// One struct of the contract: see the [module](self).
macro_rules! contract {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$about:meta])* $field:ident $(as $key:literal)?: $type:ty = $shape:expr,)*
            $(.. $extra:ident)?
        }
        $(check($reader:ident) $check:block)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$about])* pub $field: $type,)*
            $(
                /// Fields unknown to this version.
                pub $extra: Extra,
            )?
        }

        impl $crate::diary::codec::contract::Fields for $name {
            fn read(fields: &mut FieldReader) -> Option<Self> {
                $(
                    let $field: Option<$type> =
                        Shape::read(&$shape, fields, key_of!($field $($key)?));
                )*
                $(
                    let $reader = &mut *fields;
                    $check
                )?
                $(let $extra = fields.rest();)?
                Some(Self { $($field: $field?,)* $($extra,)? })
            }

            fn write(&self, out: &mut Extra) {
                // A known field wins over an unknown one of the same name.
                $(out.extend(self.$extra.clone());)?
                $(Shape::write(&$shape, &self.$field, key_of!($field $($key)?), out);)*
            }
        }
    };
}

/// The stored key of a field: its name, or the other one given.
macro_rules! key_of {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// The kinds of entry: the enum, its stored keys, and what reads and writes each.
macro_rules! kinds {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$about:meta])* $kind:ident($type:ty) = $key:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$about])* $kind($type),)*
            /// A worrying sign logged by itself: nothing more than every entry has.
            Flag,
            /// A kind this version does not know; its fields stand in [`Entry::extra`].
            Unknown(String),
        }

        /// A kind of entry, without what it says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Kind {
            $($kind,)*
            Flag,
            Unknown,
        }

        /// The kinds of entry this version knows, by their stored key.
        pub const KINDS: &[&str] = &[$($key,)* "flag"];

        impl $name {
            /// Its kind.
            pub const fn of_kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)*
                    Self::Flag => Kind::Flag,
                    Self::Unknown(_) => Kind::Unknown,
                }
            }

            /// The stored `kind`.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$kind(_) => $key,)*
                    Self::Flag => "flag",
                    Self::Unknown(kind) => kind,
                }
            }

            /// Takes the fields of a kind out of an entry; `None` when one is faulty.
            pub(in crate::diary) fn read(kind: &str, fields: &mut FieldReader) -> Option<Self> {
                match kind {
                    $($key => <$type as Fields>::read(fields).map(Self::$kind),)*
                    "flag" => Some(Self::Flag),
                    _ => Some(Self::Unknown(kind.to_owned())),
                }
            }

            /// Puts its fields into an entry.
            pub(in crate::diary) fn write(&self, out: &mut Extra) {
                match self {
                    $(Self::$kind(body) => Fields::write(body, out),)*
                    Self::Flag | Self::Unknown(_) => {}
                }
            }
        }
    };
}

pub(in crate::diary) use {contract, key_of, kinds};
