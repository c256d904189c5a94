import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withRule } from '../../../scripts/new-rule/registry-text';
import { exportName, kindOf, ruleSource, testSource } from '../../../scripts/new-rule/skeleton';

const registry = fs.readFileSync(path.resolve(__dirname, '../../../lib/rules/registry.ts'), 'utf8');

describe('the registry with one more rule', () => {
  it.each(['aardvark-missing', 'network-acl-missing', 'rulebook-missing', 'zone-missing'])('%s', (id) => {
    const lines = withRule(registry, id)?.split('\n') ?? [];
    const imports = lines.filter((line) => line.startsWith('import ')).map((line) => line.split("'")[1]);
    expect(imports).toEqual([...imports].sort());
    expect(imports).toContain(`./${id}`);
    const listed = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim().replace(',', ''));
    expect(listed).toEqual(imports.filter((one) => one !== './rule').map((one) => exportName(one?.slice(2) ?? '')));
    expect(lines[0]).toBe(registry.split('\n')[0]);
  });

  it('is none if it is there already', () => {
    expect(withRule(registry, 'target-orphaned')).toBeUndefined();
  });

  it('is what prettier and eslint would have, for the rules there are', () => {
    const without = registry.split('\n').filter((line) => !/target-orphaned|targetOrphaned/.test(line));
    expect(withRule(without.join('\n'), 'target-orphaned')).toBe(registry);
  });
});

describe('the skeleton', () => {
  it.each([
    ['cloudmap-instance-without-ipv6', 'cloudmap-instance'],
    ['target-group-missing', 'target-group'],
    ['target-family-mismatch', 'target'],
    ['instance-os-unsupported', 'instance'],
    ['log-endpoint-ipv4-only', 'service'],
  ])('%s judges %s', (id, kind) => {
    expect(kindOf(id)).toBe(kind);
  });

  it('is a rule and a test of it', () => {
    expect(ruleSource('vpc-without-ipv6')).toContain("id: 'vpc-without-ipv6',\n    title: 'Vpc without ipv6'");
    expect(ruleSource('vpc-without-ipv6')).toContain('export const vpcWithoutIpv6 = defineRule(');
    expect(testSource('vpc-without-ipv6')).toContain('testRule(vpcWithoutIpv6, {');
    expect(testSource('vpc-without-ipv6')).toContain("import { aVpc } from '../support/builders';");
  });
});
