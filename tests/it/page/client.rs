//! A page served by `kenshu open`, and a client for it that speaks plain HTTP and sets every header itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A running page; killed when it is dropped.
pub struct Page {
    pub child: Child,
    /// As printed, with the token.
    pub address: String,
    pub port: u16,
    pub cookie: String,
    pub revision: u64,
    pub tab: String,
}

/// An answer of the server.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    /// Opens a scenario and trades the token for the cookie.
    pub fn open(scenario: &Path, more: &[&str]) -> Self {
        let mut page = Self::start(scenario, more);
        let query = page.address.split_once("/?").unwrap().1.to_string();
        let reply = page.get(&format!("/?{query}"), &[]);
        let set = reply.header("set-cookie").expect("the token is traded for a cookie").to_string();
        page.cookie = set.split(';').next().unwrap().to_string();
        page
    }

    /// Starts the server and reads its address.
    pub fn start(scenario: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kenshu"))
            .arg("open")
            .arg(scenario)
            .args(["--no-browser", "--lang", "en"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_string();
        let port = address.split(':').nth(2).and_then(|rest| rest.split('/').next()?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("an address on the first line, not {address:?}"));
        Self { child, address, port, cookie: String::new(), revision: 0, tab: "one".to_string() }
    }

    /// Sends a request with these headers and nothing else.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()));
        // A server that refuses may close before all is sent.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_string(), body: body.to_string() }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    pub fn get(&self, path: &str, more: &[(&str, &str)]) -> Reply {
        let host = self.host();
        let headers: Vec<(&str, &str)> = [("host", host.as_str()), ("cookie", &self.cookie)]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        self.send("GET", path, &headers, "")
    }

    /// A call as the page makes it.
    pub fn call(&self, path: &str, mut body: Value) -> Reply {
        for (name, value) in
            [("lang", json!("en")), ("tab", json!(self.tab)), ("revision", json!(self.revision))]
        {
            if body.get(name).is_none() {
                body[name] = value;
            }
        }
        let (host, origin) = (self.host(), self.origin());
        let headers = [
            ("host", host.as_str()),
            ("origin", &origin),
            ("cookie", &self.cookie),
            ("content-type", "application/json"),
        ];
        self.send("POST", &format!("/api/{path}"), &headers, &body.to_string())
    }

    /// A call that has to succeed; the page has seen its revision afterwards.
    pub fn ask(&mut self, path: &str, body: Value) -> Value {
        let reply = self.call(path, body);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        if let Some(revision) = answer["state"]["revision"].as_u64() {
            self.revision = revision;
        }
        answer
    }

    /// Waits until the plan that a page begins with is there.
    pub fn planned(&mut self) -> Value {
        self.until(|page| page.ask("pulse", json!({}))["state"]["planned"] == json!(true));
        self.ask("board", json!({}))
    }

    /// Waits until no question is under way; its last answer.
    pub fn answered(&mut self) -> Value {
        let mut job = Value::Null;
        self.until(|page| {
            job = page.ask("pulse", json!({}))["job"].clone();
            job["over"] == json!(true)
        });
        job
    }

    pub fn until(&mut self, mut holds: impl FnMut(&mut Self) -> bool) {
        let started = Instant::now();
        while !holds(self) {
            assert!(started.elapsed() < Duration::from_secs(120), "it never came");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The row of a resident in an answer.
    pub fn row<'v>(answer: &'v Value, resident: &str) -> &'v Value {
        let rows = answer.get("rows").unwrap_or(&answer["board"]["residents"]);
        rows.as_array().unwrap().iter().find(|row| row["id"] == resident).expect("the resident's row")
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}
