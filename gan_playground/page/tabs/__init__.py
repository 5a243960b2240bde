"""One file a tab: its markup, and what Gradio wires."""
