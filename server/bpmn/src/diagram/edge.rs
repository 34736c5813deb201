//! Lines between shapes: ways, messages, associations.
//! Not here: shapes (`draw`).
//! Next: `words`.

use std::fmt::Write as _;

use super::Mark;
use super::draw::{close_group, n, open_group, outside};
use super::layout::Edge;

/// One line with its sign.
pub(super) fn edge(edge: &Edge<'_>, mark: Option<&Mark>, out: &mut String) {
    open_group(edge.kind, edge.element, &edge.name, mark, out);
    let points: Vec<String> = edge
        .points
        .iter()
        .map(|(x, y)| format!("{} {}", n(*x), n(*y)))
        .collect();
    let arrow = if edge.kind == "association" {
        ""
    } else {
        r#" marker-end="url(#bpmn-arrow)""#
    };
    let _ = write!(out, r#"<path d="M{}"{arrow}/>"#, points.join("L"));
    if let Some(begin) = edge.begin {
        start_sign(edge, begin, out);
    }
    close_group(mark, out);
}

/// Its name, drawn after everything else so that no shape covers it.
pub(super) fn edge_name(edge: &Edge<'_>, out: &mut String) {
    if !edge.name.is_empty() {
        let (x, y) = longest(&edge.points);
        outside(&edge.name, edge.label, (x, y - 22.0), out);
    }
}

/// The slash of a default way or the diamond of a conditional one.
fn start_sign(edge: &Edge<'_>, begin: &str, out: &mut String) {
    let [(x1, y1), (x2, y2), ..] = edge.points[..] else {
        return;
    };
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
    let at = |along: f64, across: f64| {
        format!(
            "{} {}",
            n(x1 + dx * along - dy * across),
            n(y1 + dy * along + dx * across)
        )
    };
    let path = if begin == "default" {
        format!("M{}L{}", at(7.0, -5.0), at(12.0, 5.0))
    } else {
        format!(
            "M{}L{}L{}L{}z",
            at(0.0, 0.0),
            at(8.0, -5.0),
            at(16.0, 0.0),
            at(8.0, 5.0)
        )
    };
    let _ = write!(out, r#"<path class="begin" d="{path}"/>"#);
}

/// The middle of the longest piece.
fn longest(points: &[(f64, f64)]) -> (f64, f64) {
    let pieces = points.windows(2).map(|piece| {
        let ((x1, y1), (x2, y2)) = (piece[0], piece[1]);
        (
            (x2 - x1).hypot(y2 - y1),
            (f64::midpoint(x1, x2), f64::midpoint(y1, y2)),
        )
    });
    pieces
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or((0.0, 0.0), |(_, middle)| middle)
}
