//! Tables as text (RFC 4180). A crate would write them as well; what makes the file fit to
//! be opened in a spreadsheet, below, would be ours all the same.

use crate::formats::decimal;

/// A table being written.
pub struct Writer(String);

impl Writer {
    /// An empty table, with the mark that tells a spreadsheet that it is UTF-8.
    #[expect(
        clippy::new_without_default,
        reason = "nothing about a mark is a default"
    )]
    pub fn new() -> Self {
        Self(String::from('\u{feff}'))
    }

    /// One line.
    pub fn row(&mut self, cells: &[&str]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            push(&mut self.0, cell);
        }
        self.0.push_str("\r\n");
    }

    /// The file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// One cell: quoted where it has to be. What a spreadsheet would take for a formula gets
/// an apostrophe in front, whatever white space it hides behind; a plain number is none.
fn push(out: &mut String, cell: &str) {
    let begins =
        cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let number = decimal::parse(cell).is_some() && !cell.starts_with('+');
    let cell = if formula && !number {
        ["'", cell].concat()
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\r', '\n', ';', '\t']) || cell.trim() != cell {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: &str) -> String {
        let mut file = Writer::new();
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
}
