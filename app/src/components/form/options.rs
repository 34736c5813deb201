//! The entries of a select as one text. A list of filters has hundreds of them, which nobody changes in place: as elements each would cost the
//! server more than the row of a ticket, and the browser a node to take over.
//! Not here: selects of forms that change while somebody types (`Select`).

/// Codes with their words, in their order.
pub type Items = Vec<(String, String)>;

/// The entries of a select, for its `inner_html`.
#[must_use]
pub fn entries(items: &[(String, String)], chosen: &str) -> String {
    let mut html = String::new();
    for (code, word) in items {
        html.push_str("<option value=\"");
        escaped(code, &mut html);
        html.push_str(if code == chosen {
            "\" selected>"
        } else {
            "\">"
        });
        escaped(word, &mut html);
        html.push_str("</option>");
    }
    html
}

/// A text between tags or between quotes.
fn escaped(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_an_entry() {
        let items = [
            ("a".to_owned(), "甲 & 乙".to_owned()),
            ("\"><script>".to_owned(), "</option>".to_owned()),
        ];
        assert_eq!(
            entries(&items, "a"),
            "<option value=\"a\" selected>甲 &amp; 乙</option><option value=\"&quot;&gt;&lt;script&gt;\">&lt;/option&gt;</option>"
        );
    }
}
