// Ajv's answers, for differential.py: a line [draft, schema, instances] in, a list of booleans out.
// A schema that Ajv refuses gives its message; null what it cannot tell (endless recursion).
const Ajv7 = require("ajv");
const Ajv2020 = require("ajv/dist/2020");
const formats = require("ajv-formats").default;

const options = { strict: false, allErrors: false, logger: false };

function answer(line) {
  const [draft, schema, instances] = JSON.parse(line);
  const ajv = draft === "draft7" ? new Ajv7.default(options) : new Ajv2020.default(options);
  formats(ajv);
  try {
    const validate = ajv.compile(schema);
    return instances.map((instance) => validate(instance) === true);
  } catch (error) {
    return error instanceof RangeError ? null : String(error.message);
  }
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => process.stdout.write(JSON.stringify(answer(line)) + "\n"));
