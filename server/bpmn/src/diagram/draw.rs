//! Shapes to SVG. Only classes and numbers, so that a strict content policy and dark colours both work.
//! Every text is escaped here; ids of the file never become code.
//! Next: `edge`, `icon`, `words`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::edge::{edge, edge_name};
use super::layout::{Border, Bounds, Layout, Look, Rings, Shape};
use super::place::ROOM;
use super::{Mark, icon, words};

pub fn svg(layout: &Layout<'_>, title: &str, marks: &BTreeMap<String, Mark>) -> String {
    let b = layout.bounds;
    let mut out = format!(
        r#"<svg class="bpmn" xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}" width="{}" height="{}" role="img" aria-labelledby="bpmn-title"><title id="bpmn-title">{}</title><defs><marker id="bpmn-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="bpmn-head" d="M0 1l9 4-9 4z"/></marker></defs>"#,
        n(b.x),
        n(b.y),
        n(b.width),
        n(b.height),
        n(b.width),
        n(b.height),
        escaped(title)
    );
    let frames = layout.shapes.iter().filter(|shape| is_open(shape));
    for frame in frames {
        shape(frame, marks.get(frame.element), &mut out);
    }
    for drawn in &layout.edges {
        edge(drawn, marks.get(drawn.element), &mut out);
    }
    for drawn in layout.shapes.iter().filter(|shape| !is_open(shape)) {
        shape(drawn, marks.get(drawn.element), &mut out);
    }
    for drawn in &layout.edges {
        edge_name(drawn, &mut out);
    }
    out.push_str("</svg>");
    out
}

/// Drawn below the lines.
fn is_open(shape: &Shape<'_>) -> bool {
    matches!(
        shape.look,
        Look::Pool | Look::Frame | Look::Sub { open: true, .. }
    )
}

/// A number with at most one decimal.
pub(super) fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

