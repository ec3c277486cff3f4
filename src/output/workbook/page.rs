//! A sheet that remembers what is written in it.
//!
//! The library does not say what stands in a sheet, and whoever reads the workbook has to know whether somebody
//! worked in a sheet that is not read (`tables::workbook::aside`). So texts, numbers and merged cells pass through
//! here; all else is the library's sheet.

use std::ops::{Deref, DerefMut};

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::tables::workbook::aside::Aside;

/// A worksheet and what stands in it.
pub(super) struct Page {
    sheet: Worksheet,
    pub aside: Aside,
}

impl Page {
    pub fn new() -> Self {
        Self { sheet: Worksheet::new(), aside: Aside::default() }
    }

    pub fn into_parts(self) -> (Worksheet, Aside) {
        (self.sheet, self.aside)
    }

    pub fn write_string(
        &mut self,
        row: u32,
        column: u16,
        text: impl Into<String>,
    ) -> Result<&mut Self, XlsxError> {
        let text = text.into();
        self.aside.text(row, column.into(), &text);
        self.sheet.write_string(row, column, text)?;
        Ok(self)
    }

    pub fn write_string_with_format(
        &mut self,
        row: u32,
        column: u16,
        text: impl Into<String>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        let text = text.into();
        self.aside.text(row, column.into(), &text);
        self.sheet.write_string_with_format(row, column, text, format)?;
        Ok(self)
    }

    pub fn write_number_with_format(
        &mut self,
        row: u32,
        column: u16,
        number: impl Into<f64>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        let number = number.into();
        self.aside.number(row, column.into(), number);
        self.sheet.write_number_with_format(row, column, number, format)?;
        Ok(self)
    }

    pub fn merge_range(
        &mut self,
        row: u32,
        column: u16,
        last_row: u32,
        last_column: u16,
        text: &str,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        self.aside.text(row, column.into(), text);
        self.aside.merge((row, column.into()), (last_row, last_column.into()));
        self.sheet.merge_range(row, column, last_row, last_column, text, format)?;
        Ok(self)
    }
}

impl Deref for Page {
    type Target = Worksheet;

    fn deref(&self) -> &Worksheet {
        &self.sheet
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Worksheet {
        &mut self.sheet
    }
}
