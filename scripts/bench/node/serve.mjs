// Times peers from npm. One question a line on standard input, one answer a line on standard output:
//   {"prepare": task, "given": …} → {"answer": …} or {"missing": why}
//   {"task": task, "count": n}    → {"seconds": s}, by process.hrtime, the loop alone
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(`${process.argv[2]}/`);
const unwrap = (module) => module.default ?? module;

// Each task: what is done once, and the function that does one piece of work and answers it in plain values.
const tasks = {
  expression: ({ text, context }) => {
    const { evaluate } = require('feelin');
    return () => {
      const found = evaluate(text, context);
      return found !== null && typeof found === 'object' ? found.value : found;
    };
  },

  formio: ({ components, submissions }) => {
    const { processSync, ProcessTargets } = require('@formio/core');
    return check(submissions, (data) => {
      const context = {
        form: { components }, components, submission: { data }, data,
        scope: {}, config: { server: true }, processors: ProcessTargets.submission,
      };
      processSync(context);
      context.processors = ProcessTargets.evaluator;
      processSync(context);
      return context.scope.errors.length === 0;
    });
  },

  survey: ({ model, submissions }) => {
    const { Model } = require('survey-core');
    const survey = new Model(model);
    return check(submissions, (data) => {
      survey.data = data;
      return survey.validate(false);
    });
  },

  lint: ({ model }) => {
    const { lintSurvey } = require('survey-core/linter');
    const once = () => lintSurvey(model);
    once.shown = (found) => found.errorCount === 0;
    return once;
  },

  rjsf: ({ schema, formData }) => {
    const React = require('react');
    const { renderToStaticMarkup } = require('react-dom/server');
    const Form = unwrap(require('@rjsf/core'));
    const validator = unwrap(require('@rjsf/validator-ajv8'));
    const draw = () => renderToStaticMarkup(React.createElement(Form, { schema, validator, formData }));
    draw.shown = (html) => [...html.matchAll(/ id="root_([a-z]+_\d+)"/g)].map((found) => found[1]).sort();
    return draw;
  },
};

// The first submission is what is timed; the verdicts on all of them are what is compared. Each is copied, because
// some peers write into what they are handed.
function check(submissions, judge) {
  const once = () => judge({ ...submissions[0] });
  once.shown = () => submissions.map((data) => judge({ ...data }));
  return once;
}

const prepared = {};
let kept;  // so that no work is optimised away

function answer(question) {
  if (question.prepare) {
    const once = tasks[question.prepare](question.given);
    prepared[question.prepare] = once;
    const found = once();
    return { answer: once.shown ? once.shown(found) : found };
  }
  const once = prepared[question.task];
  const begun = process.hrtime.bigint();
  for (let n = 0; n < question.count; n += 1) kept = once();
  return { seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
}

for await (const line of createInterface({ input: process.stdin })) {
  let found;
  try {
    found = answer(JSON.parse(line));
  } catch (error) {
    found = error.code === 'MODULE_NOT_FOUND' ? { missing: error.message.split('\n')[0] } : { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
