// node draw.mjs FILE.pdf SCALE OUT.png: draws page 1 with pdf.js, annotations included, as a browser does.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { createCanvas } from "@napi-rs/canvas";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [file, scale, out] = process.argv.slice(2);
const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const document = await getDocument({
  data: new Uint8Array(readFileSync(file)),
  standardFontDataUrl: join(home, "standard_fonts") + "/",
  cMapUrl: join(home, "cmaps") + "/",
  wasmUrl: join(home, "wasm") + "/",
  verbosity: 0,
}).promise;
const page = await document.getPage(1);
const viewport = page.getViewport({ scale: Number(scale) });
const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
writeFileSync(out, canvas.toBuffer("image/png"));
