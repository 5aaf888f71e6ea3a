// Lighthouse over a survey as a phone meets it: the first page as it loads, then a middle and the last one as they stand.
// node lighthouse.mjs FOLDER-WITH-LIGHTHOUSE CHROMIUM ADDRESS [CHROMIUM'S FLAGS …]; prints one JSON object.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, chromium, address, ...args] = process.argv.slice(2);
const from = createRequire(`${folder}/node_modules/lighthouse/package.json`);
const load = (name) => import(pathToFileURL(from.resolve(name)));
const { startFlow } = await import(pathToFileURL(`${folder}/node_modules/lighthouse/core/index.js`));
const { default: puppeteer } = await load("puppeteer-core");

const ON = "[data-section]:not([hidden]) button[value=on]";
const browser = await puppeteer.launch({ executablePath: chromium, args, headless: true });
const page = await browser.newPage();
const flow = await startFlow(page, { name: "survey" });
await flow.navigate(address, { name: "first" });
await page.click("[data-begin] button[value=on]");
await page.waitForSelector("[data-whole]");
await page.type("#age", "17");
for (let at = 0; at < 3; at += 1) await page.click(ON);
await flow.snapshot({ name: "middle" });
for (let at = 0; at < 3; at += 1) await page.click(ON);
await flow.snapshot({ name: "last" });
const { steps } = await flow.createFlowResult();
await browser.close();

const found = {};
for (const { name, lhr } of steps) {
  const failed = (ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 0.9;
  found[name] = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score, auditRefs }]) => {
    const below = auditRefs.filter(failed).map((ref) => `${ref.id} ${lhr.audits[ref.id].displayValue ?? ""}`.trim());
    return [id, { score: score === null ? null : Math.round(score * 100), below }];
  }));
}
console.log(JSON.stringify(found));