pub(super) fn open_group(
    class: &str,
    element: &str,
    name: &str,
    mark: Option<&Mark>,
    out: &mut String,
) {
    let mut more = String::new();
    for class in mark.iter().flat_map(|mark| &mark.classes) {
        more.push(' ');
        more.push_str(class);
    }
    if let Some(href) = mark.and_then(|mark| mark.href.as_deref()) {
        let _ = write!(out, r#"<a href="{}">"#, escaped(href));
    }
    let _ = write!(
        out,
        r#"<g class="bpmn-{class}{more}" data-element="{}">"#,
        escaped(element)
    );
    let words = mark.and_then(|mark| mark.words.as_deref());
    let title = match words {
        Some(words) if name.is_empty() => words.to_owned(),
        Some(words) => format!("{name}: {words}"),
        None => name.to_owned(),
    };
    if !title.is_empty() {
        let _ = write!(out, "<title>{}</title>", escaped(&title));
    }
}

pub(super) fn close_group(mark: Option<&Mark>, out: &mut String) {
    out.push_str("</g>");
    if mark.is_some_and(|mark| mark.href.is_some()) {
        out.push_str("</a>");
    }
}

fn shape(shape: &Shape<'_>, mark: Option<&Mark>, out: &mut String) {
    let b = shape.bounds;
    let class = match shape.look {
        Look::Event { .. } => "event",
        Look::Task | Look::Call => "task",
        Look::Sub { .. } => "sub",
        Look::Gateway => "gateway",
        Look::Pool => "pool",
        Look::Data | Look::Store => "data",
        Look::Note => "note",
        Look::Frame => "frame",
    };
    open_group(class, shape.element, &shape.name, mark, out);
    match shape.look {
        Look::Event { rings, dashed } => event(shape, rings, dashed, out),
        Look::Task => rectangle(b, 10.0, "", out),
        Look::Call => rectangle(b, 10.0, "thick", out),
        Look::Sub { border, .. } => {
            let class = if border == Border::Dotted {
                "dotted"
            } else {
                ""
            };
            rectangle(b, 10.0, class, out);
            if border == Border::Double {
                let inner = Bounds {
                    x: b.x + 3.0,
                    y: b.y + 3.0,
                    width: (b.width - 6.0).max(0.0),
                    height: (b.height - 6.0).max(0.0),
                };
                rectangle(inner, 8.0, "", out);
            }
        }
        Look::Gateway => {
            let (cx, cy) = middle(b);
            let _ = write!(
                out,
                r#"<path d="M{} {}L{} {}L{} {}L{} {}z"/>"#,
                n(cx),
                n(b.y),
                n(b.x + b.width),
                n(cy),
                n(cx),
                n(b.y + b.height),
                n(b.x),
                n(cy)
            );
        }
        Look::Pool => rectangle(b, 0.0, "", out),
        Look::Frame => rectangle(b, 10.0, "dashed", out),
        Look::Data => data(b, out),
        Look::Store => store(b, out),
        Look::Note => {
            let _ = write!(
                out,
                r#"<path d="M{} {}h-12v{}h12"/>"#,
                n(b.x + 12.0),
                n(b.y),
                n(b.height)
            );
        }
    }
    signs(shape, out);
    name(shape, out);
    count(b, mark, out);
    close_group(mark, out);
}

fn middle(b: Bounds) -> (f64, f64) {
    (b.x + b.width / 2.0, b.y + b.height / 2.0)
}

fn rectangle(b: Bounds, round: f64, class: &str, out: &mut String) {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(r#" class="{class}""#)
    };
    let _ = write!(
        out,
        r#"<rect{class} x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
        n(b.x),
        n(b.y),
        n(b.width),
        n(b.height),
        n(round)
    );
}

fn event(shape: &Shape<'_>, rings: Rings, dashed: bool, out: &mut String) {
    let (cx, cy) = middle(shape.bounds);
    let radius = shape.bounds.width.min(shape.bounds.height) / 2.0;
    let class = match (rings, dashed) {
        (Rings::Thick, _) => r#" class="thick""#,
        (_, true) => r#" class="dashed""#,
        _ => "",
    };
    let mut ring = |radius: f64| {
        let _ = write!(
            out,
            r#"<circle{class} cx="{}" cy="{}" r="{}"/>"#,
            n(cx),
            n(cy),
            n(radius.max(0.0))
        );
    };
    ring(radius);
    if rings == Rings::Double {
        ring(radius - 3.0);
    }
}

fn data(b: Bounds, out: &mut String) {
    let fold = (b.width / 3.0).min(12.0);
    let _ = write!(
        out,
        r#"<path d="M{x} {y}h{across}l{fold} {fold}v{down}h-{width}zM{corner} {y}v{fold}h{fold}"/>"#,
        x = n(b.x),
        y = n(b.y),
        across = n(b.width - fold),
        fold = n(fold),
        down = n(b.height - fold),
        width = n(b.width),
        corner = n(b.x + b.width - fold),
    );
}

fn store(b: Bounds, out: &mut String) {
    let (rx, ry) = (b.width / 2.0, (b.height / 8.0).min(10.0));
    let _ = write!(
        out,
        r#"<path d="M{x} {top}v{down}a{rx} {ry} 0 0 0 {w} 0v-{down}a{rx} {ry} 0 0 0 -{w} 0a{rx} {ry} 0 0 0 {w} 0"/>"#,
        x = n(b.x),
        top = n(b.y + ry),
        down = n(b.height - 2.0 * ry),
        rx = n(rx),
        ry = n(ry),
        w = n(b.width),
    );
}

fn sign(sign: &str, (x, y): (f64, f64), scale: f64, filled: bool, out: &mut String) {
    let Some(path) = icon::path(sign) else { return };
    let class = if filled { "sign filled" } else { "sign" };
    let _ = write!(
        out,
        r#"<path class="{class}" transform="translate({} {}) scale({})" d="{path}"/>"#,
        n(x),
        n(y),
        n(scale)
    );
}

fn signs(shape: &Shape<'_>, out: &mut String) {
    let b = shape.bounds;
    let throws = shape.signs.contains(&"throws") || shape.signs.contains(&"send");
    let mut below: Vec<&str> = shape
        .signs
        .iter()
        .copied()
        .filter(|sign| icon::is_below(sign))
        .collect();
    if let Look::Sub { open: false, .. } = shape.look {
        below.push("closed");
    }
    let (cx, cy) = middle(b);
    for (place, below_sign) in below.iter().enumerate() {
        let x = cx - below.len() as f64 * 9.0 + place as f64 * 18.0 + 1.0;
        sign(below_sign, (x, b.y + b.height - 18.0), 1.0, false, out);
    }
    for own in shape.signs.iter().filter(|sign| !icon::is_below(sign)) {
        match shape.look {
            Look::Task | Look::Call => sign(own, (b.x + 5.0, b.y + 5.0), 1.0, throws, out),
            Look::Event { .. } | Look::Gateway => {
                let scale = b.width.min(b.height) / 36.0 * 1.1;
                let scale = if matches!(shape.look, Look::Gateway) {
                    scale * 0.9
                } else {
                    scale
                };
                let filled = throws || *own == "terminate";
                sign(
                    own,
                    (cx - 8.0 * scale, cy - 8.0 * scale),
                    scale,
                    filled,
                    out,
                );
            }
            _ => {}
        }
    }
}

fn name(shape: &Shape<'_>, out: &mut String) {
    if shape.name.is_empty() {
        return;
    }
    let b = shape.bounds;
    let (cx, cy) = middle(b);
    match shape.look {
        Look::Task | Look::Call | Look::Sub { open: false, .. } => {
            let lines = words::lines(&shape.name, b.width - 12.0, 4);
            // Several lines in a low shape would run through the sign at its corner.
            let signed = shape.signs.iter().any(|sign| !icon::is_below(sign));
            let crowded = lines.len() as f64 * (words::SIZE + 3.0) > b.height - 40.0;
            let down = if signed && crowded { 9.0 } else { 0.0 };
            text(&lines, cx, cy + down, "middle", out);
        }
        Look::Sub { open: true, .. } | Look::Frame => {
            let lines = words::lines(&shape.name, b.width - 20.0, 1);
            text(&lines, b.x + 10.0, b.y + 16.0, "start", out);
        }
        Look::Pool => {
            let (x, y) = (b.x + 18.0, cy);
            let lines = words::lines(&shape.name, b.height - 12.0, 1);
            let Some(line) = lines.first() else { return };
            let _ = write!(
                out,
                r#"<text x="{x}" y="{y}" text-anchor="middle" transform="rotate(-90 {x} {y})">{line}</text>"#,
                x = n(x),
                y = n(y),
                line = escaped(line)
            );
        }
        Look::Note => {
            let most = ((b.height / (words::SIZE + 3.0)) as usize).max(1);
            let lines = words::lines(&shape.name, b.width - 10.0, most);
            text(&lines, b.x + 6.0, cy, "start", out);
        }
        Look::Event { .. } | Look::Gateway | Look::Data | Look::Store => {
            outside(&shape.name, shape.label, (cx, b.y + b.height + 4.0), out);
        }
    }
}

/// A name beside its shape: in the field that the file gives, else below.
pub(super) fn outside(
    name: &str,
    label: Option<Bounds>,
    (cx, below): (f64, f64),
    out: &mut String,
) {
    let room = label.map_or(ROOM, |label| label.width.max(ROOM));
    let lines = words::lines(name, room, 3);
    let height = lines.len() as f64 * (words::SIZE + 3.0);
    let (x, y) = match label {
        Some(label) => (label.x + label.width / 2.0, label.y + label.height / 2.0),
        None => (cx, below + height / 2.0),
    };
    text(&lines, x, y, "middle", out);
}

/// Lines around a middle.
fn text(lines: &[String], x: f64, y: f64, anchor: &str, out: &mut String) {
    const STEP: f64 = words::SIZE + 3.0;
    let first = y - (lines.len() as f64 - 1.0) * STEP / 2.0 + words::SIZE * 0.36;
    let _ = write!(out, r#"<text text-anchor="{anchor}">"#);
    for (place, line) in lines.iter().enumerate() {
        let _ = write!(
            out,
            r#"<tspan x="{}" y="{}">{}</tspan>"#,
            n(x),
            n(first + place as f64 * STEP),
            escaped(line)
        );
    }
    out.push_str("</text>");
}

/// The number at the upper right corner.
fn count(b: Bounds, mark: Option<&Mark>, out: &mut String) {
    let Some(count) = mark.and_then(|mark| mark.count) else {
        return;
    };
    let words = count.to_string();
    let width = 12.0 + words.len() as f64 * 7.5;
    let (x, y) = (b.x + b.width - width / 2.0, b.y - 9.0);
    let _ = write!(
        out,
        r#"<g class="bpmn-count"><rect x="{}" y="{}" width="{}" height="18" rx="9"/><text x="{}" y="{}" text-anchor="middle">{words}</text></g>"#,
        n(x),
        n(y),
        n(width),
        n(x + width / 2.0),
        n(y + 13.0)
    );
}
