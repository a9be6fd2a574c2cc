-- Whose page a contact stands on: an agent who writes first finds the visitor by an earlier contact.
create index visitor_contact on visitor (site, contact);
