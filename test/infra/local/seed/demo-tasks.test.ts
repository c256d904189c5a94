import { expect, it } from '@jest/globals';
import { tasksPart } from '../../../../infra/local/seed/demo/tasks';
import type { Finding } from '../../../../lib/evaluate/finding';
import type { Snapshot } from '../../../../lib/snapshot/snapshot';
import { auditParts } from '../../../support/audit-parts';

/** Rule to whose fault it is: a task definition that is run, or a part of the message. */
const faults: Readonly<Record<string, string>> = {
  'account-dual-stack-setting-off': 'disabled in eu-central-1: new tasks of kiosk',
  'efs-mount-target-ipv4-only': 'is mounted by scans in eu-west-2a',
  'log-endpoint-ipv4-only': 'invoices:1 sends logs to logs.eu-west-2.amazonaws.com',
  'service-exec-enabled': 'helpdesk starts',
  'task-exec-enabled': 'console:1 ',
  'task-os-unsupported': 'plotter:1 ',
  'task-platform-too-old': 'till:1 ',
  'task-stuck-registering': 'of mailroom has been ACTIVATING',
  'task-with-ipv4': 'fax:1 ',
};

/** What the task of a finding runs, and the message. */
function blamed({ tasks }: Snapshot, { resource, message }: Finding): string {
  const ran = tasks.get(resource)?.taskDefinitionArn ?? '';
  return `${ran.slice(ran.lastIndexOf('/') + 1)} ${message}`;
}

it('has each fault of tasks once, and no other', async () => {
  const audits = await auditParts(tasksPart);
  expect(audits.flatMap(({ snapshot }) => snapshot.gaps)).toEqual([]);
  expect(audits.flatMap(({ findings }) => findings).filter(({ status }) => status !== 'open')).toEqual([]);
  const found = audits.flatMap(({ snapshot, findings }) =>
    findings.map((finding) => [finding.rule, blamed(snapshot, finding)]),
  );
  expect(found.sort()).toEqual(Object.entries(faults).map(([rule, text]) => [rule, expect.stringContaining(text)]));
});
