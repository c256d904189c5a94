/** Answer to a request of which not even the service is known: in the protocol that it seems to speak. */
import type { ApiError } from '../kernel/api-error';
import { xmlResponse } from './aws-query';
import type { WireRequest, WireResponse } from './wire';
import { escapeXml, xmlElement } from './xml-writer';

function speaksQuery(request: WireRequest): boolean {
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('application/x-www-form-urlencoded') || request.query.has('Action');
}

export function writeUnroutedError(error: ApiError, request: WireRequest, requestId: string): WireResponse {
  if (!speaksQuery(request)) {
    return {
      status: error.status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
      },
      body: JSON.stringify({ __type: error.code, message: error.message }),
    };
  }
  const content = xmlElement('Code', error.code) + xmlElement('Message', escapeXml(error.message));
  const body = xmlElement('Error', content) + xmlElement('RequestId', requestId);
  return xmlResponse(error.status, xmlElement('ErrorResponse', body), requestId);
}
