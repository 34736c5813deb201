//! Names that stand outside of their shape or on their line get a place where they lie on nothing: the file's own if it is free, else the
//! nearest that is. A file's places were drawn for the file's own words; a name in one language of two is shorter.
//! Not here: breaking names into lines (`words`), drawing them (`draw`).

use super::layout::{Bounds, Layout, Look, Shape};
use super::words;

/// Between a name and what it belongs to.
const GAP: f64 = 4.0;
/// How wide a name gets where the file says nothing.
pub(super) const ROOM: f64 = 96.0;
/// Height of one line.
const LINE: f64 = words::SIZE + 3.0;

/// Finds a place for every such name.
pub(super) fn names(layout: &mut Layout<'_>) {
    let shapes: Vec<Bounds> = layout
        .shapes
        .iter()
        .filter(|it| is_solid(it))
        .map(|it| it.bounds)
        .collect();
    let lines: Vec<Bounds> = layout
        .edges
        .iter()
        .flat_map(|edge| pieces(&edge.points))
        .collect();
    let frames = layout.shapes.iter().filter(|it| !is_solid(it));
    let lines: Vec<Bounds> = lines
        .into_iter()
        .chain(frames.flat_map(|it| border(it.bounds)))
        .collect();
    let mut taken: Vec<Bounds> = Vec::new();
    let mut settle = |name: &str, label: Option<Bounds>, others: Vec<Bounds>| {
        let own = label.map(|label| written(name, label));
        let cost = |place: &Bounds| -> usize {
            // Nearer places come first, and the first of equals is taken.
            let on_shapes = shapes.iter().filter(|it| overlap(*place, **it)).count();
            let on_lines = lines.iter().filter(|it| overlap(*place, **it)).count();
            let on_names = taken.iter().filter(|it| overlap(*place, **it)).count();
            on_shapes * 4 + on_names * 3 + on_lines
        };
        let found = own.into_iter().chain(others).min_by_key(cost);
        if let Some(place) = found {
            taken.push(place);
        }
        found
    };
    for shape in &mut layout.shapes {
        if !shape.name.is_empty() && is_outside(shape) {
            let around = around(&shape.name, shape.bounds);
            shape.label = settle(&shape.name, shape.label, around);
        }
    }
    for edge in &mut layout.edges {
        if !edge.name.is_empty() {
            let along = along(&edge.name, &edge.points);
            edge.label = settle(&edge.name, edge.label, along);
        }
    }
}

/// A name whose place is beside its shape.
pub(super) const fn is_outside(shape: &Shape<'_>) -> bool {
    matches!(
        shape.look,
        Look::Event { .. } | Look::Gateway | Look::Data | Look::Store
    )
}

/// Shapes that a name must not lie on; what only holds others has room for names.
const fn is_solid(shape: &Shape<'_>) -> bool {
    !matches!(
        shape.look,
        Look::Pool | Look::Frame | Look::Sub { open: true, .. }
    )
}

/// Width and height of a name in lines of at most this width.
fn size(name: &str, room: f64) -> (f64, f64) {
    let lines = words::lines(name, room, 3);
    let width = lines
        .iter()
        .map(|line| words::length(line))
        .fold(0.0, f64::max);
    (width, lines.len() as f64 * LINE)
}

/// What a name covers in the field that the file gives.
pub(super) fn written(name: &str, label: Bounds) -> Bounds {
    let (width, height) = size(name, label.width.max(ROOM));
    centred(
        (label.x + label.width / 2.0, label.y + label.height / 2.0),
        (width, height),
    )
}

fn centred((x, y): (f64, f64), (width, height): (f64, f64)) -> Bounds {
    Bounds {
        x: x - width / 2.0,
        y: y - height / 2.0,
        width,
        height,
    }
}

