"""The four files that citekeeper's users and their tools rely on, as models and as JSON Schemas (draft 2020-12).

citations.yaml is validated with its model on every load. report.json, manifest.json and history.jsonl are written by
the rooms that own them; their models are the contract for whoever reads them. Keys that a model does not name are
allowed everywhere: files outlive versions.

Models are slow to build, so nothing is imported here: who loads a register builds the register's alone.
"""
