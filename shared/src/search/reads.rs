//! What of the index a reader's search may look into, beside what everybody reads who sees a ticket.
//! Not here: who may (services), what lies there (store).

/// The parts of the index for those with the right to them; as it is by default, no more than everybody's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Telephone, identity and card numbers inside texts.
    pub numbers: bool,
    /// Addresses to the door.
    pub places: bool,
    /// Where a tip-off or a confidential request comes from, as far as the road: not for units.
    pub centre: bool,
    /// Units whose names have a piece of the words in them, by the piece.
    pub units: Vec<(String, Vec<String>)>,
}

impl Reads {
    /// The units that a piece names.
    #[must_use]
    pub fn units_of(&self, piece: &str) -> &[String] {
        let found = self.units.iter().find(|(of, _)| of == piece);
        found.map_or(&[], |(_, units)| units)
    }
}
