"""What officials use: workspaces, intake, the routed steps, papers, results (Chương III)."""
