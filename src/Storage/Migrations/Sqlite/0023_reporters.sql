-- What somebody reported: a resident is shown its own cases and no others.
CREATE INDEX facts_reports ON facts (author) WHERE type = 'IncidentReported';
