//! Chromium without a window, told what to do over its own protocol: the mouse, the keyboard, a look at the page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use super::client::Page;

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);
/// Alt and Shift as the protocol counts them.
pub const ALT: u32 = 1;
pub const CONTROL: u32 = 2;
pub const SHIFT: u32 = 8;

/// Where the browser is, if there is one.
pub fn installed() -> Option<PathBuf> {
    let named = std::env::var_os("KENSHU_BROWSER").map(PathBuf::from);
    let usual = ["chromium", "chromium-browser", "google-chrome"];
    let folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let found = usual.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().chain(found).find(|path| path.is_file())
}

/// A browser with an empty profile.
pub struct Browser {
    child: Child,
    port: u16,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub fn start(program: &PathBuf) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("ws://127.0.0.1:").nth(1)?.split('/').next()?.parse().ok())
            .expect("the browser says where it listens");
        // Somebody has to read what it complains of, or it stops.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, port, _profile: profile }
    }

    /// A new tab of this size.
    pub fn tab(&self, width: u32, height: u32) -> Tab {
        let opened = self.http("PUT", "/json/new?about:blank");
        let address = opened["webSocketDebuggerUrl"].as_str().unwrap();
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let (socket, _) = tungstenite::client(address, stream).unwrap();
        let mut tab = Tab { socket, next: 0, complaints: Vec::new() };
        for domain in ["Page", "Runtime", "Log", "Inspector"] {
            tab.send(&format!("{domain}.enable"), json!({}));
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        tab.send("Emulation.setDeviceMetricsOverride", metrics);
        tab
    }

    fn http(&self, method: &str, path: &str) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", self.port).unwrap();
        // It keeps the connection, so the length says where the answer ends.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            match line.trim().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().unwrap();
                }
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One tab.
pub struct Tab {
    socket: WebSocket<TcpStream>,
    next: u64,
    /// Errors of the page's scripts, and what the content policy refused.
    pub complaints: Vec<String>,
}

