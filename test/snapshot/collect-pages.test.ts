/** Pages that hold less than they could, and tokens that run out in the middle of a list. */
import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aCollector, everything } from './a-collector';
import { aRegisteredService } from './a-workload';

/** So many that most short pages leave something for the next. */
const MANY = 30;

let site: Site;
let whole: Snapshot;

beforeEach(async () => {
  site = await aSite();
  await aRegisteredService(site, MANY);
  for (let index = 0; index < MANY; index++) {
    await site.ecs.send(new CreateClusterCommand({ clusterName: `c${String(index)}` }));
  }
  whole = await aCollector(site).collect([everything]);
});

const told = ({ takenAt: _, ...rest }: Snapshot) => rest;

it('whole lists are what a test can be held against', () => {
  expect(whole.gaps).toEqual([]);
  expect([whole.tasks.size, whole.clusters.size, whole.targets.size]).toEqual([MANY, MANY + 1, MANY]);
});

it('short pages change nothing', async () => {
  site.account.weather.pages({ short: true });
  for (let round = 0; round < 3; round++) {
    const collector = aCollector(site);
    expect(told(await collector.collect([everything]))).toEqual(told(whole));
    expect(collector.calls()['ecs:ListTasks']).toBeGreaterThanOrEqual(1);
  }
  const pages = site.account.calls.list().filter(({ operation }) => operation === 'ListClusters');
  expect(pages.length).toBeGreaterThan(4);
});

describe('tokens that run out', () => {
  const lists = ['ListClusters', 'ListTasks'] as const;

  it.each(lists)('in the middle of %s leave a gap, and nothing claims to be complete', async (list) => {
    site.account.weather.pages({ lifetimeSeconds: 1, short: true });
    const seen = new Set<string>();
    site.account.interceptors.push(async ({ operation }) => {
      // time passes between the first page of this list and the next
      if (operation === list) await site.clock.advance(2_000);
    });
    for (let round = 0; round < 5; round++) {
      const { gaps, tasks, clusters, covered, gone } = await aCollector(site).collect([everything]);
      const isShort = tasks.size < whole.tasks.size || clusters.size < whole.clusters.size;
      expect(gone.size).toBe(0);
      if (!isShort) continue;
      expect(gaps.map(({ call, reason }) => `${reason} ${call}`)).toContain(`ServiceError ecs:${list}`);
      expect(covered).not.toContain(site.account.account);
      seen.add(list);
    }
    expect([...seen]).toEqual([list]);
  });
});
