"""The sample office: its people, cases and documents, and its mail, drawn as scans. All persons are invented."""
