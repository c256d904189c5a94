"""Compares an answer as it came over the wire with botocore's model of its operation.

botocore's own parsers pass over what they do not know and leave out what is not there; here both are complaints, as are
values of the wrong type or spelling, codes of errors that the operation does not have, and statuses that do not fit."""

import base64
import binascii
import json
import re
from collections import namedtuple
from xml.etree import ElementTree

# `place` is a dotted path that begins with the operation, `kind` what is wrong there: unknown, missing, type, enum,
# limit (length, range or pattern), envelope (headers and what stands around the content), error.
Complaint = namedtuple("Complaint", "kind place text")

# Codes that any operation of any service may answer with.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and its likes
COMMON_ERRORS = {
    "AccessDenied": {403},
    "AccessDeniedException": {400, 403},
    "ThrottlingException": {400},
    "Throttling": {400},
    "ValidationException": {400},
    "ValidationError": {400},
}
# The one code that no AWS service has: the local account says it of what it does not simulate.
NOT_SIMULATED = ("NotImplemented", 501)

# What the models leave out and AWS's pages do not: service -> code -> (status, why the code is right).
UNMODELLED = {
    "sqs": {"InvalidParameterValue": (400, "https://github.com/aws/aws-sdk-java/issues/1628")},
}

# What AWS itself answers against its own models: (kind, end of the place, beginning of the text) -> where that is written.
ACCEPTED = {
    ("enum", ".NetworkInterface.Status", "is 'pending'"): (
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html"
    ),
    ("enum", ".NetworkInterfaces[].InterfaceType", "is 'nat_gateway'"): (
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html"
    ),
    ("enum", ".InternetGateways[].Attachments[].State", "is 'available'"): (
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGatewayAttachment.html"
    ),
    ("enum", ".settings[].name", "is 'dualStackIPv6'"): (
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html"
    ),
    ("enum", ".VpcEndpoint.State", "is 'pending'"): (
        "in lower case: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html"
    ),
    ("enum", ".VpcEndpoint.State", "is 'available'"): "as pending",
    ("enum", ".VpcEndpoints[].State", "is 'pending'"): (
        "in lower case: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html"
    ),
    ("enum", ".VpcEndpoints[].State", "is 'available'"): "as pending",
    ("enum", ".VpcEndpoints[].State", "is 'deleting'"): "as pending",
    ("limit", ".ProvisionedThroughput.NumberOfDecreasesToday", "is or has 0"): (
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html"
    ),
    ("error", "GetParameter!ParameterNotFound", "says nothing"): "https://github.com/awslabs/aws-simple-cicd/issues/10",
    ("error", "DeleteParameter!ParameterNotFound", "says nothing"): "as GetParameter's",
}

ISO_8601 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
EC2_ERROR_CODE = re.compile(r"[A-Z][A-Za-z0-9]+(\.[A-Z][A-Za-z0-9]+)*")
RESERVED_HEADERS = {"x-amzn-requestid", "x-amzn-errortype", "x-amzn-query-error", "x-amzn-query-mode", "x-amz-crc32"}


def complaints(model, response):
    """What is wrong with the answer to an operation: `model` and `response` as `after-call` hands them on."""
    check = Check(model, response)
    if response.status_code >= 300:
        check.failure()
    else:
        check.success()
    # The same complaint about each item of a list is one.
    return list(dict.fromkeys(check.found))


def exception_for(complaint):
    """The key in ACCEPTED that lets a complaint pass, if there is one."""
    for kind, place, text in ACCEPTED:
        if complaint.kind == kind and complaint.place.endswith(place) and complaint.text.startswith(text):
            return (kind, place, text)
    return None


