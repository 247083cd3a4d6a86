#!/usr/bin/env python3
"""What a cache saves: `check` on 2,000 Markdown articles in a git repository, first without a cache, then a second time
with one, then `--staged` with one changed file. Figures are ratios to the first, of medians of runs in turn.

    cargo build --release && python3 benches/cache.py [--articles 2000] [--runs 7]

The articles are made by a chain of words (Markov 1913, order one) over the test cases, with a fixed seed: no two alike, with
names, dates and figures as rules want them.
"""

import argparse
import collections
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("TWICETOLD", ROOT / "target" / "release" / "twicetold"))


def chain():
    """What follows each word in the articles of the test cases."""
    following = collections.defaultdict(list)
    starts = []
    for path in sorted(ROOT.glob("tests/cases/story-*/[abc].*")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            words = paragraph.split()
            if len(words) > 12:
                starts.append(words[0])
                for one, two in zip(words, words[1:]):
                    following[one].append(two)
    return starts, following


def article(number, starts, following, chance):
    """A headline and eight paragraphs of about sixty words."""
    paragraphs = []
    for _ in range(8):
        words = [chance.choice(starts)]
        while len(words) < 90 and not (len(words) > 50 and words[-1].endswith(".")):
            choices = following.get(words[-1])
            words.append(chance.choice(choices) if choices else chance.choice(starts))
        paragraphs.append(" ".join(words))
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return f"---\ntitle: Article {number}\npublished: {day}\n---\n\n# Article {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def git(folder, *args):
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def seconds(folder, *args):
    command = [str(BINARY), "check", "--isolated", "-q", "--exit-zero", "--output-format", "json=/dev/null", *args]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True)
    return time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args()
    chance = random.Random(1913)
    starts, following = chain()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        folder = pathlib.Path(folder)
        total = 0
        for number in range(args.articles):
            text = article(number, starts, following, chance)
            total += len(text.encode())
            (folder / f"{number:05}.md").write_text(text, "utf-8")
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "articles")
        kept = ["--cache-dir", cache]
        first = seconds(folder, ".", *kept)
        times = collections.defaultdict(list)
        for run in range(args.runs):
            times["without a cache"].append(seconds(folder, ".", "--no-cache"))
            times["second run"].append(seconds(folder, ".", *kept))
            changed = folder / f"{run:05}.md"
            changed.write_text(changed.read_text("utf-8") + f"\nThe harbour office counted {run + 40} ships.\n", "utf-8")
            git(folder, "add", "-A")
            times["--staged, one changed"].append(seconds(folder, "--staged", *kept))
            git(folder, "commit", "-qm", f"change {run}")
        whole = statistics.median(times["without a cache"])
        print(f"{args.articles} articles, {total / 1e6:.1f} MB; first run with an empty cache: {first / whole:.2f}")
        for name, taken in times.items():
            spread = f"{min(taken) / whole:.2f} to {max(taken) / whole:.2f}"
            print(f"{name:24}{statistics.median(taken):7.3f} s  {statistics.median(taken) / whole:5.2f} x ({spread})")


if __name__ == "__main__":
    main()
