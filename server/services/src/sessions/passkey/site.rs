//! As whom browsers know this installation: the name that passkeys are bound to, and the origin that they sign.
//! Both follow from the configured address alone, never from what a request says of itself.
//! Not here: checking answers (`check`).

/// An installation as browsers know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    /// The host (WebAuthn's relying party id).
    pub(super) id: String,
    /// Scheme, host and port, as a browser writes them.
    pub(super) origin: String,
}

impl Site {
    /// Of an address; nothing where browsers offer no passkeys: for a bare number, and without encryption beyond this machine.
    pub(super) fn of(address: &str) -> Option<Self> {
        let address = address.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, rest) = address.split_once("://")?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().ok()?)),
            None => (rest, None),
        };
        if !is_name(host) {
            return None;
        }
        let is_near = host == "localhost" || host.ends_with(".localhost");
        let usual = match scheme {
            "https" => 443,
            "http" if is_near => 80,
            _ => return None,
        };
        let port = port
            .filter(|port| *port != usual)
            .map_or_else(String::new, |port| format!(":{port}"));
        Some(Self {
            id: host.to_owned(),
            origin: format!("{scheme}://{host}{port}"),
        })
    }
}

/// A host name; one that ends in a number is an address to browsers.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(is_label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_name_over_https_or_this_machine() {
        let known = |address: &str| Site::of(address).map(|site| (site.id, site.origin));
        for (address, id, origin) in [
            (
                "https://12345.example",
                "12345.example",
                "https://12345.example",
            ),
            (
                "https://12345.Example:443/",
                "12345.example",
                "https://12345.example",
            ),
            ("https://minsheng:8443", "minsheng", "https://minsheng:8443"),
            (
                "http://localhost:3000",
                "localhost",
                "http://localhost:3000",
            ),
            ("http://a.localhost", "a.localhost", "http://a.localhost"),
        ] {
            assert_eq!(
                known(address),
                Some((id.to_owned(), origin.to_owned())),
                "{address}"
            );
        }
        for address in [
            "",
            "12345.example",
            "http://12345.example",
            "http://127.0.0.1:3000",
            "https://10.0.0.1",
            "https://[::1]",
            "https://[::1]:443",
            "https://user@host",
            "https://host:x",
            "https://a..b",
            "https://民声.cn",
        ] {
            assert_eq!(known(address), None, "{address}");
        }
    }
}
