//! Caps of extensions, and their rows.
//! Not here: other numbers (`settings`), what reads them (services).

use super::row;
use crate::application::ExtensionCaps;
use crate::register::Cells;
use crate::register::lists::cell;
use crate::text::{Text, text};

/// A number that caps something, with its least and its greatest value.
pub struct Cap {
    /// Its key.
    pub key: &'static str,
    /// What it is.
    pub name: Text,
    /// Least and greatest value.
    pub bounds: (i32, i32),
}

impl Cap {
    /// The caps of extensions.
    pub const ALL: [Self; 3] = [
        Self {
            key: "extension.most",
            name: text(
                "每件承办最多延期次数",
                "Extensions of one assignment at most",
            ),
            bounds: (0, 9),
        },
        Self {
            key: "extension.days",
            name: text(
                "一次延期最多工作日",
                "Working days of one extension at most",
            ),
            bounds: (1, 90),
        },
        Self {
            key: "extension.sum",
            name: text(
                "合计延期最多工作日",
                "Working days of all extensions at most",
            ),
            bounds: (1, 180),
        },
    ];
}

impl ExtensionCaps {
    /// The register's rows of the caps.
    pub fn rows(&self) -> [Cells; 3] {
        [
            row("extension.most", self.most),
            row("extension.days", self.days),
            row("extension.sum", self.sum),
        ]
    }

    /// Takes a row over; whether it is one of the caps.
    pub fn set(&mut self, cells: &Cells) -> bool {
        let Ok(value) = cell(cells, "value").parse() else {
            return false;
        };
        let slot = match cell(cells, "name") {
            "extension.most" => &mut self.most,
            "extension.days" => &mut self.days,
            "extension.sum" => &mut self.sum,
            _ => return false,
        };
        *slot = value;
        true
    }
}
