#!/usr/bin/env python3
"""Turns the 1987 agency file (Reuters-21578, SGML, research use, not part of this project) into records.

    agency.py reuters21578-sgm.tar.xz --stories 5000 [--skip 0] > stories.jsonl
    twicetold check stories.jsonl --output-format json > report.json
    agency.py --sample report.json [--findings 60] [--code TT10] [--seed 1]

Each story is a JSON Lines record: {"id", "text", "published", "title", "source"}. Used to measure how quiet
`twicetold check stories.jsonl` is on real news; `--sample` counts the findings and prints some at random, to be read.
Does nothing, with a message, where the archive is absent.
"""
import argparse
import datetime
import html
import json
import os
import random
import re
import sys
import tarfile

STORY = re.compile(r'<REUTERS .*?NEWID="(\d+)">(.*?)</REUTERS>', re.S)


def field(name, story):
    found = re.search(f"<{name}>(.*?)</{name}>", story, re.S)
    return html.unescape(found.group(1)) if found else ""


def record(number, story):
    body = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", field("BODY", story)).rstrip()
    body = re.sub(r"\n\s*(?:Reuter|REUTER)\s*$", "", body)
    day = re.search(r"(\d{1,2}-[A-Z]{3}-\d{4})", field("DATE", story))
    if not body or not day:
        return None
    published = datetime.datetime.strptime(day.group(1).title(), "%d-%b-%Y").date().isoformat()
    return {"id": number, "text": body, "published": published, "title": field("TITLE", story).strip(), "source": "agency"}


def sample(options):
    with open(options.sample) as file:
        report = json.load(file)
    stories = report["stats"]["documents"]
    for code, count in report["stats"]["by_code"].items():
        print(f"{code} {count} ({1000 * count / stories:.1f} in 1,000 stories)")
    findings = [finding for finding in report["findings"] if finding["code"].startswith(options.code)]
    chosen = random.Random(options.seed).sample(findings, min(options.findings, len(findings)))
    for finding in chosen:
        print(f"\n{finding['code']} {finding['message']}")
        for member in finding["members"][:3]:
            print(f"  {member['path']}:{member['start']['line']}  {' '.join(member['quote'].split())[:300]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", default="")
    parser.add_argument("--sample", metavar="REPORT")
    parser.add_argument("--findings", type=int, default=60)
    parser.add_argument("--code", default="TT1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args()
    if options.sample:
        return sample(options)
    if not os.path.exists(options.archive):
        sys.exit(f"skipped: {options.archive} is not here")
    written = 0
    with tarfile.open(options.archive) as archive:
        members = sorted((member for member in archive if member.name.endswith(".sgm")), key=lambda member: member.name)
        for member in members:
            for number, story in STORY.findall(archive.extractfile(member).read().decode("latin-1")):
                found = record(number, story)
                if found is None:
                    continue
                written += 1
                if written > options.skip:
                    print(json.dumps(found, ensure_ascii=False))
                if written == options.skip + options.stories:
                    return


main()
