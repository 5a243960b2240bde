"""What is seen: the tabs as records, Gradio's wiring, the theme, and figures for notebooks."""
