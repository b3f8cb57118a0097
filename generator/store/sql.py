"""All SQL of the store; `?` marks a parameter. SQLite and PostgreSQL both run it, but for what is named after one.

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
    (  # 2: articles read in full, and finding the entries of one address
        """create table pages (
            url text primary key,
            asked text not null,
            outcome text not null,
            text text not null
        )""",
        "create index items_url on items (url)",
    ),
)
VERSION = len(MIGRATIONS)

SQLITE_TABLES = "select name from sqlite_master where type = 'table'"
POSTGRES_TABLES = "select table_name from information_schema.tables where table_schema = current_schema()"
KEEP_TABLE = "create table {copy} as table {table}"  # PostgreSQL's; SQLite copies its file
LOCK_TIMEOUT = "select set_config('lock_timeout', ?, false)"
ONE_WRITER = "select pg_advisory_xact_lock(hashtext('ribao ' || current_schema()))"

GET_META = "select value from meta where key = ?"
SET_META = (
    "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value"
)

COLUMNS = "id, url, link, title, feed, published, first_seen, precision, summary, text, language, author, tags, image"
_INSERTED = f"{COLUMNS}, digest, shelved"
INSERT_ITEM = f"insert into items ({_INSERTED}) values ({', '.join('?' * 16)}) on conflict (id) do nothing"
UPDATE_ITEM = (
    "update items set title = ?, summary = ?, text = ?, author = ?, tags = ?, image = ?, language = ?,"
    " published = ?, precision = ?, digest = ? where id = ?"
)
KNOWN_ITEM = f"select {COLUMNS}, digest from items where id = ?"
SAME_URL = f"select {COLUMNS} from items where url = ? and feed <> ?"
RENAME_ITEM = "update items set id = ?, published = ? where id = ?"
# An item as it is read: the text of its page where that says more than the feed did.
_READ = (
    "select i.id, i.url, i.link, i.title, i.feed, i.published, i.first_seen, i.precision, i.summary,"
    " case when length(p.text) > length(i.text) then p.text else i.text end,"
    " i.language, i.author, i.tags, i.image, i.shelved from items i left join pages p on p.url = i.url"
)
ITEMS = f"{_READ} where i.published > ? and i.published <= ? and i.shelved = 0 order by i.published, i.id"
# the next so many after a place in the order of time and id
ITEMS_AFTER = f"{_READ} where (i.published, i.id) > (?, ?) order by i.published, i.id limit ?"
COUNT_ITEMS = "select count(*) from items"
# An undated entry that its feed still shows would come back as today's news.
FORGET_ITEMS = "delete from items where published < ? and first_seen < ? and precision <> 'inferred'"
FORGET_PAGES = "delete from pages where asked < ? and url not in (select url from items)"

# a page is asked for once; of several entries at its address the newest says where it is
UNREAD_PAGES = (
    "select i.url, i.link from items i left join pages p on p.url = i.url"
    " where p.url is null and i.url <> '' and i.feed = ? and i.shelved = 0 and i.published > ?"
    " order by i.published desc, i.id limit ?"
)
SAVE_PAGE = "insert into pages (url, asked, outcome, text) values (?, ?, ?, ?) on conflict (url) do nothing"

FEEDS = "select name, state from feeds order by name"
SAVE_FEED = (
    "insert into feeds (name, state) values (?, ?) on conflict (name) do update set state = excluded.state"
)