/// Below, above and beside a shape, then at its corners.
fn around(name: &str, b: Bounds) -> Vec<Bounds> {
    let (width, height) = size(name, ROOM);
    let (cx, cy) = (b.x + b.width / 2.0, b.y + b.height / 2.0);
    let (across, down) = (
        b.width / 2.0 + GAP + width / 2.0,
        b.height / 2.0 + GAP + height / 2.0,
    );
    let corner = width / 2.0 + GAP;
    [
        (0.0, down),
        (0.0, -down),
        (corner, down),
        (-corner, down),
        (corner, -down),
        (-corner, -down),
        (across, 0.0),
        (-across, 0.0),
        (across, down),
        (-across, down),
        (across, -down),
        (-across, -down),
    ]
    .into_iter()
    .map(|(dx, dy)| centred((cx + dx, cy + dy), (width, height)))
    .collect()
}

/// On both sides of each piece of a line, the first pieces first: a name belongs to where the ways part.
fn along(name: &str, points: &[(f64, f64)]) -> Vec<Bounds> {
    let (width, height) = size(name, ROOM);
    let mut found = Vec::new();
    for gap in [GAP, 3.0 * GAP, 7.0 * GAP] {
        for piece in points.windows(2) {
            let ((x1, y1), (x2, y2)) = (piece[0], piece[1]);
            let flat = (x1 - x2).abs() >= (y1 - y2).abs();
            for part in [0.5, 0.3, 0.7, 0.15, 0.85] {
                let (x, y) = (x1 + (x2 - x1) * part, y1 + (y2 - y1) * part);
                for side in [-1.0, 1.0] {
                    let at = if flat {
                        (x, y + side * (height / 2.0 + gap))
                    } else {
                        (x - side * (width / 2.0 + gap), y)
                    };
                    found.push(centred(at, (width, height)));
                }
            }
        }
    }
    found
}

/// The four sides of a frame.
fn border(b: Bounds) -> Vec<Bounds> {
    let (right, low) = (b.x + b.width, b.y + b.height);
    pieces(&[
        (b.x, b.y),
        (right, b.y),
        (right, low),
        (b.x, low),
        (b.x, b.y),
    ])
}

/// The pieces of a line as boxes, a hair wide.
fn pieces(points: &[(f64, f64)]) -> Vec<Bounds> {
    let piece = |ends: &[(f64, f64)]| {
        let ((x1, y1), (x2, y2)) = (ends[0], ends[1]);
        Bounds {
            x: x1.min(x2) - 0.5,
            y: y1.min(y2) - 0.5,
            width: (x1 - x2).abs() + 1.0,
            height: (y1 - y2).abs() + 1.0,
        }
    };
    points.windows(2).map(piece).collect()
}

fn overlap(a: Bounds, b: Bounds) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

#[cfg(test)]
mod tests {
    use shared::text::Locale;

    use super::*;
    use crate::diagram::layout;
    use crate::model::Definition;

    const TICKET: &str = include_str!("../../definitions/ticket-main-2.bpmn");

    #[test]
    fn names_of_the_ticket_process_lie_on_nothing_in_either_language() {
        let definition = Definition::parse(TICKET).expect("reads");
        for locale in [Locale::Zh, Locale::En] {
            let read = layout::read(&definition, locale).expect("it has a layout");
            let layout = read.placed();
            let outside = layout
                .shapes
                .iter()
                .filter(|it| is_outside(it) && !it.name.is_empty());
            let names = outside.map(|it| (it.element, &it.name, it.label));
            let edges = layout.edges.iter().filter(|it| !it.name.is_empty());
            let names: Vec<(&str, Bounds)> = names
                .chain(edges.map(|it| (it.element, &it.name, it.label)))
                .map(|(element, name, label)| (element, written(name, label.expect("placed"))))
                .collect();
            for (at, (one, name)) in names.iter().enumerate() {
                let on = |element: &str| panic!("{locale:?}: the name of {one} lies on {element}");
                for shape in layout.shapes.iter().filter(|it| is_solid(it)) {
                    if overlap(*name, shape.bounds) {
                        on(shape.element);
                    }
                }
                for edge in &layout.edges {
                    if pieces(&edge.points)
                        .iter()
                        .any(|piece| overlap(*name, *piece))
                    {
                        on(edge.element);
                    }
                }
                for (other, second) in &names[at + 1..] {
                    if overlap(*name, *second) {
                        on(other);
                    }
                }
            }
        }
    }
}
