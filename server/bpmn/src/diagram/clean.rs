//! What makes a drawing easy to read, as tests: nothing lies on anything else, lines are straight and come from where they should.
//! Not here: that it is drawn at all (`tests`). Only the sample is held against it: whoever draws one by hand may do as he likes.
//! Next: `layout`.

use shared::text::Locale;

use super::layout::{self, Bounds, Edge, Layout, Look, Shape};
use super::words;
use crate::model::Definition;

const PERMIT: &str = include_str!("../../definitions/permit-sample.bpmn");

fn overlap(a: Bounds, b: Bounds) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Where a name is written that stands outside of its shape or on its line.
fn written(name: &str, label: Bounds) -> Bounds {
    let wide = |line: &String| -> f64 {
        let signs = line.chars().map(|c| if c.is_ascii() { 6.72 } else { 12.0 });
        signs.sum()
    };
    let lines = words::lines(name, label.width.max(96.0), 3);
    let width = lines.iter().map(wide).fold(0.0, f64::max);
    let height = lines.len() as f64 * (words::SIZE + 3.0);
    Bounds {
        x: label.x + label.width / 2.0 - width / 2.0,
        y: label.y + label.height / 2.0 - height / 2.0,
        width,
        height,
    }
}

/// The names outside of shapes, with what they belong to.
fn names<'a>(layout: &'a Layout<'a>) -> Vec<(&'a str, Bounds)> {
    let outside = |shape: &&Shape<'_>| matches!(shape.look, Look::Event { .. } | Look::Gateway);
    let below = |shape: &Shape<'_>| Bounds {
        x: shape.bounds.x,
        y: shape.bounds.y + shape.bounds.height + 4.0,
        width: shape.bounds.width,
        height: words::lines(&shape.name, 96.0, 3).len() as f64 * (words::SIZE + 3.0),
    };
    let shapes = layout.shapes.iter().filter(outside).map(|shape| {
        let label = shape.label.unwrap_or_else(|| below(shape));
        (shape.element, written(&shape.name, label))
    });
    let edges = layout.edges.iter().filter(|edge| !edge.name.is_empty());
    let edges = edges.map(|edge| {
        let label = edge.label.expect("names of lines have a place");
        (edge.element, written(&edge.name, label))
    });
    shapes.chain(edges).collect()
}

/// The pieces of a line as boxes without thickness.
fn pieces(edge: &Edge<'_>) -> Vec<Bounds> {
    let piece = |ends: &[(f64, f64)]| {
        let ((x1, y1), (x2, y2)) = (ends[0], ends[1]);
        Bounds {
            x: x1.min(x2),
            y: y1.min(y2),
            width: (x1 - x2).abs(),
            height: (y1 - y2).abs(),
        }
    };
    edge.points.windows(2).map(piece).collect()
}

/// On the border of a box, where a line may begin or end.
fn touches(b: Bounds, (x, y): (f64, f64)) -> bool {
    let inside = x >= b.x && x <= b.x + b.width && y >= b.y && y <= b.y + b.height;
    let inner = x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height;
    inside && !inner
}

#[test]
fn nothing_lies_on_anything_else() {
    let def = Definition::parse(PERMIT).expect("reads");
    for locale in [Locale::Zh, Locale::En] {
        free_of_each_other(&def, locale);
    }
}

fn free_of_each_other(def: &Definition, locale: Locale) {
    let layout = layout::read(def, locale).expect("it has a layout");
    for (n, one) in layout.shapes.iter().enumerate() {
        for other in &layout.shapes[n + 1..] {
            let on_border = [one, other].iter().any(|shape| {
                def.element(shape.element)
                    .is_some_and(|element| element.kind() == "boundaryEvent")
            });
            let free = on_border || !overlap(one.bounds, other.bounds);
            assert!(free, "{} lies on {}", one.element, other.element);
        }
    }
    let names = names(&layout);
    for (n, (one, name)) in names.iter().enumerate() {
        for shape in &layout.shapes {
            let free = !overlap(*name, shape.bounds);
            assert!(free, "the name of {one} lies on {}", shape.element);
        }
        for edge in &layout.edges {
            let free = !pieces(edge).iter().any(|piece| overlap(*name, *piece));
            assert!(free, "{} runs through the name of {one}", edge.element);
        }
        for (other, second) in &names[n + 1..] {
            let free = !overlap(*name, *second);
            assert!(free, "the names of {one} and {other} lie on each other");
        }
    }
}

#[test]
fn lines_are_straight_and_keep_clear() {
    let def = Definition::parse(PERMIT).expect("reads");
    let layout = layout::read(&def, Locale::Zh).expect("it has a layout");
    let process = def.main_process().expect("has one");
    let place = |id: &str| {
        let shape = layout.shapes.iter().find(|shape| shape.element == id);
        shape.unwrap_or_else(|| panic!("{id} is drawn")).bounds
    };
    for flow in &process.flows {
        let edge = layout.edges.iter().find(|edge| edge.element == flow.id);
        let edge = edge.unwrap_or_else(|| panic!("{} is drawn", flow.id));
        let (source, target) = (&process.nodes[flow.source], &process.nodes[flow.target]);
        let (first, last) = (edge.points[0], edge.points[edge.points.len() - 1]);
        assert!(touches(place(&source.id), first), "{} begins", flow.id);
        assert!(touches(place(&target.id), last), "{} ends", flow.id);
        for piece in pieces(edge) {
            let straight = piece.width == 0.0 || piece.height == 0.0;
            assert!(straight, "{} is askew", flow.id);
            for shape in &layout.shapes {
                let free = !overlap(piece, shape.bounds);
                assert!(free, "{} runs through {}", flow.id, shape.element);
            }
        }
        for other in layout.edges.iter().filter(|other| other.element != flow.id) {
            for (one, two) in pieces(edge)
                .iter()
                .flat_map(|one| pieces(other).into_iter().map(move |two| (*one, two)))
            {
                // Widened by a hair, so that lines on and across each other are found too.
                let hair = |b: Bounds| Bounds {
                    x: b.x - 0.5,
                    y: b.y - 0.5,
                    width: b.width + 1.0,
                    height: b.height + 1.0,
                };
                let free = !overlap(hair(one), hair(two));
                assert!(free, "{} meets {}", flow.id, other.element);
            }
        }
    }
}
