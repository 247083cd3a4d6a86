#!/usr/bin/env python3
"""How `twicetold` grows on input that turns a careless join quadratic: each at a size and at ten times that size.

    cargo build --release && benches/scale.py target/release/twicetold

Prints for `pairs --distinct --containment 0.5` and for `check` the wall time and peak memory at both sizes, the
growth, and what was found. Growth near ten is linear.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

FOOTER = ("Sign up for the letter of the harbour office and read every Friday morning which ships are due, "
          "which piers are closed, and what the weather will be on the water.")


def sentence(number):
    return " ".join(f"w{(number * 31 + place * place * 7919) % 1000003}" for place in range(25))


CASES = {
    "copies of one paragraph": (10_000, lambda n: (FOOTER for _ in range(n))),
    "articles that share a footer": (1_000, lambda n: (f"{sentence(2 * i)}\n\n{sentence(2 * i + 1)}\n\n{FOOTER}" for i in range(n))),
    "articles whose footers differ in a number": (1_000, lambda n: (f"{sentence(i)}\n\n{FOOTER} Issue {i} of {i * 7}." for i in range(n))),
    "one paragraph of many words, twice": (100_000, lambda n: (" ".join(f"w{i * i % 999983}" for i in range(n)) + end for end in ("", " end"))),
    "one word, again and again": (1_000, lambda n: ("again " * (1 + i % 1000) for i in range(n))),
    "paragraphs of one word": (100_000, lambda n: (f"word{i}" for i in range(n))),
}


def run(command):
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines = sum(1 for _ in process.stdout)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024, lines


def main():
    program = sys.argv[1]
    print("| input | records | pairs s | MiB | lines | check s | MiB | findings |\n|---|---|---|---|---|---|---|---|")
    for name, (size, texts) in CASES.items():
        rows = []
        for n in (size, 10 * size):
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "records.jsonl")
                with open(path, "w") as file:
                    for number, text in enumerate(texts(n)):
                        file.write(json.dumps({"id": str(number), "text": text}) + "\n")
                pairs = run([program, "pairs", "--unit", "record", "--distinct", "--containment", "0.5", path])
                check = run([program, "check", "--isolated", "--output-format", "concise", path])
                rows.append((pairs, check))
                print(f"| {name} | {n} | {pairs[0]:.2f} | {pairs[1]:.0f} | {pairs[2]} | {check[0]:.2f} | {check[1]:.0f} | {check[2]} |")
        grown = [rows[1][k][0] / rows[0][k][0] for k in (0, 1)]
        print(f"| | x 10 | x {grown[0]:.1f} | | | x {grown[1]:.1f} | | |", flush=True)


resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
main()
