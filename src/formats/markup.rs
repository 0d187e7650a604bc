//! Markup as text, for what is only read: lists, tables and drawings of which nothing hangs
//! on a signal. As a view each of their many tags would be wrapped once more.
//!
//! Words and values go in through one door, which takes their tags and quotes from them:
//! nothing that a person wrote can become markup.

/// A tag's attributes: name and value.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Markup being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(String);

impl Markup {
    /// Opens a tag.
    pub fn open(&mut self, tag: &str, attributes: Attributes) {
        self.0.extend(["<", tag]);
        for (name, value) in attributes {
            self.0.extend([" ", name, "=\""]);
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// Closes a tag.
    pub fn close(&mut self, tag: &str) {
        self.0.extend(["</", tag, ">"]);
    }

    /// Words.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                c => self.0.push(c),
            }
        }
    }

    /// An element that holds words.
    pub fn element(&mut self, tag: &str, attributes: Attributes, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// A list of lines.
    pub fn list(&mut self, attributes: Attributes, lines: &[String]) {
        self.open("ul", attributes);
        for line in lines {
            self.element("li", &[], line);
        }
        self.close("ul");
    }

    /// More markup.
    pub fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// All of it.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_stays_words() {
        let mut markup = Markup::default();
        markup.open("p", &[("class", "small"), ("title", "a \"b\" <c>")]);
        markup.text("<script>1 && 2</script>");
        markup.close("p");
        markup.list(&[], &["<b>".to_owned()]);
        let text = "<p class=\"small\" title=\"a &quot;b&quot; &lt;c&gt;\">&lt;script&gt;1 &amp;&amp; 2&lt;/script&gt;</p>\
            <ul><li>&lt;b&gt;</li></ul>";
        assert_eq!(markup.into_string(), text);
    }
}
