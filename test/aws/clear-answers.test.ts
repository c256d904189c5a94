import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EC2Client, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { clearAnswers } from '../../lib/aws/clear-answers';
import { failureKind } from '../../lib/aws/failure';

const PAGE = '<!doctype html>\n<html lang=en><title>500</title>\n<p>The server <br> said';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** What goes wrong when something that is not AWS gives this answer. */
async function failureOf(call: (endpoint: string) => Promise<unknown>, { status, body, type }: Answer) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { ...(type !== undefined && { 'content-type': type }), 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    return { endpoint, error: await call(endpoint).catch((error: unknown) => error) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const settings = (endpoint: string) => ({
  ...{ endpoint, region: 'eu-west-2', maxAttempts: 1 },
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const calls = {
  'STS GetCallerIdentity': (endpoint: string) =>
    clearAnswers(new STSClient(settings(endpoint))).send(new GetCallerIdentityCommand({})),
  'EC2 DescribeVpcs': (endpoint: string) =>
    clearAnswers(new EC2Client(settings(endpoint))).send(new DescribeVpcsCommand({})),
  'ECS ListClusters': (endpoint: string) =>
    clearAnswers(new ECSClient(settings(endpoint))).send(new ListClustersCommand({})),
};

describe.each(Object.entries(calls))('%s', (name, call) => {
  it.each([
    [{ status: 500, body: PAGE, type: 'text/html' }, 'HTTP 500 with text/html that cannot be read'],
    [{ status: 200, body: PAGE, type: 'text/html; charset=utf-8' }, 'HTTP 200 with text/html that cannot be read'],
    [{ status: 200, body: '' }, 'HTTP 200 and no content'],
    [{ status: 502, body: '' }, 'HTTP 502 and no content'],
  ])('says who answered %j', async (answer, what) => {
    const { endpoint, error } = await failureOf(call, answer);
    expect(String(error)).toBe(
      `UnreadableAnswer: ${name}: ${endpoint} answered ${what}, which AWS does not; check AWS_ENDPOINT_URL, and what stands between (proxy, gateway)`,
    );
    // a hole in what is known, never "nothing is there"
    expect(failureKind(error)).toBe('ServiceError');
  });
});

it('leaves what AWS answers as it is', async () => {
  const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'no' });
  const { error } = await failureOf(calls['ECS ListClusters'], {
    status: 400,
    body,
    type: 'application/x-amz-json-1.1',
  });
  expect(error).toMatchObject({ name: 'AccessDeniedException' });
});
