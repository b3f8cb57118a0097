// A static server as hosts are: a sub-path, compression, fingerprinted assets cached for ever.
import { createReadStream, promises as fs } from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif", ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
};
const PACKED = new Set([".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".md"]);

/** Serve `folder` at the address it was built for, which its sitemap names; resolves to the server and that address. */
export async function serve(folder) {
  const map = await fs.readFile(path.join(folder, "sitemap.xml"), "utf8");
  const [, port, base] = /<loc>http:\/\/127\.0\.0\.1:(\d+)(\/.*?)sitemap-/.exec(map);
  const server = http.createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (!name.startsWith(base)) return end(response, 404, "outside the site");
    let file = path.join(folder, name.slice(base.length));
    try {
      if ((await fs.stat(file)).isDirectory()) {
        if (!name.endsWith("/")) {
          response.writeHead(301, { Location: `${new URL(request.url, "http://x").pathname}/` });
          return response.end();
        }
        file = path.join(file, "index.html");
      }
      await fs.access(file);
    } catch {
      const missing = path.join(folder, "404.html");
      return end(response, 404, await fs.readFile(missing).catch(() => "not found"), ".html");
    }
    const suffix = path.extname(file);
    const headers = {
      "Content-Type": TYPES[suffix] ?? "application/octet-stream",
      "Cache-Control": name.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (PACKED.has(suffix)) {
      const data = zlib.gzipSync(await fs.readFile(file));
      response.writeHead(200, { ...headers, "Content-Encoding": "gzip", "Content-Length": data.length });
      return response.end(request.method === "HEAD" ? undefined : data);
    }
    response.writeHead(200, { ...headers, "Content-Length": (await fs.stat(file)).size });
    if (request.method === "HEAD") return response.end();
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(Number(port), "127.0.0.1", ready));
  return { server, url: `http://127.0.0.1:${server.address().port}${base}` };
}

function end(response, status, data, suffix = ".txt") {
  response.writeHead(status, { "Content-Type": TYPES[suffix] });
  response.end(data);
}
