/** A report for people to read in a terminal. */
import type { Outcome } from '../apply/outcome';
import { severities, type Finding } from '../evaluate/finding';
import type { OverriddenFact } from '../facts/overridden-facts';
import type { Omitted, Report } from '../report/report';
import { shortName } from '../trigger/arn';
import { problemLine } from './policy-file';

const WIDEST_SEVERITY = Math.max(...severities.map((severity) => severity.length));

function findingLines(finding: Finding): readonly string[] {
  const indent = ' '.repeat(WIDEST_SEVERITY + 2);
  const mark = finding.verify ? ' (to verify)' : '';
  const exemption = finding.exemption && `exempt until ${finding.exemption.until}: ${finding.exemption.reason}`;
  const gap = finding.gap && `needs ${finding.gap.call}, which failed: ${finding.gap.reason}`;
  return [
    `${finding.severity.padEnd(WIDEST_SEVERITY)}  ${finding.rule}  ${shortName(finding.resource)}${mark}`,
    `${indent}${finding.message}`,
    ...[exemption, gap].flatMap((line) => (line === undefined ? [] : [`${indent}${line}`])),
    ...(finding.status === 'open' ? finding.fix.map((command) => `${indent}fix: ${command}`) : []),
  ];
}

function section(title: string, findings: readonly Finding[]): readonly string[] {
  return findings.length === 0 ? [] : [`${title} (${String(findings.length)})`, ...findings.flatMap(findingLines), ''];
}

function actionLine({ action, status, reason }: Outcome): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${status.padEnd(9)}  ${action.kind}  ${shortName(action.resource)}${why}`;
}

/** The policy's value, so that nobody takes it for what AWS said when this version was made. */
function factLine({ id, value, checked, recheck }: OverriddenFact): string {
  return `policy: fact ${id} is ${JSON.stringify(value)}, checked ${checked}, stale from ${recheck} on`;
}

const LAST_VALID = 'the last valid policy holds, in mode observe, until the written one can be read and is valid';

const count = (amount: number, noun: string): string => `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, one) => total + one, 0);

function omittedLine({ findings, actions, gaps, rest }: Omitted): string {
  const kinds = [count(findings, 'finding'), count(actions, 'action'), count(gaps, 'gap')];
  return `left out: ${kinds.join(', ')}: ${rest}`;
}

function summary(report: Report): string {
  const open = report.findings.filter((finding) => finding.status === 'open').length;
  const unknown = report.findings.filter((finding) => finding.status === 'unknown').length;
  const parts = [
    open === 0 ? 'no violations' : count(open, 'violation'),
    `${String(unknown)} unknown`,
    `${count(sum(report.scanned), 'resource')} looked at with ${count(sum(report.apiCalls), 'API call')} in ${(report.durationMs / 1000).toFixed(1)} s`,
    `account ${report.account}, ${report.regions.join(', ')}`,
    `policy ${report.policyVersion}, mode ${report.mode}`,
  ];
  return parts.join(' | ');
}

export function toTable(report: Report): string {
  const of = (status: Finding['status']) => report.findings.filter((finding) => finding.status === status);
  const problems = [...report.policyProblems, ...report.policyWarnings].map(problemLine);
  const facts = report.overriddenFacts.map(factLine);
  const gaps = report.gaps.map(({ call, reason }) => `not read: ${call} (${reason})`);
  const lines = [
    ...section('Violations', of('open')),
    ...section('Unknown', of('unknown')),
    ...section('Exempt', of('exempt')),
    ...(report.actions.length === 0 ? [] : ['Actions', ...report.actions.map(actionLine), '']),
    ...problems,
    ...facts,
    ...new Set(gaps),
    ...(report.omitted ? [omittedLine(report.omitted)] : []),
    ...(report.policyOrigin === 'last-valid' ? [LAST_VALID] : []),
    summary(report),
  ];
  return lines.join('\n');
}
