"""What is seen: pure functions of a Frame, the theme, and the page's own scripts and styles in ``web/``."""
