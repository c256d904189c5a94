/** ec2Query: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
import { errorFields, queryInput, xmlResponse } from './aws-query';
import { createQueryReader } from './query-reader';
import type { Member } from './shape';
import { isUnit } from './shape';
import type { Codec } from './wire';
import { escapeXml, writeXmlStructure, xmlElement } from './xml-writer';

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function parameterName({ xmlName, traits }: Member): string {
  return typeof traits['ec2QueryName'] === 'string' ? traits['ec2QueryName'] : capitalised(xmlName);
}

const read = createQueryReader({ memberName: parameterName, listName: () => undefined });

export const ec2Query: Codec = {
  readInput: (request, operation) => read(operation.input, queryInput(request)),
  writeOutput(output, { name, output: shape }, { service, requestId }) {
    const content = writeXmlStructure(shape, output);
    // Operations without output answer so: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
    const body = `${xmlElement('requestId', requestId)}${isUnit(shape) ? '<return>true</return>' : content}`;
    return xmlResponse(200, `<${name}Response xmlns="${service.xmlNamespace}/">${body}</${name}Response>`, requestId);
  },
  writeError(error, { requestId }) {
    const content = xmlElement('Code', escapeXml(error.code)) + xmlElement('Message', escapeXml(error.message));
    const errors = xmlElement('Errors', xmlElement('Error', content + errorFields(error, undefined)));
    return xmlResponse(error.status, xmlElement('Response', errors + xmlElement('RequestID', requestId)), requestId);
  },
};
