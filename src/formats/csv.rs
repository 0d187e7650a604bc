//! Tables as text (RFC 4180). A crate would write them as well; what makes the file fit to
//! be opened in a spreadsheet, below, would be ours all the same.

use crate::formats::decimal;
use crate::formats::number::NumberForm;

/// A table being written.
pub struct Writer {
    text: String,
    /// Between cells: where a comma stands before decimals, spreadsheets of that language
    /// take a semicolon.
    separator: char,
    /// Before decimals.
    decimal: char,
}

impl Writer {
    /// An empty table for the spreadsheets of a language, with the mark that tells them
    /// that it is UTF-8.
    pub fn new(form: NumberForm) -> Self {
        Self {
            text: String::from('\u{feff}'),
            separator: if form.decimal == ',' { ';' } else { ',' },
            decimal: form.decimal,
        }
    }

    /// A number as this table spells it; `plain` has a point before its decimals.
    pub fn number(&self, plain: &str) -> String {
        if decimal::parse(plain).is_some() {
            plain.replace('.', &self.decimal.to_string())
        } else {
            plain.to_owned()
        }
    }

    /// One line.
    pub fn row(&mut self, cells: &[&str]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.text.push(self.separator);
            }
            self.push(cell);
        }
        self.text.push_str("\r\n");
    }

    /// The file.
    pub fn finish(self) -> String {
        self.text
    }

    /// One cell: quoted where it has to be. What a spreadsheet would take for a formula gets
    /// an apostrophe in front, whatever white space it hides behind; a plain number is none.
    fn push(&mut self, cell: &str) {
        let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
        let begins = cell.trim_start_matches(blank);
        let formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || cell.starts_with(['\t', '\r', '\n']);
        let plain = cell.replace(self.decimal, ".");
        let number = decimal::parse(&plain).is_some() && !cell.starts_with('+');
        let cell = if formula && !number {
            ["'", cell].concat()
        } else {
            cell.to_owned()
        };
        let breaks = cell.contains(['"', '\r', '\n', ';', '\t']) || cell.trim() != cell;
        // A comma ends the cell of one spreadsheet and stands in a number of another.
        if breaks || (cell.contains(',') && !(number && self.separator == ';')) {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(&cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: &str) -> String {
        let mut file = Writer::new(NumberForm::default());
        file.row(&[cell]);
        let file = file.finish();
        let line = file
            .strip_prefix('\u{feff}')
            .and_then(|f| f.strip_suffix("\r\n"));
        line.unwrap_or_default().to_owned()
    }

    /// Each row: a cell, and how it stands in the file.
    #[test]
    fn cells() {
        let rows = [
            ("squat", "squat"),
            ("", ""),
            // Quoted: what would end the cell, and white space that a reader would drop.
            ("a,b", "\"a,b\""),
            ("5\" step", "\"5\"\" step\""),
            ("a b", "a b"),
            (" a", "\" a\""),
            ("a ", "\"a \""),
            // A formula, bare or behind what a spreadsheet drops.
            ("=1+1", "'=1+1"),
            ("@sum", "'@sum"),
            ("  =1+1", "'  =1+1"),
            ("\u{1}=1+1", "'\u{1}=1+1"),
            ("\u{feff}=1+1", "'\u{feff}=1+1"),
            ("＝1", "'＝1"),
            // A minus belongs to a number; a plus is how dates and formulas begin.
            ("-5", "-5"),
            ("-2.5", "-2.5"),
            ("-2+3", "'-2+3"),
            ("+5", "'+5"),
            ("7", "7"),
        ];
        for (cell, file) in rows {
            assert_eq!(written(cell), file, "{cell:?}");
        }
        // In front of a cell that begins with a break, quoted besides.
        assert_eq!(written("\tx"), "\"'\tx\"");
        assert_eq!(written("\rx"), "\"'\rx\"");
    }

    /// A German, Spanish, French or Polish spreadsheet: semicolons, and a comma before the
    /// decimals, which is no formula either.
    #[test]
    fn a_language_with_commas_before_decimals() {
        let mut file = Writer::new(NumberForm::new(',', '.'));
        let (half, less) = (file.number("2.5"), file.number("-2.5"));
        file.row(&[
            &half,
            &less,
            "links; \"heiß\", 3,5 km",
            "-1,5+2",
            &file.number("R1.5"),
        ]);
        assert_eq!(
            file.finish(),
            "\u{feff}2,5;-2,5;\"links; \"\"heiß\"\", 3,5 km\";\"'-1,5+2\";R1.5\r\n"
        );
        let file = Writer::new(NumberForm::default());
        assert_eq!(file.number("2.5"), "2.5");
    }
}
