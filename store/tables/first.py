"""The tables that articles, what was read in them, stories, chats and loads stand in."""

TABLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT UNIQUE,
    loaded_at TEXT NOT NULL
);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    captions TEXT NOT NULL,
    subheadings TEXT NOT NULL,
    authors TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    source TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    remarks TEXT NOT NULL,
    reading_version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    words_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    reading_hash TEXT NOT NULL,
    UNIQUE (article_id, number)
);
CREATE UNIQUE INDEX versions_newest ON versions (article_id) WHERE newest = 1;
CREATE INDEX versions_words ON versions (words_hash);
CREATE INDEX versions_text ON versions (text_hash);
CREATE TABLE quotations (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT,
    speaker_kind TEXT,
    confidence REAL NOT NULL,
    speech INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (version_id, number)
);
CREATE TABLE people (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    gender TEXT,
    PRIMARY KEY (version_id, number)
);
CREATE TABLE speakers (
    version_id INTEGER NOT NULL,
    quotation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (version_id, quotation, position),
    FOREIGN KEY (version_id, quotation) REFERENCES quotations (version_id, number) ON DELETE CASCADE,
    FOREIGN KEY (version_id, person) REFERENCES people (version_id, number) ON DELETE CASCADE
);
CREATE INDEX speakers_person ON speakers (version_id, person);
CREATE TABLE spans (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    owner INTEGER NOT NULL,
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (version_id, what, owner, number)
);
CREATE TABLE windows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    first_sentence INTEGER NOT NULL,
    last_sentence INTEGER NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX windows_version ON windows (version_id);
CREATE VIRTUAL TABLE window_words USING fts5 (
    title, outlet, words, content='windows', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    derived_revision INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stories_last ON stories (last, id);
CREATE TABLE memberships (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE
);
CREATE INDEX memberships_story ON memberships (story_id);
CREATE TABLE term_counts (
    term TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_terms (
    term TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    day TEXT,
    PRIMARY KEY (term, article_id)
) WITHOUT ROWID;
CREATE INDEX story_terms_article ON story_terms (article_id);
CREATE TABLE revisions (
    what TEXT PRIMARY KEY,
    number INTEGER NOT NULL
);
CREATE TABLE cast_members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    weight REAL NOT NULL
);
CREATE INDEX cast_members_story ON cast_members (story_id);
CREATE TABLE cast_people (
    cast_id INTEGER NOT NULL REFERENCES cast_members (id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (version_id, person),
    FOREIGN KEY (version_id, person) REFERENCES people (version_id, number) ON DELETE CASCADE
);
CREATE INDEX cast_people_cast ON cast_people (cast_id);
CREATE TABLE chats (
    chat TEXT PRIMARY KEY,
    story_id INTEGER REFERENCES stories (id) ON DELETE SET NULL
);
CREATE INDEX chats_story ON chats (story_id);
CREATE TABLE kept (
    id TEXT PRIMARY KEY,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    UNIQUE (chat, payload_hash)
);
CREATE INDEX kept_ends ON kept (ends_at);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE TABLE job_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL
);
CREATE INDEX job_items_job ON job_items (job_id);
CREATE INDEX job_items_article ON job_items (article_id);
CREATE TABLE payloads (
    item_id INTEGER NOT NULL REFERENCES job_items (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (item_id, number)
);
"""
