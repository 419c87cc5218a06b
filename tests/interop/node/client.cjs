// Drives the CMIS client of npm ("cmis") through a clerk's day, in the folder that it was installed into.
// Prints one line of JSON per step. Usage: node client.cjs URL USER < password
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
// the client is older than Node's own fetch and works with the one it brings along
for (const own of ["fetch", "FormData", "Headers", "Request", "Response"]) delete globalThis[own];
const cmis = require(require.resolve("cmis", { paths: [process.cwd()] }));

const [url, user] = process.argv.slice(2);
const password = fs.readFileSync(0, "utf-8").trim();
const session = new cmis.CmisSession(url).setCredentials(user, password).setCharset("UTF-8");
const id = (object) => object.succinctProperties["cmis:objectId"];
const name = (object) => object.succinctProperties["cmis:name"];
const text = async (documentId) => (await session.getContentStream(documentId)).text();
const refusal = (call, status) => assert.rejects(call, (error) => error.response.status === status);
const made = {};

const steps = {
  async "finds the repository and its types"() {
    await session.loadRepositories();
    assert.equal(session.defaultRepository.cmisVersionSupported, "1.1");
    assert.ok((await session.getRepositoryInfo())[session.defaultRepository.repositoryId]);
    assert.equal((await session.getTypeDefinition("clerk:case")).baseId, "cmis:folder");
    assert.ok((await session.getTypeChildren()).types.length >= 4);
    assert.ok((await session.getTypeDescendants("cmis:folder", -1, true)).length);
  },
  async "reads by path, id and list"() {
    made.place = id(await session.getObjectByPath("/Akten/Blomberg"));
    assert.equal(name(await session.getObject(made.place)), "Blomberg");
    const root = await session.getChildren(session.defaultRepository.rootFolderId, { includePathSegment: true });
    assert.ok(root.objects.some((child) => child.pathSegment === "Akten"));
    assert.equal(name(await session.getFolderParent(made.place)), "Akten");
    assert.ok((await session.getAllowableActions(made.place)).canCreateDocument);
    assert.equal((await session.getProperties(made.place))["cmis:path"], "/Akten/Blomberg");
  },
  async "creates a folder"() {
    made.folder = id(await session.createFolder(made.place, "Straße & Brücke „neu“ + 100 %", "clerk:case"));
    assert.equal(name(await session.getObject(made.folder)), "Straße & Brücke „neu“ + 100 %");
    await refusal(session.createFolder(made.place, "Straße & Brücke „neu“ + 100 %"), 409);
  },
  async "creates documents"() {
    const given = { "cmis:name": "Grüße.txt", "cmis:objectTypeId": "clerk:document", "clerk:subject": "Größe 😀" };
    made.letter = id(await session.createDocument(made.folder, Buffer.from("Guten Tag, Jürgen"), given));
    assert.equal(await text(made.letter), "Guten Tag, Jürgen");
    assert.equal((await session.getObject(made.letter)).succinctProperties["clerk:subject"], "Größe 😀");
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, place) => place % 251));
    const scan = { "cmis:name": "scan.bin", "cmis:objectTypeId": "clerk:document" };
    made.scan = id(await session.createDocument(made.folder, bytes, scan));
    const back = await (await session.getContentStream(made.scan)).buffer();
    assert.ok(bytes.equals(back));
  },
  async "updates one and many"() {
    const after = await session.updateProperties(made.letter, { "clerk:sender": "Müller; \"Söhne\" \\ Co" });
    assert.equal(after.succinctProperties["clerk:sender"], "Müller; \"Söhne\" \\ Co");
    const both = await session.bulkUpdateProperties([made.letter, made.scan], { "clerk:subject": "beide" });
    assert.equal(both.length, 2);
    const stale = session.updateProperties(made.letter, { "clerk:subject": "x" }, { changeToken: "0" });
    await refusal(stale, 409);
  },
  async "sets, appends and deletes content"() {
    await session.setContentStream(made.scan, Buffer.from("eins"), true, "scan.txt");
    await session.appendContentStream(made.scan, Buffer.from(" zwei"), true, "scan.txt");
    assert.equal(await text(made.scan), "eins zwei");
    await session.deleteContentStream(made.scan);
    await refusal(session.getContentStream(made.scan), 409);
  },
  async "checks out, cancels, checks in"() {
    await session.cancelCheckOut(id(await session.checkOut(made.letter)));
    const copy = id(await session.checkOut(made.letter));
    assert.equal((await session.getCheckedOutDocs()).objects.length, 1);
    const version = await session.checkIn(copy, true, "Grüße.txt", Buffer.from("Zweite Fassung"), undefined, "verbessert");
    assert.equal(version.succinctProperties["cmis:versionLabel"], "2.0");
    assert.equal(version.succinctProperties["cmis:checkinComment"], "verbessert");
    made.letter = id(version);
    assert.equal(await text(made.letter), "Zweite Fassung");
  },
  async "queries"() {
    const found = await session.query("SELECT * FROM clerk:document WHERE cmis:name LIKE 'Gr_ße%' ORDER BY cmis:name");
    assert.deepEqual(found.results.map(id), [made.letter]);
    const page = await session.query("SELECT cmis:objectId FROM cmis:folder", false, { maxItems: 1, skipCount: 1 });
    assert.equal(page.results.length, 1);
    assert.ok(page.hasMoreItems);
    await refusal(session.query("SELECT FROM WHERE"), 400);
  },
  async "follows the change log"() {
    const changes = await session.getContentChanges(undefined, true);
    assert.ok(changes.objects.length && changes.changeLogToken);
  },
  async "copies, moves and walks the tree"() {
    const copy = await session.createDocumentFromSource(made.folder, made.letter, undefined, { "cmis:name": "Abschrift.txt", "cmis:objectTypeId": "clerk:document" });
    assert.equal(await text(id(copy)), "Zweite Fassung");
    const other = id(await session.createFolder(made.place, "anderswo"));
    await session.moveObject(id(copy), made.folder, other);
    assert.deepEqual((await session.getChildren(other)).objects.map((child) => id(child.object)), [id(copy)]);
    assert.equal((await session.getParents(id(copy))).length, 1);
    assert.ok((await session.getDescendants(made.place, 2)).length >= 2);
    assert.ok((await session.getFolderTree(made.place, 2)).length >= 2);
  },
  async "deletes a document and a tree"() {
    await session.deleteObject(made.letter, true);
    await refusal(session.getObject(made.letter), 404);
    await session.deleteTree(made.folder);
    await refusal(session.getObject(made.folder), 404);
  },
  async "is refused with a wrong password"() {
    await refusal(new cmis.CmisSession(url).setCredentials(user, "falsch").loadRepositories(), 401);
  },
};

async function main() {
  for (const [test, step] of Object.entries(steps)) {
    let said = "";
    try {
      await step();
    } catch (error) {
      const body = error.response ? ` ${error.response.status} ${await error.response.text()}` : "";
      said = `${error.message}${body}`;
    }
    console.log(JSON.stringify({ test, result: said ? "FAILURE" : "OK", text: said }));
  }
}

main();
