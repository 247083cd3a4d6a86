//! Headless Chromium, driven over its own protocol.

use headless_chrome::browser::default_executable;
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{
    Browser as BrowserDomain, Emulation, Network, Page as PageDomain, Runtime,
};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde::de::DeserializeOwned;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A browser of its own with one page.
pub(super) struct Screen {
    // Ends with the screen.
    _browser: Browser,
    _profile: tempfile::TempDir,
    tab: Arc<Tab>,
    requests: Arc<Mutex<Vec<String>>>,
    troubles: Arc<Mutex<Vec<String>>>,
}

/// The browser, where there is one. In CI there must be.
fn executable() -> Option<PathBuf> {
    let found =
        std::env::var_os("TWICETOLD_BROWSER").map(PathBuf::from).or_else(|| default_executable().ok());
    if found.is_none() {
        assert!(
            std::env::var_os("TWICETOLD_NEEDS_BROWSER").is_none(),
            "no browser is installed, and TWICETOLD_NEEDS_BROWSER is set"
        );
        eprintln!("skipped: no Chromium is installed; install one to test the report page");
    }
    found
}

impl Screen {
    /// Opens a page, where there is a browser.
    pub(super) fn open(page: &Path) -> Option<Self> {
        let screen = Self::start()?;
        screen.go(page);
        Some(screen)
    }

