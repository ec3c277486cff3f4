//! A number of the judge, or what stands where a rule measures none.

use std::fmt;

use rust_decimal::Decimal;

/// What was measured, or what a rule asks for, in the rule's own unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Figure {
    /// Nothing is measured.
    #[default]
    None,
    /// Exact, with the digits it is told with.
    Number(Decimal),
    /// A part of a month that no decimal writes, or ids.
    Text(String),
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl From<Decimal> for Figure {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Figure {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Figure>> From<Option<T>> for Figure {
    fn from(figure: Option<T>) -> Self {
        figure.map_or(Self::None, Into::into)
    }
}

macro_rules! whole {
    ($($number:ty),*) => {
        $(impl From<$number> for Figure {
            fn from(number: $number) -> Self {
                Self::Number(number.into())
            }
        })*
    };
}

whole!(u32, u64, i32, i64, usize);
