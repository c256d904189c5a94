/** awsQuery: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
import type { ApiError } from '../kernel/api-error';
import { BehaviourBug } from './behaviour-bug';
import { createQueryReader } from './query-reader';
import { parseQueryTree } from './query-tree';
import type { ErrorModel } from './service-model';
import type { StructureShape } from './shape';
import { isUnit } from './shape';
import type { Codec, Envelope, WireRequest, WireResponse } from './wire';
import { escapeXml, writeXmlStructure, xmlElement } from './xml-writer';

const read = createQueryReader({
  memberName: ({ xmlName }) => xmlName,
  listName: (member, list) => ('xmlFlattened' in member.traits ? undefined : list.element.xmlName),
});

/** Parameters of every query request, no matter which operation. */
const COMMON = ['Action', 'Version'];

/** Of the body; of the URL for a GET. */
export function queryParameters(request: WireRequest): URLSearchParams {
  return request.body.length > 0 ? new URLSearchParams(request.body.toString('utf8')) : request.query;
}

export function queryInput(request: WireRequest): ReturnType<typeof parseQueryTree> {
  const tree = parseQueryTree(queryParameters(request));
  for (const name of COMMON) tree.children.delete(name);
  return tree;
}

export function xmlResponse(status: number, body: string, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

function result(name: string, shape: StructureShape, output: unknown): string {
  const content = writeXmlStructure(shape, output);
  return isUnit(shape) ? '' : xmlElement(`${name}Result`, content);
}

/** Without a model there is no telling how a field would be written. */
export function errorFields(error: ApiError, model: ErrorModel | undefined): string {
  if (model) return writeXmlStructure(model.shape, error.fields);
  const [stray] = Object.keys(error.fields);
  if (stray !== undefined) throw new BehaviourBug(`${error.code}.${stray}`, 'belongs to an error without a model');
  return '';
}

function writeError(error: ApiError, { service, requestId }: Envelope): WireResponse {
  const model = service.error(error.code);
  const content =
    xmlElement('Type', error.status < 500 ? 'Sender' : 'Receiver') +
    xmlElement('Code', escapeXml(model?.queryCode ?? error.code)) +
    xmlElement('Message', escapeXml(error.message)) +
    errorFields(error, model);
  const body = `${xmlElement('Error', content)}${xmlElement('RequestId', requestId)}`;
  const xml = `<ErrorResponse xmlns="${service.xmlNamespace}">${body}</ErrorResponse>`;
  return xmlResponse(error.status, xml, requestId);
}

export const awsQuery: Codec = {
  readInput: (request, operation) => read(operation.input, queryInput(request)),
  writeOutput(output, { name, output: shape }, { service, requestId }) {
    const metadata = xmlElement('ResponseMetadata', xmlElement('RequestId', requestId));
    const body = `${result(name, shape, output)}${metadata}`;
    return xmlResponse(200, `<${name}Response xmlns="${service.xmlNamespace}">${body}</${name}Response>`, requestId);
  },
  writeError,
};