    fn start() -> Option<Self> {
        let path = executable()?;
        let profile = tempfile::tempdir().unwrap();
        let options = LaunchOptions::default_builder()
            .path(Some(path))
            .sandbox(false)
            .window_size(Some((1280, 900)))
            .user_data_dir(Some(profile.path().to_owned()))
            .idle_browser_timeout(Duration::from_secs(120))
            .args(
                ["--disable-component-update", "--disable-quic", "--hide-scrollbars"]
                    .map(OsStr::new)
                    .to_vec(),
            )
            .build()
            .unwrap();
        let browser = Browser::new(options).unwrap();
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(60));
        let (requests, troubles) =
            (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (sent, told) = (Arc::clone(&requests), Arc::clone(&troubles));
        tab.call_method(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        })
        .unwrap();
        tab.enable_log().unwrap();
        tab.enable_runtime().unwrap();
        tab.add_event_listener(Arc::new(move |event: &Event| match event {
            Event::NetworkRequestWillBeSent(event) => {
                sent.lock().unwrap().push(event.params.request.url.clone())
            }
            Event::LogEntryAdded(event) => told.lock().unwrap().push(event.params.entry.text.clone()),
            Event::RuntimeExceptionThrown(event) => {
                told.lock().unwrap().push(format!("{:?}", event.params.exception_details));
            }
            _ => {}
        }))
        .unwrap();
        Some(Self { _browser: browser, _profile: profile, tab, requests, troubles })
    }

    pub(super) fn go(&self, page: &Path) {
        self.tab.navigate_to(&format!("file://{}", page.display())).unwrap().wait_until_navigated().unwrap();
    }

    /// What an expression is, once its promise is kept.
    pub(super) fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let done = self
            .tab
            .call_method(Runtime::Evaluate {
                expression: format!("(async () => JSON.stringify((await ({expression})) ?? null))()"),
                return_by_value: Some(true),
                await_promise: Some(true),
                user_gesture: Some(true),
                object_group: None,
                include_command_line_api: None,
                silent: None,
                context_id: None,
                generate_preview: None,
                throw_on_side_effect: None,
                timeout: None,
                disable_breaks: None,
                repl_mode: None,
                allow_unsafe_eval_blocked_by_csp: None,
                unique_context_id: None,
                serialization_options: None,
            })
            .unwrap();
        let text = done.result.value.as_ref().and_then(|value| value.as_str());
        let text = text.unwrap_or_else(|| panic!("{expression}: {:?}", done.exception_details));
        serde_json::from_str(text).unwrap()
    }

    /// Runs statements and waits until something is so.
    pub(super) fn after(&self, statements: &str, expected: &str) {
        let _: bool = self.eval(&format!("(() => {{ {statements}; return true; }})()"));
        self.wait(expected);
    }

    /// Waits until something is so.
    pub(super) fn wait(&self, expected: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        while !self.eval::<bool>(&format!("Boolean({expected})")) {
            assert!(Instant::now() < end, "never: {expected}; {:?}", self.troubles.lock().unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(super) fn press(&self, key: &str) {
        self.tab.press_key(key).unwrap();
    }

    pub(super) fn write(&self, text: &str) {
        self.tab.type_str(text).unwrap();
    }

    /// What errors the page had, and what it asked the network for besides itself.
    pub(super) fn troubles(&self) -> Vec<String> {
        let is_outside = |url: &&String| !url.starts_with("file://") && !url.starts_with("blob:");
        let requests = self.requests.lock().unwrap();
        let troubles = self.troubles.lock().unwrap();
        troubles.iter().chain(requests.iter().filter(is_outside)).cloned().collect()
    }

    /// As a person with these settings sees it.
    pub(super) fn emulate(&self, scheme: &str, medium: &str) {
        let feature = |name: &str, value: &str| Emulation::MediaFeature {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let features =
            vec![feature("prefers-color-scheme", scheme), feature("prefers-reduced-motion", "reduce")];
        self.tab
            .call_method(Emulation::SetEmulatedMedia {
                media: Some(medium.to_owned()),
                features: Some(features),
            })
            .unwrap();
    }

    /// A picture of the page, or of its first so many pixels.
    pub(super) fn picture(&self, width: u32, most: u32) -> Vec<u8> {
        let size = |height| Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            scale: None,
            screen_width: None,
            screen_height: None,
            position_x: None,
            position_y: None,
            dont_set_visible_size: None,
            screen_orientation: None,
            viewport: None,
            display_feature: None,
            device_posture: None,
        };
        self.tab.call_method(size(900)).unwrap();
        let _: bool =
            self.eval("(document.documentElement.style.setProperty('scroll-behavior', 'auto'), true)");
        let height: f64 = self.eval("document.documentElement.scrollHeight");
        self.tab.call_method(size((height as u32).clamp(200, most))).unwrap();
        let _: bool = self.eval(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
        );
        self.tab.capture_screenshot(PageDomain::CaptureScreenshotFormatOption::Png, None, None, true).unwrap()
    }

    /// The page as it is printed.
    pub(super) fn pdf(&self) -> Vec<u8> {
        self.tab.print_to_pdf(None).unwrap()
    }

    /// Saves a file by a click and gives its content.
    pub(super) fn saved(&self, folder: &Path, click: &str, name: &str) -> String {
        self.tab
            .call_method(BrowserDomain::SetDownloadBehavior {
                behavior: BrowserDomain::SetDownloadBehaviorBehaviorOption::Allow,
                browser_context_id: None,
                download_path: Some(folder.display().to_string()),
                events_enabled: None,
            })
            .unwrap();
        let _: bool = self.eval(&format!("({click}, true)"));
        let (end, file) = (Instant::now() + Duration::from_secs(20), folder.join(name));
        while !file.is_file() {
            assert!(Instant::now() < end, "{name} was not saved; {:?}", self.troubles());
            std::thread::sleep(Duration::from_millis(50));
        }
        std::fs::read_to_string(file).unwrap()
    }

    /// What axe-core finds against WCAG 2.2 AA, a line each; nothing where it is not at hand.
    pub(super) fn axe(&self) -> Option<Vec<String>> {
        let script = axe()?;
        self.tab.evaluate(&script, false).unwrap();
        Some(self.eval(
            "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }) \
            .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)))",
        ))
    }
}

/// The script of axe-core, where it is at hand. In CI it must be.
fn axe() -> Option<String> {
    let path = std::env::var_os("TWICETOLD_AXE")
        .map_or_else(|| super::root().join("target/checked/axe.min.js"), PathBuf::from);
    let script = std::fs::read_to_string(&path).ok();
    if script.is_none() {
        assert!(
            std::env::var_os("TWICETOLD_NEEDS_BROWSER").is_none(),
            "no axe-core at {}, and TWICETOLD_NEEDS_BROWSER is set",
            path.display()
        );
        eprintln!("skipped: no axe-core at {}; `.ci/run` puts it there", path.display());
    }
    script
}
