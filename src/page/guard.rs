//! Who may speak to the page: somebody at this machine, with the secret, from the page itself.
//!
//! Any web site can make a browser send requests to 127.0.0.1, and any user of the machine can open a
//! port. So before anything else is looked at: the name the request was sent to must be one of this
//! machine's (a foreign name that points here is a rebinding attack); the secret must be there, first in the
//! address that was printed, which works once, since it stays in histories and lists of processes, from then on in a
//! cookie that scripts cannot read and other sites cannot send;
//! and whatever changes something must come from the page (origin, fetch site) and be JSON, which no form
//! can send. Requests are judged here as plain data, so that each defence can be tested alone.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::header::{self, CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

/// Bytes of a secret.
const SECRET_BYTES: usize = 32;

/// The headers that every answer carries. Nothing is loaded from elsewhere, no script or style stands
/// in the document, nobody frames the page, nothing of it is kept.
pub const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The secrets of one page and the names it goes by.
pub struct Guard {
    token: String,
    /// Whether somebody has come in by the token.
    is_spent: AtomicBool,
    cookie: String,
    port: u16,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Passed {
    /// It has the cookie.
    Yes,
    /// It has the token in its address, and the cookie or a right to it: it is led on, with the cookie.
    WithToken,
    No(StatusCode),
}

impl Guard {
    /// New secrets, of the system's own randomness.
    ///
    /// # Errors
    /// The system has none to give.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self { token: secret()?, is_spent: AtomicBool::new(false), cookie: secret()?, port })
    }

    /// The address that opens the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// The cookie that stands for the token; its name has the port, since a browser sends the cookies of
    /// every port of a machine.
    pub fn set_cookie(&self) -> String {
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name(), self.cookie)
    }

    fn cookie_name(&self) -> String {
        format!("kenshu-{}", self.port)
    }

    /// Judges a request.
    pub fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Passed {
        if !self.is_our_name(headers, uri) {
            return Passed::No(StatusCode::MISDIRECTED_REQUEST);
        }
        let reads = *method == Method::GET;
        if !reads && *method != Method::POST {
            return Passed::No(StatusCode::METHOD_NOT_ALLOWED);
        }
        let opens = reads && uri.path() == "/";
        // A link on another site may lead to the page; nothing else of another site may reach it.
        if !opens && !self.is_from_the_page(headers, reads) {
            return Passed::No(StatusCode::FORBIDDEN);
        }
        if !reads && !is_json(headers) {
            return Passed::No(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let token = token(uri).filter(|_| opens);
        if self.has_cookie(headers) {
            // Whoever opens the printed address again is led to the page without it.
            return if token.is_some() { Passed::WithToken } else { Passed::Yes };
        }
        match token {
            Some(token) if is_same(token, &self.token) && !self.is_spent.swap(true, Ordering::SeqCst) => {
                Passed::WithToken
            }
            _ => Passed::No(StatusCode::UNAUTHORIZED),
        }
    }

    fn is_our_name(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let mut named = headers.get_all(HOST).iter();
        let (Some(name), None) = (named.next(), named.next()) else { return false };
        // An absolute address in the request line would be meant in the header's place.
        if uri.authority().is_some_and(|authority| authority.as_str().as_bytes() != name.as_bytes()) {
            return false;
        }
        self.names().iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name.as_bytes()))
    }

    fn names(&self) -> [String; 2] {
        ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port))
    }

    /// Whether the page itself sends this. Browsers tell the origin of whatever changes something, and on
    /// whose behalf everything is fetched.
    fn is_from_the_page(&self, headers: &HeaderMap, reads: bool) -> bool {
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let site_is_fine = match site {
            None => true,
            Some(b"same-origin") => true,
            Some(b"none") => reads,
            Some(_) => false,
        };
        let origin_is_fine = match headers.get(ORIGIN).map(HeaderValue::as_bytes) {
            None => reads,
            Some(origin) => self.names().iter().any(|name| format!("http://{name}").as_bytes() == origin),
        };
        site_is_fine && origin_is_fine
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(key, value)| key == name && is_same(value, &self.cookie))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/json")
}

