"""Who may enter, who steps next, and what goes over the wire."""
