/**
 * `npm run mutation [-- rules/instance evaluate]`: breaks the code of the stages that decide in thousands of small ways
 * and runs their tests against each. Fails if tests notice less than nine of ten in a stage, or if one stays unnoticed
 * that docs/mutation-survivors.yaml does not explain. By hand, before a release: docs/mutation.md.
 */
import { percentOf, scores } from './mutation/score';
import { sourceFiles, STAGES } from './mutation/stages';
import { mutate } from './mutation/stryker';
import { compareSurvivors, LIST, listText } from './mutation/survivors';

/** In percent. */
const LEAST = 90;

function judge(sources: readonly string[]): boolean {
  const files = mutate(sources);
  const found = scores(files);
  for (const score of found) {
    const of = `${String(score.noticed)} of ${String(score.noticed + score.survived)}`;
    console.log(`${score.name.padEnd(10)} ${percentOf(score).toFixed(1)} %  ${of}`);
  }
  const { unexplained, outdated } = compareSurvivors(files);
  if (unexplained.size > 0)
    console.log(`\nNoticed by no test, and not explained in ${LIST}:\n${listText(unexplained)}`);
  if (outdated.size > 0) console.log(`\nExplained in ${LIST}, and noticed or gone:\n${listText(outdated)}`);
  return unexplained.size === 0 && outdated.size === 0 && found.every((score) => percentOf(score) >= LEAST);
}

const sources = sourceFiles(process.argv.slice(2));
if (sources.length === 0) {
  console.error(`no source begins like that; name one of ${STAGES.join(', ')}, or the beginning of a path below lib`);
  process.exitCode = 2;
} else if (!judge(sources)) {
  process.exitCode = 1;
}
