"""Faults that a tool may find, each with a reason; one that is found no more is a fault itself."""

import yaml


class Exceptions:
    def __init__(self, file):
        self.rows = yaml.safe_load(file.read_text())
        self.used = set()
        for row in self.rows:
            if set(row) != {'tool', 'check', 'resources', 'reason'}:
                raise ValueError(f'{file.name}: an exception has tool, check, resources and reason, not {", ".join(row)}')

    def _covers(self, index, tool, check, resource):
        row = self.rows[index]
        if row['tool'] != tool or row['check'] != check:
            return False
        return row['resources'] == 'all' or resource in row['resources']

    def judge(self, tool, faults):
        """Sentences for the faults that no exception covers."""
        problems = []
        for check, resource, message in faults:
            covering = [index for index in range(len(self.rows)) if self._covers(index, tool, check, resource)]
            if not covering:
                problems.append(f'{check} {resource}: {message}')
            for index in covering:
                self.used.add((index, resource))
        return problems

    def unused(self):
        """Rows, or resources of a row, that covered nothing."""
        problems = []
        for index, row in enumerate(self.rows):
            named = [None] if row['resources'] == 'all' else row['resources']
            seen = {resource for used, resource in self.used if used == index}
            for resource in named:
                if not seen if resource is None else resource not in seen:
                    problems.append(f'exceptions.yaml: {row["tool"]} no longer complains of {row["check"]} {resource or ""}')
        return problems
