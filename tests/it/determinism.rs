//! The same input gives the same bytes, for any number of threads and any order of files.

use super::{root, run_in, stdout};

const FORMATS: [&str; 4] = ["full", "concise", "json", "html"];

fn check(args: &[&str]) -> String {
    let output = run_in(root(), &[&["check", "--isolated", "--fail-level", "none"], args].concat());
    assert_eq!(output.status.code(), Some(0));
    stdout(&output)
}

#[test]
fn threads_change_nothing() {
    for format in FORMATS {
        let run = |threads| check(&["seeds", "tests/cases", "--output-format", format, "-j", threads]);
        let one = run("1");
        assert!(one.len() > 100);
        assert_eq!(one, run("2"), "{format}");
        assert_eq!(one, run("7"), "{format}");
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let mut files: Vec<String> = super::files_below(&root().join("seeds"))
        .iter()
        .map(|path| format!("seeds/{}", path.file_name().unwrap().to_string_lossy()))
        .collect();
    for format in FORMATS {
        let run = |files: &[String]| {
            let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
            args.extend(["--output-format", format]);
            check(&args)
        };
        let sorted = run(&files);
        files.reverse();
        assert_eq!(sorted, run(&files), "{format}");
        files.rotate_left(2);
        assert_eq!(sorted, run(&files), "{format}");
        assert_eq!(sorted, check(&["seeds", "--output-format", format]), "{format}");
    }
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let once = check(&["seeds", "--output-format", "json"]);
    assert_eq!(
        once,
        check(&["seeds", "seeds/002_dfb1fa002a5929e0.txt", "seeds/", "--output-format", "json"])
            .replace("seeds//", "seeds/")
    );
}
