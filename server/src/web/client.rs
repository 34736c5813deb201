//! Who is at the other end: address and whether the connection is encrypted.
//! Deliberately absent: who is signed in (`session`), in which language (`locale`).
//! Forwarding headers count only from trusted proxies, from the right (trap P-17): the left end is what a client claims.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::http::{HeaderMap, header::HOST};

/// The connection's other end; put into each request by `listen`.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Address and encryption of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The first address from the right that is no trusted proxy.
    pub ip: IpAddr,
    /// Whether the client speaks https, as told by a trusted proxy.
    pub https: bool,
}

/// The client behind a connection; without one (a call inside a test) it is this machine.
pub fn of(peer: Option<Peer>, headers: &HeaderMap, trusted: &[IpAddr]) -> Client {
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |Peer(address)| {
        address.ip()
    });
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return Client {
            ip: peer,
            https: false,
        };
    }
    let mut ip = peer;
    for hop in values(headers, "x-forwarded-for").into_iter().rev() {
        let Some(address) = address(hop) else { break };
        ip = address;
        if !trusted.contains(&ip) {
            break;
        }
    }
    let https = values(headers, "x-forwarded-proto")
        .last()
        .is_some_and(|proto| *proto == "https");
    Client { ip, https }
}

/// Whether the `Host` of the request names this machine, where `__Host-` cookies work without https.
pub fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The `Host` that the client asked for.
pub fn host<'a>(headers: &'a HeaderMap, uri: &'a axum::http::Uri) -> &'a str {
    let named = headers.get(HOST).and_then(|value| value.to_str().ok());
    named
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str))
        .unwrap_or_default()
}

/// All comma-separated values of all headers of the name, in order.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    let lines = headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect()
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let ip = bare.parse().ok();
    ip.or_else(|| text.parse::<SocketAddr>().ok().map(|it| it.ip()))
        .map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[(&'static str, &str)]) -> Client {
        let mut headers = HeaderMap::new();
        for (name, value) in forwarded {
            headers.append(*name, value.parse().expect("a header value"));
        }
        let peer = Peer(SocketAddr::new(peer.parse().expect("an address"), 1));
        of(
            Some(peer),
            &headers,
            &[IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2])],
        )
    }

    #[test]
    fn forwarding_headers_count_from_the_right_and_from_trusted_proxies_only() {
        let from_stranger = client("203.0.113.9", &[("x-forwarded-for", "1.1.1.1")]);
        assert_eq!(from_stranger.ip.to_string(), "203.0.113.9");
        let spoofed = client(
            "10.0.0.1",
            &[("x-forwarded-for", "1.1.1.1, 203.0.113.7, 10.0.0.2")],
        );
        assert_eq!(spoofed.ip.to_string(), "203.0.113.7");
        let two_lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "203.0.113.8:4711"),
        ];
        assert_eq!(client("10.0.0.1", &two_lines).ip.to_string(), "203.0.113.8");
        assert_eq!(
            client("10.0.0.1", &[("x-forwarded-for", "nonsense")])
                .ip
                .to_string(),
            "10.0.0.1"
        );
    }

    #[test]
    fn https_is_believed_to_the_last_proxy_only() {
        assert!(client("10.0.0.1", &[("x-forwarded-proto", "https")]).https);
        assert!(!client("10.0.0.1", &[("x-forwarded-proto", "https, http")]).https);
        assert!(!client("203.0.113.9", &[("x-forwarded-proto", "https")]).https);
    }

    #[test]
    fn loopback_has_several_names() {
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.1:80",
            "127.8.9.1",
            "[::1]:3000",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.nip.io",
            "10.0.0.1:3000",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
