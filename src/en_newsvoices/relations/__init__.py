"""Who stands to whom: relation words read against the parse."""