impl Tab {
    pub fn send(&mut self, method: &str, params: Value) -> Value {
        self.try_send(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn try_send(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let call = json!({ "id": self.next, "method": method, "params": params });
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let message: Value = serde_json::from_str(&text).unwrap();
            match message["method"].as_str() {
                Some("Runtime.exceptionThrown") => self.complaints.push(message["params"].to_string()),
                Some("Log.entryAdded") if message["params"]["entry"]["level"] == "error" => {
                    self.complaints.push(message["params"]["entry"]["text"].to_string());
                }
                _ => {}
            }
            if message["id"] == json!(self.next) {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    /// Goes to the page with the cookie that the plain client got for the token, which works once.
    pub fn enter(&mut self, page: &Page) {
        let (name, value) = page.cookie.split_once('=').unwrap();
        let url = page.origin();
        let cookie =
            json!({ "name": name, "value": value, "url": url, "httpOnly": true, "sameSite": "Strict" });
        self.send("Network.setCookie", cookie);
        self.go(&page.address);
    }

    pub fn go(&mut self, address: &str) {
        self.send("Page.navigate", json!({ "url": address }));
    }

    /// Enters the page and waits until its grid is drawn and judged.
    pub fn open(&mut self, page: &Page) {
        self.enter(page);
        self.drawn();
    }

    pub fn drawn(&mut self) {
        self.until("document.querySelectorAll('#grid .block').length > 3 && document.querySelector('#side .summary')");
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.send("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    pub fn text(&mut self, selector: &str) -> String {
        let value = self.value(&format!("document.querySelector({})?.innerText ?? ''", json!(selector)));
        value.as_str().unwrap_or_default().to_string()
    }

    pub fn until(&mut self, condition: &str) {
        let started = Instant::now();
        let asked = json!({ "expression": format!("Boolean({condition})"), "returnByValue": true });
        // While the page changes there is nothing to ask, or nothing there yet.
        let holds = |tab: &mut Self| match tab.try_send("Runtime.evaluate", asked.clone()) {
            Ok(answer) => answer["result"]["value"] == json!(true),
            Err(_) => false,
        };
        while !holds(self) {
            let complaints = self.complaints.join("\n");
            assert!(started.elapsed() < PATIENCE, "it never came true: {condition}\n{complaints}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Brings an element into sight and tells where it is then, as [`Tab::place`].
    pub fn show(&mut self, selector: &str) -> (f64, f64, f64, f64) {
        let found = json!(selector);
        self.value(&format!(
            "document.querySelector({found}).scrollIntoView({{ block: 'center', inline: 'center' }})"
        ));
        // Rows come into being while they are scrolled to.
        std::thread::sleep(Duration::from_millis(100));
        self.place(selector)
    }

    /// The middle of an element, and its size.
    pub fn place(&mut self, selector: &str) -> (f64, f64, f64, f64) {
        let found = self.value(&format!(
            "(() => {{ const box = document.querySelector({}).getBoundingClientRect(); \
             return [box.left + box.width / 2, box.top + box.height / 2, box.width, box.height]; }})()",
            json!(selector)
        ));
        let number = |at: usize| found[at].as_f64().unwrap();
        (number(0), number(1), number(2), number(3))
    }

    fn mouse(&mut self, kind: &str, (x, y): (f64, f64), pressed: bool, modifiers: u32) {
        let button = if kind == "mouseMoved" && !pressed { "none" } else { "left" };
        let buttons = u32::from(pressed);
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1, "modifiers": modifiers });
        self.send("Input.dispatchMouseEvent", event);
    }

    pub fn click(&mut self, selector: &str) {
        let (x, y, ..) = self.place(selector);
        self.mouse("mouseMoved", (x, y), false, 0);
        self.mouse("mousePressed", (x, y), true, 0);
        self.mouse("mouseReleased", (x, y), false, 0);
    }

    /// Drags from a point to another in some steps.
    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64), modifiers: u32) {
        self.mouse("mouseMoved", from, false, modifiers);
        self.mouse("mousePressed", from, true, modifiers);
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let at = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            self.mouse("mouseMoved", at, true, modifiers);
        }
        self.mouse("mouseReleased", to, false, modifiers);
    }

    /// Presses, and moves in some steps without letting go; where the pointer is then.
    pub fn hold_and_move(&mut self, from: (f64, f64), to: (f64, f64), steps: u32) -> (f64, f64) {
        self.mouse("mouseMoved", from, false, 0);
        self.mouse("mousePressed", from, true, 0);
        for step in 1..=steps {
            let part = f64::from(step) / f64::from(steps);
            let at = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            self.mouse("mouseMoved", at, true, 0);
        }
        to
    }

    /// Clicks with the right button.
    pub fn click_right(&mut self, selector: &str) {
        let (x, y, ..) = self.place(selector);
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": kind, "x": x, "y": y, "button": "right", "buttons": 2, "clickCount": 1 });
            self.send("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses the button of these words, as somebody does who sees them.
    pub fn press(&mut self, within: &str, words: &str) {
        let button = format!(
            "[...document.querySelectorAll({})].find((one) => one.textContent === {})",
            json!(format!("{within} button")),
            json!(words)
        );
        self.until(&button);
        self.value(&format!("({button}).scrollIntoView({{ block: 'nearest' }})"));
        let found = self.value(&format!(
            "(() => {{ const box = ({button}).getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }})()"
        ));
        let at = (found[0].as_f64().unwrap(), found[1].as_f64().unwrap());
        self.mouse("mouseMoved", at, false, 0);
        self.mouse("mousePressed", at, true, 0);
        self.mouse("mouseReleased", at, false, 0);
    }

    /// Chooses in a list, as the keyboard or the mouse would.
    pub fn choose(&mut self, selector: &str, value: &str) {
        self.value(&format!(
            "(() => {{ const one = document.querySelector({}); one.value = {}; for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind)); }})()",
            json!(selector),
            json!(value)
        ));
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.send("Input.insertText", json!({ "text": text }));
    }

    pub fn let_go(&mut self, at: (f64, f64)) {
        self.mouse("mouseReleased", at, false, 0);
    }

    /// Loads the page again with a script that runs before its own.
    pub fn watch(&mut self, script: &str) {
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
        self.send("Page.reload", json!({}));
        self.until("window.figures");
    }

    /// Ends the tab's process as a crash does; it answers nothing from then on.
    pub fn crash(&mut self) {
        self.next += 1;
        let call = json!({ "id": self.next, "method": "Page.crash", "params": {} });
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let Ok(Message::Text(text)) = self.socket.read() else { return };
            if text.contains("Inspector.targetCrashed") {
                return;
            }
        }
    }

    pub fn size(&mut self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.send("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// A tablet, which has fingers and no pointer.
    pub fn tablet(&mut self) {
        self.send("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 5 }));
        self.size(1024, 768);
    }

    fn finger(&mut self, kind: &str, at: Option<(f64, f64)>) {
        let points: Vec<Value> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        self.send("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }));
    }

    /// A finger is set down, goes from point to point and is lifted.
    pub fn touch(&mut self, points: &[(f64, f64)]) {
        for (number, point) in points.iter().enumerate() {
            self.finger(if number == 0 { "touchStart" } else { "touchMove" }, Some(*point));
        }
        self.finger("touchEnd", None);
    }

    /// A finger is set down, rests until something is so, and is lifted.
    pub fn rest(&mut self, point: (f64, f64), so: &str) {
        self.finger("touchStart", Some(point));
        self.until(so);
        self.finger("touchEnd", None);
    }

    pub fn key(&mut self, key: &str, modifiers: u32) {
        let code = match key {
            // What stands on the key with Shift.
            "{" | "[" => 219,
            "}" | "]" => 221,
            "Enter" => 13,
            "Escape" => 27,
            "Tab" => 9,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            other => u32::from(other.to_uppercase().bytes().next().unwrap()),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "code": key, "modifiers": modifiers, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && key.len() == 1 && [0, SHIFT].contains(&modifiers) {
                event["text"] = json!(key);
            }
            if kind == "keyDown" && key == "Enter" {
                event["text"] = json!("\r");
            }
            self.send("Input.dispatchKeyEvent", event);
        }
    }
}
