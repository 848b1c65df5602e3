// Times a whole prediction of the sample patient, stage by stage: node bench/prediction/measure.mjs [runs]
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "threadwell");
const plan = join(root, "out/sample/plan.json");
const runs = Number(process.argv[2] ?? 3);

// The first start builds the program and makes the sample patient and its plan.
if (!existsSync(plan) || spawnSync(program, ["--version"], { cwd: root }).status !== 0) {
  const made = spawnSync(program, ["sample"], { cwd: root, stdio: "inherit" });
  if (made.status !== 0) process.exit(1);
}

// The stage of a line on the error stream: the months of a course are one.
const stageOf = (line) => /^\s*\d+ %\s+(.*)$/.exec(line)?.[1].replace(/^Month.*/, "Courses");

function predict(out) {
  return new Promise((done, fail) => {
    const started = process.hrtime.bigint();
    const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
    const child = spawn("/usr/bin/time", ["-f", "resources %U %S %M", program, "predict", plan, "--out", out], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    const stages = new Map();
    let [stage, since, rest, resources] = ["Start", 0, "", null];
    const close = () => stages.set(stage, (stages.get(stage) ?? 0) + seconds() - since);
    child.stderr.on("data", (data) => {
      const lines = (rest + data).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        resources = /^resources (\S+) (\S+) (\S+)$/.exec(line) ?? resources;
        const next = stageOf(line);
        if (next && next !== stage) {
          close();
          [stage, since] = [next, seconds()];
        }
      }
    });
    child.on("close", (code) => {
      close();
      if (code !== 0 || !resources) return fail(new Error(`The prediction failed with ${code}.`));
      stages.delete("Done");
      done({ wall: seconds(), cpu: Number(resources[1]) + Number(resources[2]), megabytes: Number(resources[3]) / 1024, stages });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "threadwell-bench-"));
try {
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await predict(join(folder, String(run))));
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const row = (name, of, digits = 2) => console.log(`| ${name} | ${median(results.map(of)).toFixed(digits)} |`);
  console.log("| median of | seconds |\n|---|---|");
  for (const stage of results[0].stages.keys()) row(stage, (result) => result.stages.get(stage) ?? 0);
  row("Whole process", (result) => result.wall);
  row("Processor time", (result) => result.cpu);
  console.log(`\nLargest memory: ${Math.max(...results.map((result) => result.megabytes)).toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
