// Run queries on the data of a site's search: node run_queries.js QUERY_JS CLAIMS_JS < QUERIES.
// Reads a list of queries as JSON, and writes for each the ids it finds, or its error.
const { readFileSync } = require("fs");
const { runInThisContext } = require("vm");

for (const path of process.argv.slice(2)) runInThisContext(readFileSync(path, "utf8"));
const { find } = runInThisContext("claimcliQuery(claimcliData)");
const ids = runInThisContext("claimcliData.ids");

const codePoints = (text, end) => [...text.slice(0, end)].length + Math.max(0, end - text.length);
const answer = (query) => {
  try {
    return { ids: find(query).map((number) => ids[number]) };
  } catch (error) {
    if (!("hint" in error)) throw error;
    const { message, hint, start, end } = error;
    const at = start === undefined ? null : [codePoints(query, start), codePoints(query, end)];
    return { error: message, hint: hint ?? "", at };
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));
