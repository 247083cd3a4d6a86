//! The seeds, grown: articles made of their paragraphs with words exchanged, the same on every machine.

use std::path::Path;
use twicetold::corpus::Document;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

/// Articles of about so many bytes together. One paragraph in ten is a copy as it stands, so that there
/// is something to find; in the others two words in five are exchanged.
pub(crate) fn documents(bytes: usize) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the seeds are there").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(file).expect("the seeds are text")).collect();
    let paragraphs: Vec<&str> =
        texts.iter().flat_map(|text| text.lines()).filter(|line| line.len() > 80).collect();
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    let mut random = Random(1);
    let mut documents = Vec::new();
    let mut made = 0;
    while made < bytes {
        let text: Vec<String> = (0..12).map(|_| paragraph(&paragraphs, &words, &mut random)).collect();
        let text = text.join("\n\n");
        made += text.len();
        documents.push(Document::plain(format!("{:05}.txt", documents.len()), text));
    }
    documents
}

fn paragraph(paragraphs: &[&str], words: &[&str], random: &mut Random) -> String {
    let source = paragraphs[random.below(paragraphs.len())];
    if random.below(10) == 0 {
        return source.to_owned();
    }
    let exchanged = source
        .split(' ')
        .map(|word| if random.below(5) < 2 { words[random.below(words.len())] } else { word });
    exchanged.collect::<Vec<_>>().join(" ")
}
