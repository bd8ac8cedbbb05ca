-- Who chose or changed the outcome of a call is told beside its row.
create index audit_dispositions on audit (subject, at) where action = 'call.dispose';
