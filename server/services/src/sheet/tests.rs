//! Rows with quotes, line ends and lines; the reader itself, without files.
//! Not here: encodings and heads (the import's tests).
//! Every case says on which line a row begins and how many it fills.

use super::{Row, Rows, Trouble};

fn rows(text: &str, width: usize) -> Vec<Row> {
    let from = std::io::Cursor::new(text.as_bytes().to_vec());
    let mut rows = Rows::new(Box::new(from), b',');
    rows.expect_width(width);
    let mut out = Vec::new();
    while let Some(row) = rows.read().expect("reads") {
        out.push(row);
    }
    let filled: u64 = out.iter().map(|row| row.lines).sum();
    assert_eq!(rows.line(), filled + 1, "{text:?}");
    out
}

fn cells(text: &str) -> Vec<Vec<String>> {
    rows(text, 0).into_iter().map(|row| row.cells).collect()
}

#[test]
fn cells_are_those_of_the_standard() {
    for (text, want) in [
        ("a,b\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("a,b\r\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("a,b\rc,d\r", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("\"a,1\",\"b\"\"2\"\n", vec![vec!["a,1", "b\"2"]]),
        ("\"a\r\nb\",c\n", vec![vec!["a\nb", "c"]]),
        ("a, \"b\" ,c\n", vec![vec!["a", "b", "c"]]),
        ("a\"b\",c\n", vec![vec!["a\"b\"", "c"]]),
        ("a,\n,\n", vec![vec!["a", ""], vec!["", ""]]),
        ("\"\",\"\"\n", vec![vec!["", ""]]),
        ("", vec![]),
        ("\n\na", vec![vec![""], vec![""], vec!["a"]]),
    ] {
        assert_eq!(cells(text), want, "{text:?}");
    }
}

#[test]
fn a_row_knows_its_lines() {
    let all = rows("a,b\n\n\"c\nd\",e\nf,g\n", 0);
    let lines: Vec<_> = all.iter().map(|row| (row.line, row.lines)).collect();
    assert_eq!(lines, [(1, 1), (2, 1), (3, 2), (5, 1)]);
    assert!(all[1].is_blank() && !all[2].is_blank());
}

#[test]
fn a_quote_that_does_not_fit_swallows_nothing() {
    let trouble = |text: &str| {
        let all = rows(text, 3);
        let first = all
            .iter()
            .find_map(|row| row.trouble.map(|trouble| (row.line, trouble)));
        (all.len(), first)
    };
    assert_eq!(
        trouble("1,\"x\"y,z\n2,a,b\n"),
        (2, Some((1, Trouble::Behind)))
    );
    assert_eq!(
        trouble("1,\"x,z\n2,a,b\n3,c,d\n"),
        (3, Some((1, Trouble::Unclosed)))
    );
    assert_eq!(
        trouble("1,a,b\n2,\"x,z\n3,\"c\",d\n"),
        (3, Some((2, Trouble::Unclosed)))
    );
    assert_eq!(
        trouble("1,a,b\n2,\"x,z\n\n3,c,d"),
        (4, Some((2, Trouble::Unclosed)))
    );
    assert_eq!(
        cells("1,\"x,z\n2,a,b\n"),
        [["1", "\"x", "z"], ["2", "a", "b"]]
    );
    assert_eq!(cells("1,\"x\"y,z\n"), [["1", "\"x\"y", "z"]]);
    let endless = format!("1,\"x,z\n{}", "2,a,b\n".repeat(5_000));
    assert_eq!(trouble(&endless), (5_001, Some((1, Trouble::Unclosed))));
}

#[test]
fn a_row_inside_a_cell_is_in_doubt() {
    let all = rows("1,\"x\n2,a,b,c\ny\",z,w\n", 4);
    assert_eq!(all[0].trouble, Some(Trouble::Swallowed));
    for letter in ["二，三，四", "尊敬的领导,您好,谢谢,再见"] {
        let all = rows(&format!("1,\"x\n{letter}\ny\",z,w\n"), 4);
        assert_eq!(all[0].trouble, None, "{letter}");
    }
}
