"""What is deployed for given parameters: these put in, `Fn::If` decided, and no resource whose condition does not hold.

checkov and cfn-guard take a function for a value, and would judge neither side of an `Fn::If`.
"""

NOTHING = object()


def resolve(template, parameters):
    values = {name: str(declared.get('Default', '')) for name, declared in template['Parameters'].items()} | parameters
    conditions = template.get('Conditions', {})

    def operand(value):
        return values[value['Ref']] if isinstance(value, dict) else str(value)

    def holds(condition):
        if isinstance(condition, str):
            return holds(conditions[condition])
        [(function, argument)] = condition.items()
        if function == 'Fn::Equals':
            left, right = argument
            return operand(left) == operand(right)
        if function == 'Fn::Not':
            return not holds(argument[0])
        if function in ('Fn::And', 'Fn::Or'):
            return (all if function == 'Fn::And' else any)(holds(part) for part in argument)
        if function == 'Condition':
            return holds(argument)
        raise ValueError(f'{function} in a condition is not known')

    def decide(value):
        if isinstance(value, list):
            return [item for item in map(decide, value) if item is not NOTHING]
        if not isinstance(value, dict):
            return value
        if list(value) == ['Fn::If']:
            condition, yes, no = value['Fn::If']
            return decide(yes if holds(condition) else no)
        if value == {'Ref': 'AWS::NoValue'}:
            return NOTHING
        if list(value) == ['Ref'] and value['Ref'] in values:
            number = template['Parameters'][value['Ref']]['Type'] == 'Number'
            return int(values[value['Ref']]) if number else values[value['Ref']]
        decided = {key: decide(item) for key, item in value.items()}
        return {key: item for key, item in decided.items() if item is not NOTHING}

    resources = {
        name: decide(resource)
        for name, resource in template['Resources'].items()
        if 'Condition' not in resource or holds(resource['Condition'])
    }
    return {'AWSTemplateFormatVersion': '2010-09-09', 'Parameters': template['Parameters'], 'Resources': resources}
