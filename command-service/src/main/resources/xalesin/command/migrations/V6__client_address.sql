-- Where a command came from, as the audit log tells it. Events from before have none.
alter table xalesin.events add column client_address text;
