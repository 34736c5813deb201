//! A network of addresses, such as `10.1.0.0/16` or one address.
//! Deliberately absent: names; nothing is looked up.
//! An IPv4 address in IPv6's clothes counts as the IPv4 address.

use std::net::IpAddr;

/// Addresses with the same first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads an address with or without the number of its first bits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let base: IpAddr = address.trim().parse().ok()?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => most,
            Some(bits) => bits.trim().parse().ok().filter(|bits| *bits <= most)?,
        };
        Some(Self { base, bits })
    }

    /// Whether an address lies inside.
    pub fn has(&self, address: IpAddr) -> bool {
        let same = |a: u128, b: u128, width: u8| {
            let rest = width - self.bits;
            self.bits == 0 || (a ^ b) >> rest == 0
        };
        match (self.base.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) if self.bits <= 32 => {
                same(base.to_bits().into(), address.to_bits().into(), 32)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => same(base.to_bits(), address.to_bits(), 128),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lie_inside_or_outside() {
        let has = |network: &str, address: &str| {
            Network::parse(network)
                .expect("a network")
                .has(address.parse().expect("an address"))
        };
        assert!(has("10.1.0.0/16", "10.1.255.3") && !has("10.1.0.0/16", "10.2.0.1"));
        assert!(has("10.1.2.3", "10.1.2.3") && !has("10.1.2.3", "10.1.2.4"));
        assert!(has("10.1.2.3", "::ffff:10.1.2.3") && has("0.0.0.0/0", "1.2.3.4"));
        assert!(has("fd00::/8", "fd12::1") && !has("fd00::/8", "fe80::1"));
        assert!(!has("fd00::/8", "10.0.0.1") && !has("0.0.0.0/0", "fd00::1"));
        for bad in ["", "10.1.0.0/33", "10.1/16", "::/129", "a.b", "10.0.0.1/-1"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
