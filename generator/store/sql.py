"""All SQL of the store; `?` marks a parameter.

Times are ISO text in UTC to the second, all of one length, so that they sort as time does.
"""

from __future__ import annotations

# One script a version, never changed once released: a store is brought up by running the later ones.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (  # 1
        "create table meta (key text primary key, value text not null)",
        """create table items (
            id text primary key,
            url text not null,
            link text not null,
            title text not null,
            feed text not null,
            published text not null,
            first_seen text not null,
            precision text not null,
            summary text not null,
            text text not null,
            language text not null,
            author text not null,
            tags text not null,
            image text not null,
            digest text not null,
            shelved integer not null default 0
        )""",
        "create index items_published on items (published, id)",
        "create index items_feed on items (feed, first_seen)",
        "create table feeds (name text primary key, state text not null)",
    ),
)
VERSION = len(MIGRATIONS)

GET_META = "select value from meta where key = ?"
SET_META = (
    "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value"
)

COLUMNS = "id, url, link, title, feed, published, first_seen, precision, summary, text, language, author, tags, image"
INSERT_ITEM = f"insert into items ({COLUMNS}, digest, shelved) values ({', '.join('?' * 16)}) on conflict (id) do nothing"
UPDATE_ITEM = (
    "update items set title = ?, summary = ?, text = ?, author = ?, tags = ?, image = ?, language = ?,"
    " published = ?, precision = ?, digest = ? where id = ?"
)
KNOWN_ITEM = f"select {COLUMNS}, digest from items where id = ?"
ITEMS = f"select {COLUMNS} from items where published > ? and published <= ? and shelved = 0 order by published, id"
ALL_ITEMS = f"select {COLUMNS} from items order by published, id"
COUNT_ITEMS = "select count(*) from items"
# An undated entry that its feed still shows would come back as today's news.
FORGET_ITEMS = "delete from items where published < ? and first_seen < ? and precision <> 'inferred'"

FEEDS = "select name, state from feeds order by name"
SAVE_FEED = (
    "insert into feeds (name, state) values (?, ?) on conflict (name) do update set state = excluded.state"
)
FORGET_FEED = "delete from feeds where name = ?"
