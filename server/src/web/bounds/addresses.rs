//! How much one address may have open at once: connections where people come directly, requests where a proxy stands in front.
//! Deliberately absent: who is behind a proxy (`client`), tries over time (`services::tries`).
//! Offices have a bound of their own, since a whole hotline stands behind one address; trusted proxies have none.

use std::{
    collections::HashMap,
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use ipnet::IpNet;
use services::tries::household;

use crate::config;

/// The count of each household.
#[derive(Debug)]
pub struct Addresses {
    each: usize,
    office: usize,
    offices: Vec<IpNet>,
    proxies: Vec<IpAddr>,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// One place of a household; free again when dropped.
#[derive(Debug)]
pub struct Place {
    all: Arc<Addresses>,
    household: Option<IpAddr>,
}

impl Addresses {
    /// Nothing is open yet.
    pub fn new(settings: &config::Web) -> Arc<Self> {
        Arc::new(Self {
            each: settings.connections_per_address,
            office: settings.office_connections,
            offices: settings.office_networks.clone(),
            proxies: settings.trusted_proxies.clone(),
            open: Mutex::default(),
        })
    }

    /// A place for an address, while it has one left.
    pub fn enter(self: &Arc<Self>, ip: IpAddr) -> Option<Place> {
        let ip = ip.to_canonical();
        let place = |household| Place {
            all: Arc::clone(self),
            household,
        };
        if self.proxies.contains(&ip) {
            return Some(place(None));
        }
        let is_office = self.offices.iter().any(|network| network.contains(&ip));
        let most = if is_office { self.office } else { self.each };
        let household = household(ip);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(household).or_insert(0);
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(place(Some(household)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(household) = self.household else {
            return;
        };
        let mut open = self.all.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&household) {
            *count -= 1;
            if *count == 0 {
                open.remove(&household);
            }
        }
    }
}

/// An answer that keeps its place until it has left.
pub struct Placed {
    inner: Body,
    _place: Place,
}

impl Placed {
    /// The body with its place.
    pub fn body(inner: Body, place: Place) -> Body {
        Body::new(Self {
            inner,
            _place: place,
        })
    }
}

impl HttpBody for Placed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn addresses_offices_and_proxies_have_bounds_of_their_own() {
        let settings = config::Web {
            connections_per_address: 2,
            office_connections: 3,
            office_networks: vec!["198.51.100.0/24".parse().expect("a network")],
            ..Settings::default().web
        };
        let all = Addresses::new(&settings);
        let enters = |ip: &str, times: usize| {
            let ip: IpAddr = ip.parse().expect("an address");
            let places: Vec<_> = (0..times).map_while(|_| all.enter(ip)).collect();
            places.len()
        };
        assert_eq!(enters("203.0.113.7", 5), 2);
        assert_eq!(enters("203.0.113.7", 5), 2, "places are given back");
        assert_eq!(enters("198.51.100.9", 5), 3);
        assert_eq!(enters("127.0.0.1", 5), 5, "a trusted proxy");
        let _first = all.enter("2001:db8::1".parse().expect("an address"));
        assert_eq!(enters("2001:db8::2", 5), 1, "the same household");
    }
}