fn token(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares in a time that does not tell how far two secrets agree.
fn is_same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard { token: "t".repeat(64), is_spent: AtomicBool::new(false), cookie: "c".repeat(64), port: 4000 }
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        let mut map = HeaderMap::new();
        for (name, value) in pairs.iter().map(pair) {
            map.append(name, value);
        }
        map
    }

    fn judged(method: &str, uri: &str, pairs: &[(&'static str, &str)]) -> Passed {
        guard().judge(&method.parse().unwrap(), &uri.parse().unwrap(), &headers(pairs))
    }

    #[test]
    fn only_this_machine_by_its_own_names() {
        let uri = format!("/?token={}", "t".repeat(64));
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000"] {
            assert_eq!(judged("GET", &uri, &[("host", host)]), Passed::WithToken, "{host}");
        }
        let elsewhere = Passed::No(StatusCode::MISDIRECTED_REQUEST);
        for host in ["evil.example:4000", "127.0.0.1", "127.0.0.1:4001", "localhost:4000.evil.example", ""] {
            assert_eq!(judged("GET", &uri, &[("host", host)]), elsewhere, "{host}");
        }
        assert_eq!(judged("GET", &uri, &[]), elsewhere);
        let two = [("host", "127.0.0.1:4000"), ("host", "evil.example")];
        assert_eq!(judged("GET", &uri, &two), elsewhere);
        let absolute = format!("http://evil.example{uri}");
        assert_eq!(judged("GET", &absolute, &[("host", "127.0.0.1:4000")]), elsewhere);
    }

    #[test]
    fn nothing_without_the_secret() {
        let host = ("host", "127.0.0.1:4000");
        let right = format!("a=b; kenshu-4000={}", "c".repeat(64));
        assert_eq!(judged("GET", "/api/board", &[host, ("cookie", &right)]), Passed::Yes);
        let unknown = Passed::No(StatusCode::UNAUTHORIZED);
        for cookie in ["", "kenshu-4000=", &format!("kenshu-4001={}", "c".repeat(64)), "kenshu-4000=ccc"] {
            assert_eq!(judged("GET", "/api/board", &[host, ("cookie", cookie)]), unknown, "{cookie}");
        }
        let token = format!("/api/board?token={}", "t".repeat(64));
        assert_eq!(judged("GET", &token, &[host]), unknown, "the token opens the page and nothing else");
        assert_eq!(judged("GET", "/?token=", &[host]), unknown);
    }

    #[test]
    fn the_token_opens_the_page_once() {
        let guard = guard();
        let opened = |pairs: &[(&'static str, &str)], path: &str| {
            guard.judge(&Method::GET, &path.parse().unwrap(), &headers(pairs))
        };
        let host = ("host", "127.0.0.1:4000");
        let printed = format!("/?token={}", "t".repeat(64));
        let cookie = format!("kenshu-4000={}", "c".repeat(64));
        let unknown = Passed::No(StatusCode::UNAUTHORIZED);
        assert_eq!(opened(&[host], "/?token=no"), unknown, "a wrong one spends nothing");
        assert_eq!(opened(&[host], &printed), Passed::WithToken);
        assert_eq!(opened(&[host], &printed), unknown);
        let with_cookie = [host, ("cookie", cookie.as_str())];
        assert_eq!(opened(&with_cookie, "/"), Passed::Yes, "loading the page again needs no token");
        assert_eq!(opened(&with_cookie, &printed), Passed::WithToken, "the address leads to the page still");
    }

    /// A link on another site leads to the page's document; nothing else of it is read from there.
    #[test]
    fn other_sites_read_nothing() {
        let cookie = format!("kenshu-4000={}", "c".repeat(64));
        let base = [("host", "127.0.0.1:4000"), ("cookie", cookie.as_str())];
        let with = |path: &str, more: (&'static str, &str)| {
            let all: Vec<(&'static str, &str)> = base.iter().copied().chain([more]).collect();
            judged("GET", path, &all)
        };
        for path in ["/main.js", "/out/placements.csv", "/icon.svg"] {
            assert_eq!(with(path, ("sec-fetch-site", "same-origin")), Passed::Yes, "{path}");
            assert_eq!(with(path, ("sec-fetch-site", "none")), Passed::Yes, "{path}: typed into the bar");
            for site in ["cross-site", "same-site"] {
                let foreign = Passed::No(StatusCode::FORBIDDEN);
                assert_eq!(with(path, ("sec-fetch-site", site)), foreign, "{path}, {site}");
            }
            let foreign = Passed::No(StatusCode::FORBIDDEN);
            assert_eq!(with(path, ("origin", "http://evil.example")), foreign, "{path}");
        }
        assert_eq!(with("/", ("sec-fetch-site", "cross-site")), Passed::Yes);
    }

    #[test]
    fn changes_come_from_the_page_alone() {
        let cookie = format!("kenshu-4000={}", "c".repeat(64));
        let base =
            [("host", "127.0.0.1:4000"), ("cookie", cookie.as_str()), ("content-type", "application/json")];
        let with = |more: &[(&'static str, &str)]| {
            let all: Vec<(&'static str, &str)> = base.iter().chain(more).copied().collect();
            judged("POST", "/api/edit", &all)
        };
        let ours = ("origin", "http://127.0.0.1:4000");
        assert_eq!(with(&[ours]), Passed::Yes);
        assert_eq!(with(&[ours, ("sec-fetch-site", "same-origin")]), Passed::Yes);
        let foreign = Passed::No(StatusCode::FORBIDDEN);
        assert_eq!(with(&[]), foreign);
        for origin in ["null", "http://evil.example", "https://127.0.0.1:4000", "http://127.0.0.1:4001"] {
            assert_eq!(with(&[("origin", origin)]), foreign, "{origin}");
        }
        for site in ["cross-site", "same-site", "none"] {
            assert_eq!(with(&[ours, ("sec-fetch-site", site)]), foreign, "{site}");
        }
        let form: Vec<_> = [("content-type", "text/plain"), base[0], base[1], ours].to_vec();
        assert_eq!(judged("POST", "/api/edit", &form), Passed::No(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        for method in ["PUT", "DELETE", "OPTIONS", "HEAD"] {
            assert_eq!(judged(method, "/", &base), Passed::No(StatusCode::METHOD_NOT_ALLOWED), "{method}");
        }
    }

    #[test]
    fn secrets_are_long_and_new() {
        let (one, other) = (Guard::new(1).unwrap(), Guard::new(1).unwrap());
        assert_eq!(one.token.len(), 2 * SECRET_BYTES);
        assert!(one.token != other.token && one.cookie != other.cookie && one.token != one.cookie);
        assert!(
            is_same("abc", "abc") && !is_same("abc", "abd") && !is_same("abc", "ab") && !is_same("", "a")
        );
    }
}
