"""What CloudFormation gets: the template as the Serverless transform leaves it, for the partition of a region."""

import logging
import os

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


# it would warn of its own metrics, which nobody gathers here
logging.disable(logging.WARNING)


class NoManagedPolicies:
    """The transform would ask IAM for names of managed policies; the template names none."""

    def load(self):
        return {}


def translate(text, region):
    # the transform takes the partition from here
    os.environ['AWS_DEFAULT_REGION'] = region
    template = yaml_parse(text)
    for name, resource in template['Resources'].items():
        if resource['Type'] == 'AWS::Serverless::Function':
            # where `sam package` would have put it
            resource['Properties']['CodeUri'] = f's3://packaged/{name}'
    return transform(template, {}, NoManagedPolicies())
