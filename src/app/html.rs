//! Text with tags, for what is only read: lists and tables of which nothing hangs on a
//! signal. Whatever a person wrote goes in through [`Html::text`], which takes its tags
//! from it. One string weighs a tenth of as many views.

/// A text with tags, being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Opens a tag; the attributes are the program's own, never a person's.
    pub fn open(&mut self, tag: &str, attributes: &'static str) {
        self.0.extend(["<", tag]);
        if !attributes.is_empty() {
            self.0.extend([" ", attributes]);
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
    pub fn say(&mut self, tag: &str, attributes: &'static str, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// A list of lines.
    pub fn list(&mut self, attributes: &'static str, lines: &[String]) {
        self.open("ul", attributes);
        for line in lines {
            self.say("li", "", line);
        }
        self.close("ul");
    }

    /// An attribute's value that is no word of the program: its quotes belong to it.
    pub fn attribute(&mut self, name: &str, value: &str) {
        // Into the tag that was opened last.
        if self.0.ends_with('>') {
            self.0.pop();
            self.0.extend([" ", name, "=\""]);
            self.text(value);
            self.0.push_str("\">");
        }
    }

    /// All of it.
    pub fn done(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_stays_words() {
        let mut html = Html::default();
        html.open("p", "class=\"small\"");
        html.attribute("title", "a \"b\" <c>");
        html.text("<script>1 && 2</script>");
        html.close("p");
        html.list("", &["<b>".to_owned()]);
        let text = "<p class=\"small\" title=\"a &quot;b&quot; &lt;c&gt;\">&lt;script&gt;1 &amp;&amp; 2&lt;/script&gt;</p>\
            <ul><li>&lt;b&gt;</li></ul>";
        assert_eq!(html.done(), text);
    }
}
