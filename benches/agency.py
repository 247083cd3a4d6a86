#!/usr/bin/env python3
"""Turns the 1987 agency file (Reuters-21578, SGML, research use, not part of this project) into records.

    agency.py reuters21578-sgm.tar.xz --stories 1000 [--skip 0] > stories.jsonl

Each story is a JSON Lines record: {"id", "text", "published", "title", "source"}. Used to measure how quiet
`twicetold check stories.jsonl` is on real news. Does nothing, with a message, where the archive is absent.
"""
import argparse
import datetime
import html
import json
import os
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args()
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
