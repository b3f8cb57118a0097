"""The sites that are built: Hugo's with the pages of our theme plain-bench, ours with it, ours with everything on."""

from __future__ import annotations

HUGO = {
    "hugo.toml": """baseURL = "https://site.example.com/"
title = "每日简报"
disableKinds = ["section", "404"]
[pagination]
pagerSize = 20
[taxonomies]
tag = "tags"
[outputs]
home = ["html", "rss"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 20
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
noClasses = false
""",
    "layouts/baseof.html": """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{{ .Title }} - {{ .Site.Title }}</title><meta name="description" content="{{ .Params.summary }}">
<link rel="canonical" href="{{ .Permalink }}"><link rel="alternate" type="application/rss+xml" href="/index.xml">
</head><body><nav><a href="/">首页</a> <a href="/tags/">标签</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/home.html": """{{ define "main" }}{{ $p := .Paginate .Site.RegularPages }}{{ range $p.Pages }}<section>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><time>{{ .Date.Format "2006-01-02" }}</time><p>{{ .Params.summary }}</p></section>
{{ end }}{{ if $p.HasPrev }}<a href="{{ $p.Prev.URL }}">←</a>{{ end }} {{ if $p.HasNext }}<a href="{{ $p.Next.URL }}">→</a>{{ end }}{{ end }}
""",
    "layouts/page.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1><p><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>{{ .Content }}</article>
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>{{ end }}
""",
    "layouts/term.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time>
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
    "layouts/taxonomy.html": """{{ define "main" }}<ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a>
{{ .Count }}</li>{{ end }}</ul>{{ end }}
""",
}
PLAIN = """[site]
title = "每日简报"
base_url = "https://site.example.com/"
theme = "plain-bench"
[markdown]
raw_html = "allow"
[build]
formats = ["rss"]
search = false
markdown_copies = false
related = 0
"""
DEFAULT = '[site]\ntitle = "每日简报"\nbase_url = "https://site.example.com/"\n'
NO_SEARCH = f"{DEFAULT}[build]\nsearch = false\n"
