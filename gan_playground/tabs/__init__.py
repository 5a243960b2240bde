"""The page: Gradio wiring and the markup it carries, one file a tab."""

from gan_playground.tabs.opening import gradio as gradio
