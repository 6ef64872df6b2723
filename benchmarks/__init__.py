"""Speed and memory, each as a ratio against something run beside it in the same minutes."""