class Check:
    """One answer under examination."""

    def __init__(self, model, response):
        self.model = model
        self.response = response
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.protocol = model.service_model.resolved_protocol
        self.found = []

    def complain(self, kind, place, text):
        self.found.append(Complaint(kind, place, text))

    # Answers

    def success(self):
        expected = self.model.http.get("responseCode", 200) if self.protocol == "rest-json" else 200
        by_member = self.protocol == "rest-json" and any(
            member.serialization.get("location") == "statusCode" for member in self.members_of(self.model.output_shape)
        )
        if not by_member and self.response.status_code != expected:
            self.complain("envelope", self.model.name, f"has status {self.response.status_code}, not {expected}")
        self.common_headers()
        if self.protocol in ("ec2", "query"):
            self.xml_answer()
        elif self.protocol == "rest-json":
            self.rest_answer()
        else:
            self.json_answer()

    @staticmethod
    def members_of(shape):
        return [] if shape is None else list(shape.members.values())

    def common_headers(self):
        if not self.headers.get("x-amzn-requestid"):
            self.complain("envelope", self.model.name, "has no x-amzn-RequestId")
        given = self.headers.get("content-type", "").partition(";")[0]
        version = self.model.service_model.metadata.get("jsonVersion", "1.0")
        expected = {"json": f"application/x-amz-json-{version}", "rest-json": "application/json"}
        expected = expected.get(self.protocol, "text/xml")
        if self.response_body_is_streamed() or (given == "" and not self.response.content):
            return
        if given != expected:
            self.complain("envelope", self.model.name, f"has Content-Type {given}, not {expected}")

    def response_body_is_streamed(self):
        return self.model.has_streaming_output

    def xml_answer(self):
        name = self.model.name
        root = ElementTree.fromstring(self.response.content)
        namespace = self.model.service_model.metadata["xmlNamespace"] if self.protocol == "query" else None
        if local(root) != f"{name}Response":
            self.complain("envelope", name, f"is a <{local(root)}>")
        if namespace and namespace_of(root) != namespace:
            self.complain("envelope", name, f"is in the namespace {namespace_of(root)}, not {namespace}")
        if self.protocol == "ec2":
            version = self.model.service_model.metadata["apiVersion"]
            if version not in namespace_of(root):
                self.complain("envelope", name, f"is in the namespace {namespace_of(root)}")
            self.xml_envelope(root, {"requestId"})
            self.xml_content(root, ignored={"requestId"})
            return
        wrapper = self.model.output_shape and self.model.output_shape.serialization.get("resultWrapper")
        self.xml_envelope(root, {"ResponseMetadata"} | ({wrapper} if wrapper else set()))
        for child in root:
            if local(child) == wrapper:
                self.xml_content(child)
            elif local(child) != "ResponseMetadata":
                self.complain("unknown", name, f"has no member for <{local(child)}>")

    def xml_envelope(self, root, required):
        for missing in required - {local(child) for child in root}:
            self.complain("envelope", self.model.name, f"has no <{missing}>")

    def xml_content(self, element, ignored=frozenset()):
        shape = self.model.output_shape
        if shape is not None:
            self.xml_structure(shape, element, self.model.name, ignored)
            return
        # An EC2 operation without output says <return>true</return>, which models leave out.
        for child in element:
            if local(child) not in {*ignored, "return"}:
                self.complain("unknown", self.model.name, f"has no member for <{local(child)}>")

    def json_answer(self):
        body = json.loads(self.response.content) if self.response.content else {}
        if self.model.output_shape is not None:
            self.json_value(self.model.output_shape, body, self.model.name)
        elif body != {}:
            self.complain("unknown", self.model.name, f"has no output, but says {sorted(body)}")

    def rest_answer(self):
        shape, name = self.model.output_shape, self.model.name
        if shape is None:
            return
        by_header, in_body = {}, {}
        for key, member in shape.members.items():
            location = member.serialization.get("location")
            if location in ("header", "headers"):
                by_header[member.serialization.get("name", key).lower()] = (key, member)
            elif location is None:
                in_body[key] = member
        known = set(by_header) | RESERVED_HEADERS
        for header in self.headers:
            if header.startswith("x-amz") and header not in known:
                self.complain("unknown", name, f"has no member for the header {header}")
        for key in shape.required_members:
            member = shape.members[key]
            header = member.serialization.get("name", key).lower()
            if member.serialization.get("location") == "header" and header not in self.headers:
                self.complain("missing", f"{name}.{key}", "is required, in a header")
        if "payload" not in shape.serialization:
            self.json_members(in_body, shape, json.loads(self.response.content or b"{}"), name)

    # Values in JSON

    def json_value(self, shape, value, place):
        kind = shape.type_name
        if value is None:
            self.complain("type", place, "is null")
        elif kind == "structure":
            if self.expect(isinstance(value, dict), place, "an object", value):
                self.json_members(shape.members, shape, value, place)
        elif kind == "list":
            if self.expect(isinstance(value, list), place, "a list", value):
                self.size(shape, len(value), place)
                for item in value:
                    self.json_value(shape.member, item, f"{place}[]")
        elif kind == "map":
            if self.expect(isinstance(value, dict), place, "an object", value):
                for key, item in value.items():
                    self.text(shape.key, key, f"{place}{{key}}")
                    self.json_value(shape.value, item, f"{place}{{}}")
        else:
            self.json_scalar(shape, value, place)

    def json_members(self, members, shape, value, place):
        by_name = {member.serialization.get("name", key): (key, member) for key, member in members.items()}
        for name, item in value.items():
            if name not in by_name:
                self.complain("unknown", place, f"has no member {name}")
                continue
            key, member = by_name[name]
            self.json_value(member, item, f"{place}.{key}")
        for key in shape.required_members:
            member = members.get(key)
            if member is not None and member.serialization.get("name", key) not in value:
                self.complain("missing", f"{place}.{key}", "is required")
        if shape.metadata.get("union") and len(value) != 1:
            self.complain("type", place, f"is a union, and has {len(value)} members")

    def json_scalar(self, shape, value, place):
        kind = shape.type_name
        if kind == "boolean":
            self.expect(isinstance(value, bool), place, "true or false", value)
        elif kind in ("integer", "long"):
            if self.expect(isinstance(value, int) and not isinstance(value, bool), place, "a whole number", value):
                self.size(shape, value, place)
        elif kind in ("float", "double"):
            if self.expect(isinstance(value, (int, float)) and not isinstance(value, bool), place, "a number", value):
                self.size(shape, value, place)
        elif kind == "timestamp":
            self.json_timestamp(shape, value, place)
        elif self.expect(isinstance(value, str), place, "a string", value):
            self.text(shape, value, place)

    def json_timestamp(self, shape, value, place):
        spelling = shape.serialization.get("timestampFormat", "unixTimestamp")
        if spelling == "unixTimestamp":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            self.expect(number, place, "seconds since 1970", value)
        else:
            self.expect(isinstance(value, str) and spelt_as(spelling, value), place, f"a time ({spelling})", value)

    # Values in XML

    def xml_value(self, shape, element, place):
        kind = shape.type_name
        if kind == "structure":
            self.xml_structure(shape, element, place)
        elif kind == "list":
            self.xml_list(shape, element, place)
        elif kind == "map":
            self.xml_map(shape, list(element), place)
        elif len(element):
            self.complain("type", place, f"is an element with <{local(element[0])}>, not a {kind}")
        else:
            self.text_of(shape, element.text or "", place)

    def xml_structure(self, shape, element, place, ignored=frozenset()):
        members = {wire_name(key, member): (key, member) for key, member in shape.members.items()}
        seen = {}
        for child in element:
            seen.setdefault(local(child), []).append(child)
        for name, children in seen.items():
            if name in ignored:
                continue
            if name not in members:
                self.complain("unknown", place, f"has no member for <{name}>")
                continue
            key, member = members[name]
            self.xml_member(member, children, f"{place}.{key}")
        for key in shape.required_members:
            if wire_name(key, shape.members[key]) not in seen:
                # A flattened list without items is not there at all.
                if not shape.members[key].serialization.get("flattened"):
                    self.complain("missing", f"{place}.{key}", "is required")

    def xml_member(self, member, children, place):
        if member.serialization.get("flattened"):
            for child in children:
                if member.type_name == "map":
                    self.xml_map(member, [child], place, name=local(child))
                else:
                    self.xml_value(member.member, child, f"{place}[]")
            return
        if len(children) > 1:
            self.complain("type", place, f"is there {len(children)} times")
        self.xml_value(member, children[0], place)

    def xml_list(self, shape, element, place):
        expected = shape.member.serialization.get("name", "member")
        if (element.text or "").strip():
            self.complain("type", place, f"has the text {element.text!r}")
        self.size(shape, len(element), place)
        for child in element:
            if local(child) != expected:
                self.complain("unknown", place, f"has <{local(child)}> where <{expected}> belongs")
            self.xml_value(shape.member, child, f"{place}[]")

    def xml_map(self, shape, entries, place, name="entry"):
        names = [shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")]
        for entry in entries:
            if local(entry) != name or [local(child) for child in entry] != names:
                self.complain("unknown", place, f"has <{local(entry)}> of {[local(child) for child in entry]}")
                continue
            self.xml_value(shape.key, entry[0], f"{place}{{key}}")
            self.xml_value(shape.value, entry[1], f"{place}{{}}")

    def text_of(self, shape, text, place):
        kind = shape.type_name
        if kind == "boolean":
            self.expect(text in ("true", "false"), place, "true or false", text)
        elif kind in ("integer", "long"):
            if self.expect(re.fullmatch(r"-?\d+", text) is not None, place, "a whole number", text):
                self.size(shape, int(text), place)
        elif kind in ("float", "double"):
            if self.expect(re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text) is not None, place, "a number", text):
                self.size(shape, float(text), place)
        elif kind == "timestamp":
            spelling = shape.serialization.get("timestampFormat", "iso8601")
            self.expect(spelt_as(spelling, text), place, f"a time ({spelling})", text)
        else:
            self.text(shape, text, place)

    # Values of any protocol

    def text(self, shape, value, place):
        if shape.type_name == "blob":
            self.expect(is_base64(value), place, "base64", value)
            return
        choices = getattr(shape, "enum", None)
        if choices:
            if value not in choices:
                self.complain("enum", place, f"is {value!r}, none of {', '.join(sorted(choices)[:12])}")
            return
        self.size(shape, len(value), place)
        pattern = shape.metadata.get("pattern")
        if pattern and not fits(pattern, value):
            self.complain("limit", place, f"is {value!r}, which is not {pattern}")

    def size(self, shape, value, place):
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if (low is not None and value < low) or (high is not None and value > high):
            self.complain("limit", place, f"is or has {value}, not {low} to {high}")

    def expect(self, holds, place, wanted, value):
        if not holds:
            self.complain("type", place, f"is {json.dumps(value)}, not {wanted}")
        return holds

    # Errors

    def failure(self):
        self.common_headers()
        read = {"ec2": self.ec2_error, "query": self.query_error, "rest-json": self.json_error, "json": self.json_error}
        told = read[self.protocol]()
        if told is not None:
            self.error_code(*told)

    def ec2_error(self):
        root = ElementTree.fromstring(self.response.content)
        [error] = root.findall("./Errors/Error") or [None]
        if local(root) != "Response" or error is None or not root.findtext("RequestID"):
            self.complain("envelope", self.model.name, f"is no error of EC2: {self.response.content!r}")
            return None
        for child in error:
            if local(child) not in ("Code", "Message"):
                self.complain("unknown", self.model.name, f"has <{local(child)}> in its error")
        return error.findtext("Code"), error.findtext("Message"), None

    def query_error(self):
        root = ElementTree.fromstring(self.response.content)
        parts = {local(child): child for child in root}
        if local(root) != "ErrorResponse" or "Error" not in parts or "RequestId" not in parts:
            self.complain("envelope", self.model.name, f"is no error of the query protocol: {self.response.content!r}")
            return None
        if namespace_of(root) != self.model.service_model.metadata["xmlNamespace"]:
            self.complain("envelope", self.model.name, f"has an error in the namespace {namespace_of(root)}")
        error = {local(child): child for child in parts["Error"]}
        party = "Sender" if self.response.status_code < 500 else "Receiver"
        if error["Type"].text != party:
            self.complain("envelope", self.model.name, f"has an error of type {error['Type'].text}, not {party}")

        def content(shape, place):
            self.xml_structure(shape, parts["Error"], place, ignored={"Type", "Code", "Message"})

        return error["Code"].text, error["Message"].text, content

    def json_error(self):
        body = json.loads(self.response.content)
        spelt = self.headers.get("x-amzn-errortype", body.get("__type"))
        if spelt is None:
            self.complain("envelope", self.model.name, f"is an error without a type: {body}")
            return None
        code = spelt.split(":")[0].rpartition("#")[2]
        query_code = self.headers.get("x-amzn-query-error", "").partition(";")[0]
        if "awsQueryCompatible" in self.model.service_model.metadata and not query_code:
            self.complain("envelope", self.model.name, "has an error without x-amzn-query-error")

        def content(shape, place):
            members = {key: item for key, item in body.items() if key != "__type"}
            if not any(key.lower() == "message" for key in shape.members):
                members.pop("message", None)
            self.json_value(shape, members, place)

        return (code, query_code), body.get("message", body.get("Message")), content

    def error_code(self, codes, message, content):
        """`codes`: the code, or for a service that once spoke the query protocol the code of both."""
        code = codes if isinstance(codes, str) else codes[0]
        place = f"{self.model.name}!{code}"
        if not message:
            self.complain("error", place, "says nothing")
        status = self.response.status_code
        if (code, status) == NOT_SIMULATED:
            return
        service = self.model.service_model.service_name
        if service == "ec2":
            # EC2's model knows no errors, and all of its errors are 400 but for these.
            # https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
            expected = {"DryRunOperation": 412, "UnauthorizedOperation": 403}.get(code, 400)
            if not EC2_ERROR_CODE.fullmatch(code) or status != expected:
                self.complain("error", place, f"with status {status} is no error of EC2")
            return
        modelled = {shape.error_code: shape for shape in self.model.error_shapes}
        shape = modelled.get(code) or modelled.get(codes[1] if isinstance(codes, tuple) else None)
        if shape is None:
            self.unmodelled(service, code, place)
            return
        self.modelled(shape, place)
        if content:
            content(shape, place)

    def modelled(self, shape, place):
        fallback = 500 if shape._shape_model.get("fault") else 400
        expected = shape.metadata.get("error", {}).get("httpStatusCode", fallback)
        if self.response.status_code != expected:
            self.complain("error", place, f"has status {self.response.status_code}, not {expected}")

    def unmodelled(self, service, code, place):
        status = self.response.status_code
        known = UNMODELLED.get(service, {}).get(code)
        allowed = {known[0]} if known else COMMON_ERRORS.get(code, set())
        if status not in allowed:
            self.complain("error", place, f"with status {status} is no error of this operation")


def local(element):
    """Name of an XML element without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace_of(element):
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def wire_name(key, member):
    """A flattened list is spelt as its elements are."""
    if member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name", member.serialization.get("name", key))
    return member.serialization.get("name", key)


def spelt_as(spelling, text):
    """Whether a time has the spelling that the model asks for."""
    if spelling == "iso8601":
        return ISO_8601.fullmatch(text) is not None
    if spelling == "rfc822":
        return HTTP_DATE.fullmatch(text) is not None
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def is_base64(text):
    try:
        base64.b64decode(text, validate=True)
        return True
    except binascii.Error:
        return False


def fits(pattern, text):
    """Smithy's patterns are unanchored searches; those that Python cannot read say nothing."""
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True
